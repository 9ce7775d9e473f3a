import type { RolloverResult } from '../contract/authorities.ts';
import { AppError } from '../domain/errors.ts';
import { authorityAlgorithms, type AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import type { AuthorityProfile } from '../domain/profile/certificate-profile.ts';
import { intermediateAuthority } from '../domain/profile/intermediate-authority.ts';
import { issuingAuthority } from '../domain/profile/issuing-authority.ts';
import { rootAuthority } from '../domain/profile/root-authority.ts';
import { mailConstraintsOf } from '../domain/x509/mail-constraints.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { keepChoice } from './authority-choice.ts';
import { newAuthorityResult, openSigningAuthority, type AuthorityCreationParts } from './authority-create.ts';
import { issueCertificateList } from './certificate-lists.ts';
import { crossCertify, recordCrossCertificate, type CrossCertificate } from './cross-certificates.ts';
import type { Commit } from './handler.ts';
import { authorityCertificate, findAuthority, findIssuingAuthority, isKeyOnToken, requireGoodAuthority } from './issuers.ts';
import { createAuthority, type NewAuthority, type SigningAuthority } from './new-authority.ts';
import { readPractice } from './practice.ts';
import { recordAuthority } from './record-authority.ts';
import { ofSameName } from './same-name.ts';
import { createSealingKeyFor } from './sealing-keys.ts';

export interface Rollover {
  readonly authority: string;
  readonly algorithm?: AuthorityAlgorithm | undefined;
  readonly validityDays?: number | undefined;
  /** The key that follows one on a token is made in the vault all the same. */
  readonly intoVault?: boolean | undefined;
}

/**
 * Gives an authority its next key under the same name (RFC 4210 section 4.4): a certificate by the one above it, or for a root by itself
 * and one by each of its two keys for the other. The old key goes on signing lists; who issued to people does so with the new key.
 * @throws AppError not-found; conflict when it has a newer key already; path.expired, path.revoked when it or one above is not good;
 * input.next-key-in-vault for one on a token, unless somebody has said so
 */
export async function rollOver(
  parts: AuthorityCreationParts,
  operator: UnlockedOperator,
  input: Rollover,
): Promise<Commit<RolloverResult>> {
  const [stores, now] = [parts.read(), parts.clock.now()];
  const old = await findAuthority(stores, input.authority);
  await requireNewest(stores, old);
  await requireGoodAuthority(stores, old, now);
  if (input.intoVault !== true) await refuseFromToken(stores, old);
  const own = readCertificate(await authorityCertificate(stores, old));
  const parent = old.parentId === null ? undefined : await openNewest(parts, operator, old.parentId);
  const signer = parent === undefined ? await openSigningAuthority(parts, operator, old) : undefined;
  const { name: practiceName } = await readPractice(stores);
  const order = { ...orderLike(own, old), ...input, algorithm: input.algorithm ?? usual(old), practiceName, parent };
  const sealing = await createSealingKeyFor(stores, parts.vault, 'authority');
  const made = await createAuthority(parts, { ...order, commonName: await nextName(stores, old) }, now);
  const crosses = signer === undefined ? [] : await acrossBoth(parts, { old, own, signer, made, now });
  const sealed = parts.vault.seal({ keyId: made.keyId, pkcs8: made.pair.pkcs8, under: [sealing.open] });
  made.pair.pkcs8.fill(0);
  return async (written, { time }) => {
    await requireNewest(written, old);
    await requireGoodAuthority(written, old, new Date(time));
    const issuesToPeople = (await issuingId(written)) === old.id;
    await keepChoice(written);
    await written.vault.insertSealingKeys([sealing.record]);
    const record = { ...made, ocspUrl: old.ocspUrl, replaces: old.id };
    const authority = await recordAuthority(parts, written, record, sealed, parent, time);
    for (const cross of crosses) await recordCrossCertificate(parts, written, cross, time);
    if (issuesToPeople) await written.settings.put('issuing-authority', authority.id);
    const list = await issueCertificateList(written, { authority, certificate: made.certificate, sign: made.sign }, time, 'kept');
    const { number, nextUpdate } = list;
    const value = { ...newAuthorityResult(made, parent), name: authority.name, isUsed: issuesToPeople, list: { number, nextUpdate } };
    return {
      value: { ...value, crossCertificates: crosses.map(({ id }) => id) },
      subject: { replaced: old.id, authority: authority.id, number, nextUpdate },
    };
  };
}

/** Whoever has put a key on a token is not given its successor elsewhere without a word. */
async function refuseFromToken(stores: ReadStores, old: AuthorityRecord): Promise<void> {
  if (await isKeyOnToken(stores, old))
    throw new AppError('input.next-key-in-vault', `The key of ${old.name} is on a token, and the next would be in the vault.`, {
      authority: old.name,
    });
}

async function issuingId(stores: Stores): Promise<string | undefined> {
  const all = await stores.authorities.list();
  return all.some(({ parentId }) => parentId !== null) ? (await findIssuingAuthority(stores)).id : undefined;
}

/** One key follows another: two that follow the same one would be two authorities under one name. */
async function requireNewest(stores: ReadStores, { id, name }: AuthorityRecord): Promise<void> {
  const newer = (await stores.authorities.list()).find(({ replaces }) => replaces === id);
  if (newer !== undefined) throw new AppError('conflict', `${name} has a newer key already.`, { what: 'authority', id: newer.id });
}

/** Whoever signed the old certificate, with the newest of its own keys. */
async function openNewest(parts: AuthorityCreationParts, operator: UnlockedOperator, parentId: string): Promise<SigningAuthority> {
  const keys = await ofSameName(parts.read(), parentId);
  const newest = keys.find(({ id }) => !keys.some(({ replaces }) => replaces === id)) ?? (await findAuthority(parts.read(), parentId));
  await requireGoodAuthority(parts.read(), newest, parts.clock.now());
  return openSigningAuthority(parts, operator, newest);
}

/** What it is called in lists of authorities; in certificates its name stays. */
async function nextName(stores: ReadStores, old: AuthorityRecord): Promise<string> {
  const keys = await ofSameName(stores, old.id);
  const first = keys.find(({ replaces }) => replaces === null) ?? old;
  return `${first.name} (${keys.length + 1})`;
}

const usual = ({ algorithm }: AuthorityRecord): AuthorityAlgorithm => authorityAlgorithms.find((known) => known === algorithm) ?? 'p384';

/** The same kind of authority within the same limits. */
function orderLike(own: Certificate, { parentId, publishUrl }: AuthorityRecord) {
  const pathLength = own.extensions.basicConstraints?.pathLenConstraint;
  const permittedMailDomains = mailConstraintsOf(own.extensions.nameConstraints)?.permitted ?? [];
  const shared = { sameNameAs: own.subject, publishUrl: publishUrl ?? undefined, permittedMailDomains };
  if (parentId === null) return { ...shared, permittedMailDomains: [], profile: rootAuthority, pathLength: undefined };
  const profile: AuthorityProfile = pathLength === 0 ? issuingAuthority : intermediateAuthority;
  return { ...shared, profile, pathLength };
}

interface BothKeys {
  readonly old: AuthorityRecord;
  readonly own: Certificate;
  readonly signer: SigningAuthority;
  readonly made: NewAuthority;
  readonly now: Date;
}

/** The new key by the old one, and the old by the new. */
async function acrossBoth(parts: AuthorityCreationParts, { old, own, signer, made, now }: BothKeys): Promise<CrossCertificate[]> {
  const newKey = { authorityId: made.id, keyId: made.keyId, algorithm: made.algorithm, certificate: readCertificate(made.certificate) };
  const byOld = await crossCertify(parts, newKey, signer, now);
  const algorithm = authorityAlgorithms.find((known) => known === old.algorithm);
  if (algorithm === undefined) return [byOld];
  return [byOld, await crossCertify(parts, { authorityId: old.id, keyId: old.keyId, algorithm, certificate: own }, made, now)];
}
