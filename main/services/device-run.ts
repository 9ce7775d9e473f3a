import { FileContent } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { openDevice, type DeviceParts } from './device-opening.ts';
import type { Commit } from './handler.ts';
import { authorityCertificate, isKeyOffline } from './issuers.ts';
import { storeList } from './list-file.ts';
import { isListDue, listPeriodOf } from './list-period.ts';
import { dueAhead, readAhead, replaceAhead, type AheadList } from './lists-ahead.ts';

interface Ran {
  readonly files: readonly FileContent[];
  readonly renewed: readonly string[];
  readonly owed: readonly string[];
  readonly answering: readonly string[];
}

/** A list whose time has come, opened. */
interface Opened {
  readonly list: AheadList;
  readonly der: Uint8Array;
}

/**
 * Hands out the lists there are, after those whose time has come. What was signed ahead is looked at again within the unit, so that a
 * revocation in between is never covered up. @throws AppError device.*
 */
export async function runAlone(parts: DeviceParts): Promise<Commit<Ran>> {
  const unlocked = await openDevice(parts);
  try {
    const opened = await openDue(parts, unlocked);
    return async (stores, { time }) => {
      const [renewed, owed, files] = [[] as string[], [] as string[], [] as FileContent[]];
      for (const authority of await stores.authorities.list()) {
        const came = await release(stores, authority, opened.get(authority.id), time);
        if (came) renewed.push(authority.id);
        else if (await isDue(stores, authority, time)) owed.push(authority.name);
        files.push(...(await filesOf(stores, authority, time)));
      }
      const answering = (await stores.authorities.list()).filter(({ ocspUrl }) => ocspUrl !== null).map(({ id }) => id);
      return { value: { files, renewed, owed, answering }, subject: { authorities: renewed, owed: owed.length } };
    };
  } finally {
    unlocked.wipe();
  }
}

async function openDue(parts: DeviceParts, unlocked: UnlockedOperator): Promise<ReadonlyMap<string, Opened>> {
  const now = parts.clock.now().toISOString();
  const opened = new Map<string, Opened>();
  for (const authority of await parts.read().authorities.list()) {
    const list = (await isDue(parts.read(), authority, now)) ? await dueAhead(parts.read(), authority.id, now) : undefined;
    if (list === undefined || (await isKeyOffline(parts.read(), authority))) continue;
    const der = await parts.keyAccess.withPrivateKey(unlocked, list.id, 'unattended', (octets) => Uint8Array.from(octets));
    opened.set(authority.id, { list, der });
  }
  return opened;
}

const isDue = async (stores: ReadStores, authority: AuthorityRecord, now: string): Promise<boolean> =>
  isListDue(await listPeriodOf(stores, authority), await stores.authorities.latestList(authority.id), new Date(now));

/** Whether it was handed out. Those before it are over with it. */
async function release(stores: Stores, { id }: AuthorityRecord, opened: Opened | undefined, time: string): Promise<boolean> {
  if (opened === undefined || (await dueAhead(stores, id, time))?.id !== opened.list.id) return false;
  const { number, thisUpdate, nextUpdate, entries, point } = opened.list;
  await storeList(
    stores,
    { authorityId: id, number, thisUpdate, nextUpdate, entries, publishedAt: time, base: null, point: point ?? null },
    opened.der,
  );
  const later = (await readAhead(stores)).filter((list) => list.authorityId === id && list.number > number);
  await replaceAhead(stores, id, later);
  return true;
}

/** The certificate and the list that is in force; a list is handed out with this. @throws AppError input.too-large */
async function filesOf(stores: Stores, authority: AuthorityRecord, time: string): Promise<FileContent[]> {
  const certificate = new FileContent(`${authority.slug}.crt`, await authorityCertificate(stores, authority));
  const latest = await stores.authorities.latestList(authority.id);
  if (latest === undefined || latest.nextUpdate <= time) return [certificate];
  const der = await stores.authorities.listDer(authority.id, latest.number);
  if (der === undefined) throw new AppError('store.corrupt', 'A list of revoked certificates is missing.', { id: authority.id });
  if (latest.publishedAt === null) await stores.authorities.publishList(authority.id, latest.number, time);
  return [certificate, new FileContent(`${authority.slug}.crl`, der)];
}
