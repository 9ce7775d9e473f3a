import { AppError } from '../domain/errors.ts';
import type { IssuanceEngine, IssuanceOrder, IssuedCertificate, IssuanceTerms } from '../ports/issuance.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { gather } from './issuance-plan.ts';
import type { IssuerParts } from './issuers.ts';
import { loadIssuer } from './load-issuer.ts';

/** Has one person's certificates made: all of them or none. @throws AppError of the first that cannot be made; session.locked; token.* where its key is on a token */
export async function issueCertificates(
  parts: IssuerParts & { readonly engine: IssuanceEngine },
  operator: UnlockedOperator,
  authority: AuthorityRecord,
  orders: readonly IssuanceOrder[],
  terms: IssuanceTerms,
): Promise<readonly IssuedCertificate[]> {
  const issuer = await loadIssuer(parts, operator, authority);
  try {
    const made = gather(await parts.engine.issue(issuer, orders, terms));
    if ('error' in made) throw new AppError(made.error.code, made.error.message, made.error.details);
    return made.certificates;
  } finally {
    parts.engine.release(issuer);
  }
}
