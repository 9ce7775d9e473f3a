import type { IssuanceEngine, LoadedIssuer } from '../ports/issuance.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { describeIssuer, isKeyOnToken, type IssuerParts } from './issuers.ts';

/** An authority as the engine issues with it, until it is released. @throws AppError session.not-permitted; token.key-not-open */
export async function loadIssuer(
  parts: IssuerParts & { readonly engine: IssuanceEngine },
  operator: UnlockedOperator,
  authority: AuthorityRecord,
): Promise<LoadedIssuer> {
  const description = await describeIssuer(parts.read(), authority);
  if (await isKeyOnToken(parts.read(), authority)) {
    const { each } = parts.openAuthorities.signOf(operator, authority);
    return parts.engine.loadAway(description, each);
  }
  return parts.keyAccess.withPrivateKey(operator, authority.keyId, 'authority', (pkcs8) => parts.engine.load(description, pkcs8));
}
