import type { NewAuthorityResult } from '../contract/authorities.ts';
import { AppError } from '../domain/errors.ts';
import type { AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import { authorityLimits, requireWithinLimits } from '../domain/profile/authority-limits.ts';
import type { AuthorityProfile } from '../domain/profile/certificate-profile.ts';
import { parseMailDomain } from '../domain/profile/compose-authority.ts';
import { intermediateAuthority } from '../domain/profile/intermediate-authority.ts';
import { issuingAuthority } from '../domain/profile/issuing-authority.ts';
import { rootAuthority } from '../domain/profile/root-authority.ts';
import { parsePublishUrl } from '../domain/x509/publication.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { SealedKeyRecord } from '../ports/stores/vault.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import { keepChoice } from './authority-choice.ts';
import { issueCertificateList } from './certificate-lists.ts';
import type { Commit } from './handler.ts';
import { describeIssuer, findAuthority, issuerChain, openIssuer, requireGoodAuthority, type IssuerParts } from './issuers.ts';
import { createAuthority, type NewAuthority, type NewAuthorityParts, type SigningAuthority } from './new-authority.ts';
import { readPractice } from './practice.ts';
import { recordAuthority, type RecordAuthorityParts, type RecordedAuthority } from './record-authority.ts';
import { createSealingKeyFor } from './sealing-keys.ts';

export interface AuthorityCreationParts extends IssuerParts, NewAuthorityParts, RecordAuthorityParts {
  readonly clock: Clock;
  readonly vault: Vault;
}

export interface AuthorityCreation {
  readonly name: string;
  /** Absent: a root of its own. */
  readonly under?: string | undefined;
  readonly algorithm: AuthorityAlgorithm;
  readonly mailDomains: readonly string[];
  readonly validityDays?: number | undefined;
  /** Authorities that may stand below it; 0: it issues to people. Absent for a root. */
  readonly pathLength?: number | 'open' | undefined;
  /** Absent: where the lists of the one above are, or the practice's. */
  readonly publishUrl?: string | undefined;
  readonly isUsed: boolean;
}

/**
 * Makes an authority, signed by the one above it or by itself, and its first, empty list of revoked certificates.
 * @throws AppError not-found for the one above; input.name-taken, input.path-length, input.domain-outside, input.invalid;
 *   path.expired, path.revoked when the one above is not good
 */
export async function makeAuthority(
  parts: AuthorityCreationParts,
  operator: UnlockedOperator,
  input: AuthorityCreation,
): Promise<Commit<NewAuthorityResult>> {
  const stores = parts.read();
  const order = await readOrder(parts, stores, input);
  const parent = order.parent && (await openSigningAuthority(parts, operator, order.parent));
  const sealing = await createSealingKeyFor(stores, parts.vault, 'authority');
  const { name: practiceName } = await readPractice(stores);
  const made = await createAuthority(parts, { ...order, practiceName, parent }, parts.clock.now());
  const sealed = parts.vault.seal({ keyId: made.keyId, pkcs8: made.pair.pkcs8, under: [sealing.open] });
  made.pair.pkcs8.fill(0);
  const unit = recordMade(parts, { input, order, parent, made, sealed });
  return async (written, at) => {
    await written.vault.insertSealingKeys([sealing.record]);
    return unit(written, at);
  };
}

interface MadeAuthority {
  readonly input: AuthorityCreation;
  readonly order: CheckedOrder;
  readonly parent: SigningAuthority | undefined;
  readonly made: NewAuthority & Pick<RecordedAuthority, 'onToken'>;
  /** Null for a key on a token. */
  readonly sealed: SealedKeyRecord | null;
}

/** The unit that records an authority and makes its first, empty list. */
export function recordMade(
  parts: AuthorityCreationParts,
  { input, order, parent, made, sealed }: MadeAuthority,
): Commit<NewAuthorityResult> {
  return async (written, { time }) => {
    await requireFreeName(written, input.name);
    if (order.parent !== undefined) await requireGoodAuthority(written, order.parent, new Date(time));
    await keepChoice(written);
    const authority = await recordAuthority(parts, written, made, sealed, parent, time);
    if (input.isUsed) await written.settings.put('issuing-authority', authority.id);
    const list = await issueCertificateList(written, { authority, certificate: made.certificate, sign: made.sign }, time, 'kept');
    return {
      value: { ...newAuthorityResult(made, parent), isUsed: input.isUsed, list: { number: list.number, nextUpdate: list.nextUpdate } },
      subject: { authority: made.id, number: list.number, nextUpdate: list.nextUpdate },
    };
  };
}

export const newAuthorityResult = (made: NewAuthority, parent: SigningAuthority | undefined) => ({
  authority: made.id,
  certificate: made.certificateId,
  notAfter: made.notAfter.toISOString(),
  endsWithParent: made.notAfter.getTime() === parent?.issuer.notAfter.getTime(),
});

interface CheckedOrder {
  readonly commonName: string;
  readonly profile: AuthorityProfile;
  readonly algorithm: AuthorityAlgorithm;
  readonly parent: AuthorityRecord | undefined;
  readonly pathLength: number | undefined;
  readonly permittedMailDomains: readonly string[];
  readonly validityDays: number | undefined;
  readonly publishUrl: string | undefined;
}

/** Everything that can be refused before a key is made. */
export async function readOrder(parts: AuthorityCreationParts, stores: ReadStores, input: AuthorityCreation): Promise<CheckedOrder> {
  await requireFreeName(stores, input.name);
  const parent = input.under === undefined ? undefined : await findAuthority(stores, input.under);
  const permittedMailDomains = [...new Set(input.mailDomains.map(parseMailDomain))];
  const shared = { commonName: input.name, algorithm: input.algorithm, permittedMailDomains, validityDays: input.validityDays, parent };
  const publishUrl = input.publishUrl === undefined ? await usualUrl(stores, parent) : parsePublishUrl(input.publishUrl);
  if (parent === undefined) {
    requireBareRoot(input);
    return { ...shared, profile: rootAuthority, pathLength: undefined, publishUrl };
  }
  const pathLength = input.pathLength ?? 0;
  await requireGoodAuthority(stores, parent, parts.clock.now());
  const chain = (await issuerChain(stores, parent)).map(({ certificate }) => readCertificate(certificate));
  requireWithinLimits(authorityLimits(chain), { pathLength, mailDomains: permittedMailDomains, parentName: parent.name });
  const profile = pathLength === 0 ? issuingAuthority : intermediateAuthority;
  return { ...shared, profile, pathLength: pathLength === 'open' ? undefined : pathLength, publishUrl };
}

/** What a root says of itself binds nobody who trusts it (RFC 5280 section 6.2): it belongs into those below. */
function requireBareRoot({ mailDomains, pathLength, isUsed }: AuthorityCreation): void {
  const field = mailDomains.length > 0 ? 'mailDomains' : pathLength !== undefined ? 'pathLength' : isUsed ? 'use' : undefined;
  if (field !== undefined)
    throw new AppError('input.invalid', 'A root has no mail domains and no path length, and does not issue to people.', { field });
}

export async function requireFreeName(stores: ReadStores | Stores, name: string): Promise<void> {
  const wanted = nameKey(name);
  const taken = (await stores.authorities.list()).find((authority) => nameKey(authority.name) === wanted);
  if (taken !== undefined) throw new AppError('input.name-taken', 'An authority of this name is here already.', { name: taken.name });
}

const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Where those above it publish, or the practice does. */
export async function usualUrl(stores: ReadStores, parent?: AuthorityRecord): Promise<string | undefined> {
  const like = parent ?? (await stores.authorities.list())[0];
  return like?.publishUrl ?? undefined;
}

/** Opens an authority's key to sign others with. @throws AppError as `openIssuer` */
export async function openSigningAuthority(
  parts: IssuerParts,
  operator: UnlockedOperator,
  authority: AuthorityRecord,
): Promise<SigningAuthority> {
  const { certificate, sign } = await openIssuer(parts, operator, authority);
  const issuer = await describeIssuer(parts.read(), authority);
  const row = await parts.read().certificates.find(authority.certificateId);
  return { id: authority.id, subject: row?.subject ?? '', notBefore: readCertificate(certificate).notBefore, issuer, sign };
}
