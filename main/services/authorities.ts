import { FileContent } from '../contract/secret.ts';
import { encodePem } from '../domain/encoding/pem.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import { useAuthority } from './authority-choice.ts';
import { makeAuthority, type AuthorityCreationParts } from './authority-create.ts';
import { rollOver } from './authority-rollover.ts';
import { importAuthority, type AuthorityImportParts } from './authority-import.ts';
import { summariseAuthority } from './authority-view.ts';
import { issueCertificateList, issueDeltaList, type ListUse } from './certificate-lists.ts';
import { crossCertificatesOf } from './cross-certificates.ts';
import { makeDueLists, openDueIssuers } from './due-lists.ts';
import type { AreaHandlers, SessionContext } from './handler.ts';
import { listFile, listOctets } from './list-file.ts';
import { publish } from './publish.ts';
import { authorityCertificate, findAuthority, findIssuingAuthority, issuerChain, openIssuer } from './issuers.ts';

type AuthorityParts = AuthorityCreationParts & AuthorityImportParts;

/** The practice's authorities: what they are, their lists, what the world may fetch. */
export function createAuthorityHandlers(parts: AuthorityParts): AreaHandlers<'authorities'> {
  return {
    list: async () => {
      const stores = parts.read();
      const [all, issuing] = [await stores.authorities.list(), await findIssuingAuthority(stores)];
      return {
        authorities: await Promise.all(
          all.map((authority) => summariseAuthority(stores, authority, { issuingId: issuing.id, now: parts.clock.now() })),
        ),
      };
    },
    export: async ({ authority: id, format }) => {
      const stores = parts.read();
      const file = await exportFile(stores, await findAuthority(stores, id), format);
      return async () => ({ value: file });
    },
    crl: async ({ authority: id, handOut, delta }, { session }) => {
      const issuer = await openIssuer(parts, session.unlocked, await findAuthority(parts.read(), id));
      return async (stores, { time }) => {
        const list = await (delta ? issueDeltaList : issueCertificateList)(stores, issuer, time, handOut ? 'handed-out' : 'kept');
        const { number, nextUpdate, base } = list;
        const value = { ...(await listFile(stores, issuer.authority, list)), number, nextUpdate, base };
        return { value, subject: { number, nextUpdate, ...(base === null ? {} : { base }) } };
      };
    },
    listOctets: async ({ authority, number, from }) => {
      const { octets, next } = await listOctets(parts.read(), authority, number, from);
      return { file: new FileContent('list.crl', octets), next };
    },
    crlDue: async ({ handOut }, context) => issueDueLists(parts, context, handOut ? 'handed-out' : 'kept'),
    publish: async (_, { session }) => publish(parts, session.unlocked),
    create: async ({ use: isUsed, ...input }, { session }) => makeAuthority(parts, session.unlocked, { ...input, isUsed }),
    rollover: async (input, { session }) => rollOver(parts, session.unlocked, input),
    use: async ({ authority }) => useAuthority(parts, authority),
    import: async (input) => importAuthority(parts, input),
  };
}

async function issueDueLists(
  parts: AuthorityParts,
  { session }: SessionContext,
  use: ListUse,
): ReturnType<AreaHandlers<'authorities'>['crlDue']> {
  const { issuers, owed } = await openDueIssuers(parts, session.unlocked);
  return async (written, { time }) => {
    const made = await makeDueLists(written, issuers, time, use);
    const lists = made.map(({ list: { authorityId, number, nextUpdate } }) => ({ authority: authorityId, number, nextUpdate }));
    const files = made.map(({ file }) => file);
    const unfinished = made.flatMap((list) => list.unfinished ?? []);
    return { value: { lists, files, unfinished, owed }, subject: { authorities: lists.map(({ authority }) => authority) } };
  };
}

async function exportFile(stores: ReadStores, authority: AuthorityRecord, format: 'pem' | 'der' | 'chain'): Promise<FileContent> {
  const own = await authorityCertificate(stores, authority);
  if (format === 'der') return new FileContent(`${authority.slug}.crt`, own);
  const certificates = format === 'pem' ? [own] : await chainOf(stores, authority);
  return new FileContent(`${authority.slug}.pem`, utf8Encode(certificates.map((der) => encodePem('CERTIFICATE', der)).join('')));
}

/** Up to its root, then what older and newer keys of these say of each. */
async function chainOf(stores: ReadStores, authority: AuthorityRecord): Promise<Uint8Array[]> {
  const chain = await issuerChain(stores, authority);
  const across: Uint8Array[] = [];
  for (const link of chain) across.push(...(await crossCertificatesOf(stores, link.authority.id)));
  return [...chain.map(({ certificate }) => certificate), ...across];
}
