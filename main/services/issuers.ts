import { AppError } from '../domain/errors.ts';
import type { AuthorityAlgorithm, KeyAlgorithm } from '../domain/key/algorithm.ts';
import { parseAuthorityAlgorithm } from '../domain/key/algorithm.ts';
import type { Issuer } from '../domain/profile/prepare-issuer.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { KeyPairs } from '../ports/key-pairs.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { OpenIssuer } from './certificate-lists.ts';
import type { KeyAccess } from './key-access.ts';

export interface IssuerParts {
  readonly read: () => ReadStores;
  readonly keyAccess: KeyAccess;
  readonly keyPairs: KeyPairs;
}

/** Opens an authority's key so that lists can be signed inside a unit. @throws AppError not-found, session.not-permitted */
export async function openIssuer(parts: IssuerParts, operator: UnlockedOperator, authority: AuthorityRecord): Promise<OpenIssuer> {
  const certificate = await authorityCertificate(parts.read(), authority);
  const sign = await parts.keyAccess.withPrivateKey(operator, authority.keyId, 'authority', (pkcs8) =>
    parts.keyPairs.signer(pkcs8, authority.algorithm),
  );
  return { authority, certificate, sign };
}

/** The issuers of these certificates, each once. @throws AppError as `openIssuer` */
export async function openIssuers(
  parts: IssuerParts,
  operator: UnlockedOperator,
  certificates: readonly { readonly issuerAuthorityId: string }[],
): Promise<readonly OpenIssuer[]> {
  const issuers: OpenIssuer[] = [];
  for (const id of new Set(certificates.map(({ issuerAuthorityId }) => issuerAuthorityId)))
    issuers.push(await openIssuer(parts, operator, await findAuthority(parts.read(), id)));
  return issuers;
}

/** The authority that issues to people: the newest that has one above it. @throws AppError not-found */
export async function findIssuingAuthority(stores: ReadStores): Promise<AuthorityRecord> {
  const issuing = (await stores.authorities.list()).filter(({ parentId }) => parentId !== null);
  const newest = issuing.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)).at(-1);
  if (newest === undefined) throw new AppError('not-found', 'This practice has no authority that issues to people.', { what: 'authority' });
  return newest;
}

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
  const { publishUrl, slug } = authority;
  const publication =
    publishUrl === null ? {} : { publication: { url: publishUrl, crlName: `${slug}.crl`, certificateName: `${slug}.crt` } };
  return { name: subject.der, keyIdentifier, algorithm: asAuthorityAlgorithm(authority.algorithm), notAfter, ...publication };
}

const asAuthorityAlgorithm = (algorithm: KeyAlgorithm): AuthorityAlgorithm => parseAuthorityAlgorithm(algorithm);

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
