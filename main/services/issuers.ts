import { AppError } from '../domain/errors.ts';
import type { KeyStoreKind } from '../domain/key/store.ts';
import { mailConstraintsAlong } from '../domain/profile/authority-limits.ts';
import type { Issuer } from '../domain/profile/prepare-issuer.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthoritySign, KeyPairs } from '../ports/key-pairs.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findDevice } from './device-record.ts';
import type { KeyAccess } from './key-access.ts';
import type { OpenIssuer } from './list-content.ts';
import type { OpenAuthorities } from './open-authorities.ts';
import { ofSameName } from './same-name.ts';

export interface IssuerParts {
  readonly read: () => ReadStores;
  readonly keyAccess: KeyAccess;
  readonly keyPairs: KeyPairs;
  readonly openAuthorities: OpenAuthorities;
}

const storeOf = async (stores: ReadStores, { keyId }: AuthorityRecord): Promise<KeyStoreKind | undefined> =>
  (await stores.keys.find(keyId))?.store;

/** Whether it is kept in a file elsewhere. */
export const isKeyOffline = async (stores: ReadStores, authority: AuthorityRecord): Promise<boolean> =>
  (await storeOf(stores, authority)) === 'offline';

export const isKeyOnToken = async (stores: ReadStores, authority: AuthorityRecord): Promise<boolean> =>
  (await storeOf(stores, authority)) === 'token';

/** Whether somebody has to bring an authority's key before it signs, from a file or by the PIN of its token. */
export const isKeyBrought = async (stores: ReadStores, authority: AuthorityRecord): Promise<boolean> =>
  (await isKeyOffline(stores, authority)) || (await isKeyOnToken(stores, authority));

/** Whether an authority's key signs now: it is in the vault, or on a token that is open. */
export async function isKeyAtHand(parts: IssuerParts, operator: UnlockedOperator, authority: AuthorityRecord): Promise<boolean> {
  return !(await isKeyBrought(parts.read(), authority)) || parts.openAuthorities.isOpen(operator, authority.id);
}

/** @throws AppError input.key-offline */
async function requireKeyHere(stores: ReadStores, authority: AuthorityRecord): Promise<void> {
  if (await isKeyOffline(stores, authority))
    throw new AppError('input.key-offline', `The key of ${authority.name} is kept offline.`, { authority: authority.name });
}

/** @throws AppError input.key-offline; token.key-stays for one on a token */
export async function requireKeyInVault(stores: ReadStores, authority: AuthorityRecord): Promise<void> {
  await requireKeyHere(stores, authority);
  if (await isKeyOnToken(stores, authority)) throw new AppError('token.key-stays', 'A key on a token never leaves it.');
}

/** @throws AppError input.key-offline; token.key-not-open */
export async function requireKeyAtHand(parts: IssuerParts, operator: UnlockedOperator, authority: AuthorityRecord): Promise<void> {
  await requireKeyHere(parts.read(), authority);
  if (await isKeyOnToken(parts.read(), authority)) parts.openAuthorities.signOf(operator, authority);
}

/**
 * Opens an authority's key so that lists can be signed inside a unit.
 * @throws AppError not-found, session.not-permitted, input.issued-elsewhere, input.key-offline, token.key-not-open
 */
export async function openIssuer(parts: IssuerParts, operator: UnlockedOperator, authority: AuthorityRecord): Promise<OpenIssuer> {
  await requireInside(parts.read(), authority);
  await requireKeyHere(parts.read(), authority);
  const certificate = await authorityCertificate(parts.read(), authority);
  const sign = await signOf(parts, operator, authority);
  const ahead = (await findDevice(parts.read())) === undefined ? undefined : await parts.keyAccess.sealAhead();
  return { authority, certificate, sign, ahead };
}

async function signOf(parts: IssuerParts, operator: UnlockedOperator, authority: AuthorityRecord): Promise<AuthoritySign> {
  if (await isKeyOnToken(parts.read(), authority)) return parts.openAuthorities.signOf(operator, authority);
  return parts.keyAccess.withPrivateKey(operator, authority.keyId, 'authority', (pkcs8) =>
    parts.keyPairs.signer(pkcs8, authority.algorithm),
  );
}

/** @throws AppError input.issued-elsewhere for an authority that is none of the practice's */
async function requireInside(stores: ReadStores, { id }: AuthorityRecord): Promise<void> {
  if ((await stores.authorities.outside()).some((outside) => outside.id === id))
    throw new AppError('input.issued-elsewhere', 'Only the authority outside that issued this can do that.', { what: 'authority', id });
}

/**
 * Whoever lists these certificates when they are revoked: their issuers with every key of theirs, each once. A key that is offline or
 * on a token that is not open is left out: what is revoked counts here at once, and its list is owed.
 * @throws AppError as `openIssuer`
 */
export async function openIssuers(
  parts: IssuerParts,
  operator: UnlockedOperator,
  certificates: readonly { readonly issuerAuthorityId: string }[],
): Promise<readonly OpenIssuer[]> {
  const authorities = new Map<string, AuthorityRecord>();
  for (const id of new Set(certificates.map(({ issuerAuthorityId }) => issuerAuthorityId))) {
    await requireInside(parts.read(), await findAuthority(parts.read(), id));
    for (const authority of await ofSameName(parts.read(), id)) authorities.set(authority.id, authority);
  }
  const issuers: OpenIssuer[] = [];
  for (const authority of authorities.values())
    if (await isKeyAtHand(parts, operator, authority)) issuers.push(await openIssuer(parts, operator, authority));
  return issuers;
}

