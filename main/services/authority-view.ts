import type { AuthoritySummary } from '../contract/authorities.ts';
import { AppError } from '../domain/errors.ts';
import { authorityLimits } from '../domain/profile/authority-limits.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';
import { issuerChain } from './issuers.ts';
import { isListOwed } from './publish.ts';

/** An authority as lists show it. */
export async function summariseAuthority(
  stores: ReadStores,
  authority: AuthorityRecord,
  { issuingId, now, isOpen }: { readonly issuingId: string; readonly now: Date; readonly isOpen: (authorityId: string) => boolean },
): Promise<AuthoritySummary> {
  const [certificate, list] = [await stores.certificates.find(authority.certificateId), await stores.authorities.latestList(authority.id)];
  if (certificate === undefined) throw new AppError('store.corrupt', 'The certificate of an authority is missing.', { id: authority.id });
  const { sha256, notBefore, notAfter, keyStore, revocation } = certificate;
  const { id, name, parentId, algorithm, certificateId, publishUrl, ocspUrl, replaces } = authority;
  return {
    id,
    name,
    parentId,
    algorithm,
    certificateId,
    sha256,
    notBefore,
    notAfter,
    publishUrl,
    ocspUrl,
    replaces,
    keyStore,
    keyToken: keyStore === 'token' ? await tokenOf(stores, authority, isOpen(id)) : null,
    signer: parentId === null ? null : ((await stores.authorities.find(parentId))?.name ?? null),
    isListOwed: await isListOwed(stores, authority, now),
    ...(await boundsOf(stores, authority)),
    issuesToPeople: id === issuingId,
    revokedAt: revocation?.revokedAt ?? null,
    latestList: list === undefined ? null : pickList(list),
  };
}

async function tokenOf(stores: ReadStores, { keyId }: AuthorityRecord, isOpen: boolean): Promise<AuthoritySummary['keyToken']> {
  const [place] = await stores.tokens.placesOf([keyId]);
  return place === undefined ? null : { serialNumber: place.serialNumber, isOpen };
}

const pickList = ({ number, thisUpdate, nextUpdate, entries }: CertificateListRecord) => ({ number, thisUpdate, nextUpdate, entries });

/** What it may sign, as its certificate and those above it say. The nearest constraint is the narrowest. */
async function boundsOf(
  stores: ReadStores,
  authority: AuthorityRecord,
): Promise<Pick<AuthoritySummary, 'kind' | 'levelsBelow' | 'mailDomains'>> {
  const chain = (await issuerChain(stores, authority)).map(({ certificate }) => readCertificate(certificate));
  const { levelsBelow, mail } = authorityLimits(chain);
  const kind = authority.parentId === null ? 'root' : levelsBelow === 0 ? 'issuing' : 'intermediate';
  return { kind, levelsBelow, mailDomains: mail.find(({ permitted }) => permitted !== undefined)?.permitted ?? [] };
}
