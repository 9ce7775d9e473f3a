import { FileContent } from '../contract/secret.ts';
import type { AuditOrigin } from '../domain/audit/entry.ts';
import { encodePem } from '../domain/encoding/pem.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import { useAuthority } from './authority-choice.ts';
import { makeAuthority, type AuthorityCreationParts } from './authority-create.ts';
import { atAuthorityToken, makeAuthorityOnToken, type AuthorityOnTokenParts } from './authority-on-token.ts';
import { closeAuthorityKey, openAuthorityKey, type AuthorityOpeningParts } from './authority-opening.ts';
import { rollOver } from './authority-rollover.ts';
import { importAuthority, type AuthorityImportParts } from './authority-import.ts';
import { summariseAuthority } from './authority-view.ts';
import { issueCertificateList, issueDeltaList, type ListUse } from './certificate-lists.ts';
import { crossCertificatesOf } from './cross-certificates.ts';
import { makeDueLists, openDueIssuers } from './due-lists.ts';
import type { AreaHandlers, Commit, SessionContext } from './handler.ts';
import { listFile, listOctets } from './list-file.ts';
import { publish } from './publish.ts';
import { authorityCertificate, findAuthority, findIssuingAuthority, issuerChain, openIssuer } from './issuers.ts';
import type { Session } from './open-session.ts';
import type { Turns } from './turns.ts';

export type AuthorityParts = AuthorityCreationParts &
  AuthorityImportParts &
  AuthorityOnTokenParts &
  AuthorityOpeningParts & {
    readonly tokenTurns: Turns;
    /** What waited for an authority's key goes on; must not fail. */
    readonly onKeyOpen: (session: Session, host: AuditOrigin['host']) => void;
  };

/** The practice's authorities: what they are, their lists, what the world may fetch. */
export function createAuthorityHandlers(parts: AuthorityParts): AreaHandlers<'authorities'> {
  return {
    list: async (_, { session }) => {
      const stores = parts.read();
      const isOpen = (id: string) => parts.openAuthorities.isOpen(session.unlocked, id);
      const [all, issuing] = [await stores.authorities.list(), await findIssuingAuthority(stores)];
      return {
        authorities: await Promise.all(
          all.map((authority) => summariseAuthority(stores, authority, { issuingId: issuing.id, now: parts.clock.now(), isOpen })),
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
    create: async ({ use: isUsed, onToken, ...order }, context) => {
      const [{ unlocked }, input] = [context.session, { ...order, isUsed }];
      if (onToken === undefined) return makeAuthority(parts, unlocked, input);
      const at = atAuthorityToken(onToken, context);
      return parts.tokenTurns.take(async () => makeAuthorityOnToken(parts, unlocked, { ...input, ...at }, at));
    },
    openKey: async ({ authority, pin, finalTry }, { session, caller }) => {
      const open = async () => openAuthorityKey(parts, session.unlocked, { authority, pin: pin.reveal(), finalTry });
      return whenDone(await parts.tokenTurns.take(open), () => parts.onKeyOpen(session, caller.host));
    },
    closeKey: async ({ authority }, { session }) => closeAuthorityKey(parts, session.unlocked, authority),
    rollover: async (input, { session }) => rollOver(parts, session.unlocked, input),
    use: async ({ authority }) => useAuthority(parts, authority),
    import: async (input) => importAuthority(parts, input),
  };
}

/** The same unit, and after it something more. */
function whenDone<T>(commit: Commit<T>, act: () => void): Commit<T> {
  const unit: Commit<T> = async (stores, at) => {
    const done = await commit(stores, at);
    const afterwards = () => {
      done.afterwards?.();
      act();
    };
    return { ...done, afterwards };
  };
  return commit.takeBack === undefined ? unit : Object.assign(unit, { takeBack: commit.takeBack });
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
