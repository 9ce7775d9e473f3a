import { concatenate } from '../domain/asn1/der-writer.ts';
import { certificateListFrame } from '../domain/x509/certificate-list.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';
import { entriesOfAll, entriesSize, fieldsOf, freshestOf, nextNumber, pointField, type OpenIssuer } from './list-content.ts';
import { listPeriodOf, nextUpdateOf } from './list-period.ts';
import { ofSameName } from './same-name.ts';

const day = 86_400_000;

/** A list that was signed before its time, sealed for the computer that will hand it out. */
export interface AheadList extends Pick<
  CertificateListRecord,
  'authorityId' | 'number' | 'thisUpdate' | 'nextUpdate' | 'entries' | 'point'
> {
  /** Under which its octets are sealed. */
  readonly id: string;
  /** When it was signed: it counts only while nothing was revoked or resumed since. */
  readonly signedAt: string;
}

/** How many days ahead, and how many lists at least. */
const horizon = 28;
/** Numbers left free for what a person makes meanwhile that revokes nothing, such as delta lists. */
const room = 8;
/** Longer lists are not signed ahead: each would be kept several times. */
const mostOctets = 1024 * 1024;

export async function readAhead(stores: ReadStores): Promise<readonly AheadList[]> {
  const text = await stores.settings.get('lists-ahead');
  return text === undefined ? [] : (JSON.parse(text) as AheadList[]);
}

/** Puts these in place of what was there of this authority; what was sealed of that goes. */
export async function replaceAhead(stores: Stores, authorityId: string, lists: readonly AheadList[]): Promise<void> {
  const before = await readAhead(stores);
  const kept = new Set(lists.map(({ id }) => id));
  for (const { id } of before.filter((list) => list.authorityId === authorityId && !kept.has(list.id)))
    await stores.vault.removeSealedKey(id);
  const others = before.filter((list) => list.authorityId !== authorityId);
  if (before.length + lists.length > 0) await stores.settings.put('lists-ahead', JSON.stringify([...others, ...lists]));
}

/**
 * Signs the lists that follow a full one while nobody revokes anything, each with a time of its own to begin, where a computer goes on
 * alone. A revocation makes a list, and so makes these anew.
 */
export async function signAhead(stores: Stores, issuer: OpenIssuer, latest: CertificateListRecord): Promise<void> {
  const { ahead } = issuer;
  if (ahead === undefined) return;
  const { id } = issuer.authority;
  const names = (await ofSameName(stores, id)).map((authority) => authority.id);
  const size = await entriesSize(stores, names, latest.thisUpdate);
  const lists: AheadList[] = [];
  if (size.octets <= mostOctets) {
    await stores.vault.insertSealingKeys([ahead.record]);
    for (const times of await timesAhead(stores, issuer.authority, latest)) {
      const number = numberAhead(latest.number, lists.length + 1, names, id);
      const der = await signOne(stores, issuer, names, size.octets, { ...times, ...pointField(latest.point), number });
      const listId = ahead.newId();
      await stores.vault.insertSealedKeys([ahead.seal(listId, der)]);
      const [thisUpdate, nextUpdate] = [times.thisUpdate.toISOString(), times.nextUpdate.toISOString()];
      lists.push({
        id: listId,
        authorityId: id,
        number,
        thisUpdate,
        nextUpdate,
        entries: size.entries,
        point: latest.point,
        signedAt: latest.thisUpdate,
      });
    }
  }
  await replaceAhead(stores, id, lists);
}

/** No two keys of one name ever share a number, and each list has a higher one than the one before. */
function numberAhead(latest: number, step: number, names: readonly string[], id: string): number {
  return (Math.ceil(latest / names.length) + room + step) * names.length + names.indexOf(id);
}

interface Times {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

async function timesAhead(stores: ReadStores, authority: AuthorityRecord, latest: CertificateListRecord): Promise<Times[]> {
  const period = await listPeriodOf(stores, authority);
  const count = Math.max(1, Math.floor(horizon / period.renewedAfter));
  return Array.from({ length: count }, (_, step) => {
    const thisUpdate = new Date(Date.parse(latest.thisUpdate) + (step + 1) * period.renewedAfter * day);
    return { thisUpdate, nextUpdate: nextUpdateOf(period, thisUpdate) };
  });
}

async function signOne(
  stores: Stores,
  issuer: OpenIssuer,
  names: readonly string[],
  octets: number,
  of: Times & { readonly number: number; readonly pointUrl?: string },
): Promise<Uint8Array> {
  const freshest = (await stores.authorities.latestDelta(issuer.authority.id)) === undefined ? {} : freshestOf(issuer.authority);
  const frame = certificateListFrame({ ...of, ...freshest, ...fieldsOf(issuer) }, octets);
  const pieces: Uint8Array[] = [];
  const { before, after } = frame.around(await issuer.sign.inTurns(keeping(frame.toBeSigned(entriesOfAll(stores, names)), pieces)));
  return concatenate([before, ...pieces, after]);
}

/** What passes is used again by who makes it, so it is copied. */
async function* keeping(of: AsyncIterable<Uint8Array>, pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for await (const piece of of) {
    pieces.push(Uint8Array.from(piece));
    yield piece;
  }
}

/** The list whose time has come; undefined where there is none, or something was revoked or resumed since it was signed. */
export async function dueAhead(stores: ReadStores, authorityId: string, now: string): Promise<AheadList | undefined> {
  const due = (await readAhead(stores))
    .filter((list) => list.authorityId === authorityId && list.thisUpdate <= now && now < list.nextUpdate)
    .at(-1);
  return due !== undefined && (await isGood(stores, due)) ? due : undefined;
}

/** Until when lists follow without a person while nothing is revoked; null where they do not. */
export async function goesOnUntil(stores: ReadStores, authorityId: string): Promise<string | null> {
  const last = (await readAhead(stores)).findLast((list) => list.authorityId === authorityId);
  return last !== undefined && (await isGood(stores, last)) ? last.nextUpdate : null;
}

/** Nothing was revoked or resumed since it was signed, and no list has its number or a higher one. */
async function isGood(stores: ReadStores, { authorityId, number, signedAt }: AheadList): Promise<boolean> {
  if (number < (await nextNumber(stores, authorityId))) return false;
  for (const { id } of await ofSameName(stores, authorityId)) {
    const { revoked, resumed } = await stores.certificates.changesSince(id, after(signedAt));
    if (revoked.length + resumed.length > 0) return false;
  }
  return true;
}

/** What was changed with the list itself is in it, and what changed later in the same moment made it anew. */
const after = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString();
