import { readCertificateList, revokedCertificates } from '../domain/x509/read-certificate-list.ts';
import { FileContent } from '../contract/secret.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { UnfinishedList } from '../contract/authorities.ts';
import { issueCertificateList } from './certificate-lists.ts';
import type { OpenIssuer } from './list-content.ts';
import { crossCertificatesOf } from './cross-certificates.ts';
import type { AreaHandlers } from './handler.ts';
import { authorityCertificate, isKeyAtHand, isKeyBrought, openIssuer, type IssuerParts } from './issuers.ts';
import { listFile, type ListFile } from './list-file.ts';

/** What the world may fetch: every authority's certificate, what its other keys say of it, and its list, made anew where its key signs now. */
export async function publish(parts: IssuerParts, operator: UnlockedOperator): ReturnType<AreaHandlers<'authorities'>['publish']> {
  const stores = parts.read();
  const authorities = await stores.authorities.list();
  const issuers = new Map<string, OpenIssuer>();
  for (const authority of authorities)
    if (await isKeyAtHand(parts, operator, authority)) issuers.set(authority.id, await openIssuer(parts, operator, authority));
  return async (written, { time }) => {
    const [files, unfinished, owed] = [[] as FileContent[], [] as UnfinishedList[], [] as string[]];
    for (const authority of authorities) {
      const issuer = issuers.get(authority.id);
      files.push(
        new FileContent(`${authority.slug}.crt`, await authorityCertificate(written, authority)),
        ...(await crossFiles(written, authority)),
      );
      const list = issuer === undefined ? await carriedList(written, authority, time) : await freshList(written, issuer, time);
      if (list !== undefined) files.push(list.file);
      if (list?.unfinished) unfinished.push(list.unfinished);
      if (await isListOwed(written, authority, new Date(time))) owed.push(authority.id);
    }
    const publishUrl = authorities[0]?.publishUrl ?? null;
    return { value: { files, unfinished, publishUrl, owed }, subject: { authorities: authorities.map(({ id }) => id) } };
  };
}

const crossFiles = async (stores: ReadStores, { id, slug }: AuthorityRecord): Promise<FileContent[]> =>
  (await crossCertificatesOf(stores, id)).map((der, at) => new FileContent(`${slug}-cross${at === 0 ? '' : `-${at + 1}`}.crt`, der));

/** The newest list of a key that is not at hand, while it is in force. */
async function carriedList(stores: Stores, authority: AuthorityRecord, time: string): Promise<ListFile | undefined> {
  const latest = await stores.authorities.latestList(authority.id);
  if (latest === undefined || latest.nextUpdate <= time) return undefined;
  if (latest.publishedAt === null) await stores.authorities.publishList(authority.id, latest.number, time);
  return listFile(stores, authority, latest);
}

const freshList = async (stores: Stores, issuer: OpenIssuer, time: string): Promise<ListFile> =>
  listFile(stores, issuer.authority, await issueCertificateList(stores, issuer, time, 'handed-out'));

/** Whether a key that is offline or on a token has to be brought to sign a list: there is none in force, or it does not say what happened since. */
export async function isListOwed(stores: ReadStores, authority: AuthorityRecord, now: Date): Promise<boolean> {
  if (!(await isKeyBrought(stores, authority))) return false;
  const latest = await stores.authorities.latestList(authority.id);
  if (latest === undefined || latest.nextUpdate <= now.toISOString()) return true;
  const { revoked, resumed } = await stores.certificates.changesSince(authority.id, latest.thisUpdate);
  if (revoked.length + resumed.length === 0) return false;
  const named = await serialsIn(stores, latest);
  return revoked.some(({ serialNumber }) => !named.has(serialNumber)) || resumed.some(({ serialNumber }) => named.has(serialNumber));
}

async function serialsIn(stores: ReadStores, { authorityId, number }: CertificateListRecord): Promise<ReadonlySet<string>> {
  const der = await stores.authorities.listDer(authorityId, number);
  const entries = der === undefined ? [] : revokedCertificates(readCertificateList(der));
  return new Set([...entries].map(({ serialNumber }) => serialNumber));
}
