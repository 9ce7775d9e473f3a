import { AppError } from '../domain/errors.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import { readCertificateList, type CertificateList } from '../domain/x509/read-certificate-list.ts';
import type { ReadStores } from '../ports/database.ts';
import { derOf } from './certificate-export.ts';

/** The practice's own authorities with their newest lists; its roots are what is trusted here. */
export interface Trust {
  readonly roots: readonly Certificate[];
  readonly authorities: readonly Certificate[];
  readonly crls: readonly CertificateList[];
}

/** For a file with no certificate in it. */
export const noTrust: Trust = { roots: [], authorities: [], crls: [] };

/** Lists may be long: they are read where `isAsked` says that one of these authorities certified what is looked at. */
export async function trustOf(stores: ReadStores, isAsked: (authorities: readonly Certificate[]) => boolean): Promise<Trust> {
  const records = await stores.authorities.list();
  const authorities: Certificate[] = [];
  const roots: Certificate[] = [];
  for (const { id, certificateId, parentId } of records) {
    const row = await stores.certificates.find(certificateId);
    if (row === undefined) throw new AppError('store.corrupt', 'The certificate of an authority is missing.', { id });
    const certificate = readCertificate(await derOf(stores, row));
    authorities.push(certificate);
    if (parentId === null) roots.push(certificate);
  }
  return { roots, authorities, crls: isAsked(authorities) ? await listsOf(stores, records) : [] };
}

async function listsOf(stores: ReadStores, records: readonly { readonly id: string }[]): Promise<CertificateList[]> {
  const crls: CertificateList[] = [];
  for (const { id } of records) {
    const latest = await stores.authorities.latestList(id);
    const der = latest === undefined ? undefined : await stores.authorities.listDer(id, latest.number);
    if (der !== undefined) crls.push(readCertificateList(der));
  }
  return crls;
}
