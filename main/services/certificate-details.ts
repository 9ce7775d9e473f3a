import type { CertificateDetails, ChainLink } from '../contract/certificates.ts';
import { AppError } from '../domain/errors.ts';
import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import type { CertificateProfile } from '../domain/profile/certificate-profile.ts';
import { validatePath } from '../domain/x509/path-validation/validate-path.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { readCertificateList, type CertificateList } from '../domain/x509/read-certificate-list.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import { derOf } from './certificate-export.ts';
import { allowsHold, certificateStatus, summariseCertificate } from './certificate-view.ts';
import { describeAttestation } from './key-attestation.ts';
import { findAuthority, issuerChain, issuersAbove } from './issuers.ts';
import { knownProfiles, profileAt } from './known-profiles.ts';
import { isUnderKeychain } from './key-access.ts';

export interface CertificateDetailsParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly primitives: Primitives;
  /** Who certifies cards that attest, DER. */
  readonly attestationIssuers: readonly Uint8Array[];
}

/** Everything the viewer says about one certificate: its chain, whether it holds now, what the rules say. */
export async function showCertificate(parts: CertificateDetailsParts, text: string): Promise<CertificateDetails> {
  const stores = parts.read();
  const row = await findByText(stores, text);
  const certificate = readCertificate(await derOf(stores, row));
  const issuer = await findAuthority(stores, row.issuerAuthorityId);
  const chain = row.isAuthority ? await issuerChain(stores, issuer) : await issuersAbove(stores, row);
  const lists = await listsOf(
    stores,
    chain.map(({ authority }) => authority),
  );
  const issuers = chain.map((link) => readCertificate(link.certificate));
  const validation = validatePath(
    {
      target: certificate,
      anchors: issuers.slice(-1),
      pool: issuers,
      crls: await readLists(stores, lists),
      time: parts.clock.now(),
    },
    parts.primitives,
  );
  const person = row.personId === null ? undefined : await stores.people.find(row.personId);
  const ours = new Set((await stores.authorities.list()).map(({ id }) => id));
  const latest = lists.find(({ authorityId }) => authorityId === issuer.id);
  return {
    ...summariseCertificate(row, parts.clock.now()),
    personName: person?.name ?? null,
    issuerName: issuer.name,
    isOurs: ours.has(issuer.id),
    signatureAlgorithm: certificate.signatureAlgorithm.name ?? certificate.signatureAlgorithm.oid,
    attestation: await describeAttestation(parts, stores, row.keyId, certificate.subjectPublicKeyInfo.der),
    isInKeychain: await isUnderKeychain(stores, await stores.vault.sealedKey(row.keyId)),
    chain: await linksOf(stores, row, { chain, ours, now: parts.clock.now(), personName: person?.name }),
    findings: lintCertificate(certificate, await profileOf(stores, row)),
    mayHold: row.revocation === null && allowsHold(row, await knownProfiles(stores)),
    validation,
    latestList: latest === undefined ? null : { number: latest.number, thisUpdate: latest.thisUpdate, nextUpdate: latest.nextUpdate },
  };
}

/** What it was made by, unless that has been changed since: then the rules alone judge it. */
async function profileOf(
  stores: ReadStores,
  { profile: id, createdAt }: CertificateRow,
): Promise<{ readonly profile?: CertificateProfile }> {
  const profile = await profileAt(stores, id, createdAt);
  return profile === undefined ? {} : { profile };
}

/** By id, or the beginning of its id, SHA-256 or serial number. @throws AppError not-found; conflict when several fit */
export async function findByText(stores: ReadStores, text: string): Promise<CertificateRow> {
  const exact = await stores.certificates.find(text);
  if (exact !== undefined) return exact;
  const [first, second] = await stores.certificates.findByPrefix(text.toLowerCase());
  if (first === undefined) throw new AppError('not-found', 'There is no such certificate here.', { what: 'certificate', id: text });
  if (second !== undefined)
    throw new AppError('conflict', 'Several certificates begin like this; write more of it.', { what: 'certificate', id: text });
  return first;
}

async function listsOf(stores: ReadStores, authorities: readonly AuthorityRecord[]): Promise<CertificateListRecord[]> {
  const lists = await Promise.all(authorities.map(({ id }) => stores.authorities.latestList(id)));
  return lists.filter((list) => list !== undefined);
}

async function readLists(stores: ReadStores, lists: readonly CertificateListRecord[]): Promise<CertificateList[]> {
  const encoded = await Promise.all(lists.map(({ authorityId, number }) => stores.authorities.listDer(authorityId, number)));
  return encoded.flatMap((der) => (der === undefined ? [] : [readCertificateList(der)]));
}

interface Linked {
  readonly chain: readonly { readonly authority: AuthorityRecord }[];
  /** Ids of the practice's own authorities. */
  readonly ours: ReadonlySet<string>;
  readonly now: Date;
  readonly personName: string | undefined;
}

async function linksOf(stores: ReadStores, row: CertificateRow, { chain, ours, now, personName }: Linked): Promise<ChainLink[]> {
  const links: ChainLink[] = [];
  for (const { authority } of chain) {
    const own = await stores.certificates.find(authority.certificateId);
    if (own === undefined) throw new AppError('store.corrupt', 'The certificate of an authority is missing.', { id: authority.id });
    links.unshift({
      certificateId: own.id,
      name: authority.name,
      kind: authority.parentId === null ? 'root' : 'issuing',
      notAfter: own.notAfter,
      status: certificateStatus(own, now),
      isOurs: ours.has(authority.id),
    });
  }
  if (row.isAuthority) return links;
  const { id: certificateId, notAfter, subject, issuerAuthorityId } = row;
  const status = certificateStatus(row, now);
  const isOurs = ours.has(issuerAuthorityId);
  return [...links, { certificateId, name: personName ?? subject, kind: 'person', notAfter, status, isOurs }];
}