/**
 * The authority that issues to people: the one that was chosen, and while nobody has chosen the newest that has one above it.
 * @throws AppError not-found
 */
export async function findIssuingAuthority(stores: ReadStores): Promise<AuthorityRecord> {
  const chosen = await stores.settings.get('issuing-authority');
  if (chosen !== undefined) return findAuthority(stores, chosen);
  const newest = newestIssuing(await stores.authorities.list());
  if (newest === undefined) throw new AppError('not-found', 'This practice has no authority that issues to people.', { what: 'authority' });
  return newest;
}

/** The same, where what it issues now would be accepted. @throws AppError not-found, path.expired, path.revoked */
export async function findGoodIssuingAuthority(stores: ReadStores, now: Date): Promise<AuthorityRecord> {
  const authority = await findIssuingAuthority(stores);
  await requireGoodAuthority(stores, authority, now);
  return authority;
}

export const newestIssuing = (authorities: readonly AuthorityRecord[]): AuthorityRecord | undefined =>
  authorities
    .filter(({ parentId }) => parentId !== null)
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .at(-1);

/** @throws AppError not-found */
export async function findAuthority(stores: ReadStores, id: string): Promise<AuthorityRecord> {
  const authority = await stores.authorities.find(id);
  if (authority === undefined) throw new AppError('not-found', 'There is no such authority here.', { what: 'authority', id });
  return authority;
}

/** DER. @throws AppError store.corrupt */
export async function authorityCertificate(stores: ReadStores, authority: AuthorityRecord): Promise<Uint8Array> {
  const certificate = await stores.certificates.der(authority.certificateId);
  if (certificate === undefined)
    throw new AppError('store.corrupt', 'The certificate of an authority is missing.', {
      what: 'certificate',
      id: authority.certificateId,
    });
  return certificate;
}

/** What an authority puts into what it issues. @throws AppError store.corrupt */
export async function describeIssuer(stores: ReadStores, authority: AuthorityRecord): Promise<Issuer> {
  const { subject, notAfter, extensions } = readCertificate(await authorityCertificate(stores, authority));
  const keyIdentifier = extensions.subjectKeyIdentifier;
  if (keyIdentifier === undefined)
    throw new AppError('store.corrupt', 'The certificate of an authority has no key identifier.', { id: authority.id });
  const publication = publicationOf(authority);
  const chain = await issuerChain(stores, authority);
  const mailConstraints = mailConstraintsAlong(chain.map((link) => readCertificate(link.certificate)));
  const { algorithm } = authority;
  return { name: subject.der, keyIdentifier, algorithm, notAfter, mailConstraints, ...publication };
}

function publicationOf({ publishUrl, slug, ocspUrl }: AuthorityRecord): Pick<Issuer, 'publication'> {
  if (publishUrl === null) return {};
  const ocsp = ocspUrl === null ? {} : { ocspUrl };
  return { publication: { url: publishUrl, crlName: `${slug}.crl`, certificateName: `${slug}.crt`, ...ocsp } };
}

/**
 * Refuses an authority that nobody would accept a new certificate of: one that has ended or is revoked, or one above it.
 * @throws AppError path.expired, path.revoked
 */
export async function requireGoodAuthority(stores: ReadStores, authority: AuthorityRecord, now: Date): Promise<void> {
  for (const { authority: link } of await issuerChain(stores, authority)) {
    const row = await stores.certificates.find(link.certificateId);
    if (row === undefined) throw new AppError('store.corrupt', 'The certificate of an authority is missing.', { id: link.id });
    const { revocation, notAfter } = row;
    if (revocation !== null)
      throw new AppError('path.revoked', `The certificate of ${link.name} is revoked.`, { revokedAt: revocation.revokedAt });
    if (Date.parse(notAfter) <= now.getTime())
      throw new AppError('path.expired', `The certificate of ${link.name} has ended.`, { notAfter });
  }
}

/** The certificates from an authority up to its root, DER, its own first. */
export async function issuerChain(
  stores: ReadStores,
  authority: AuthorityRecord,
): Promise<readonly { readonly authority: AuthorityRecord; readonly certificate: Uint8Array }[]> {
  const chain: { authority: AuthorityRecord; certificate: Uint8Array }[] = [];
  for (let link: AuthorityRecord | undefined = authority; link !== undefined && chain.length < 16;) {
    chain.push({ authority: link, certificate: await authorityCertificate(stores, link) });
    link = link.parentId === null ? undefined : await stores.authorities.find(link.parentId);
  }
  return chain;
}

/** Those above a certificate, the nearest first, down from it: none where nobody here knows who issued it. */
export const issuersAbove = async (
  stores: ReadStores,
  { id, issuerAuthorityId }: { readonly id: string; readonly issuerAuthorityId: string },
): ReturnType<typeof issuerChain> =>
  (await issuerChain(stores, await findAuthority(stores, issuerAuthorityId))).filter(({ authority }) => authority.certificateId !== id);
