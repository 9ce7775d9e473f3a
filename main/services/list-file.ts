import type { UnfinishedList } from '../contract/authorities.ts';
import { FileContent } from '../contract/secret.ts';
import { concatenate } from '../domain/asn1/der-writer.ts';
import { letGo } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';

/** Octets to a part as it is kept: a list of a million entries is written and handed out in many small steps. */
const octetsOfPart = 256 * 1024;

/** Parts that one call hands out: a megabyte, more than the list of any practice. */
const partsAtATime = 4;

export const deltaName = (slug: string): string => `${slug}-delta.crl`;

/** Writes the octets of one list down as they come. */
export interface ListWriter {
  /** Gives what `pieces` gives, once it is written. */
  passing(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** `before` stands in front of all there was, which says how long it is; `after` at the end. */
  end(before: Uint8Array, after: Uint8Array): Promise<void>;
}

export function listWriter(stores: Stores, { authorityId, number }: CertificateListRecord): ListWriter {
  const room = new Uint8Array(octetsOfPart);
  let [used, position] = [0, 0];
  const insert = (at: number, der: Uint8Array) => stores.authorities.insertListPart({ authorityId, number, position: at, der });
  const flush = async () => {
    if (used > 0) await insert(++position, room.subarray(0, used));
    used = 0;
  };
  const add = async (octets: Uint8Array) => {
    for (let at = 0; at < octets.length;) {
      const some = octets.subarray(at, at + room.length - used);
      room.set(some, used);
      [at, used] = [at + some.length, used + some.length];
      if (used === room.length) await flush();
    }
  };
  return {
    async *passing(pieces) {
      for await (const piece of pieces) {
        await add(piece);
        yield piece;
      }
    },
    async end(before, after) {
      await add(after);
      await flush();
      await insert(0, before);
    },
  };
}

/** Writes a list down that is there already. */
export async function storeList(stores: Stores, record: CertificateListRecord, der: Uint8Array): Promise<void> {
  await stores.authorities.insertList(record);
  for (let position = 0; position * octetsOfPart < der.length; position++) {
    const part = der.subarray(position * octetsOfPart, (position + 1) * octetsOfPart);
    await stores.authorities.insertListPart({ authorityId: record.authorityId, number: record.number, position, der: part });
  }
}

/** A list as it is handed out: its beginning, which is all of it in an ordinary practice, and where it goes on. */
export interface ListFile {
  readonly file: FileContent;
  readonly unfinished: UnfinishedList | null;
}

/** A list under the name certificates point to. @throws AppError not-found */
export async function listFile(
  stores: ReadStores,
  { id, slug }: Pick<AuthorityRecord, 'id' | 'slug'>,
  { number, base }: Pick<CertificateListRecord, 'number' | 'base'>,
): Promise<ListFile> {
  const name = base === null ? `${slug}.crl` : deltaName(slug);
  const { octets, next } = await listOctets(stores, id, number, 0);
  return { file: new FileContent(name, octets), unfinished: next === null ? null : { name, authority: id, number, next } };
}

/** Octets of a list from a part on, and the part that comes next; null at the end. @throws AppError not-found */
export async function listOctets(
  stores: ReadStores,
  authorityId: string,
  number: number,
  from: number,
): Promise<{ readonly octets: Uint8Array; readonly next: number | null }> {
  const parts = await stores.authorities.listParts(authorityId, number, from, partsAtATime + 1);
  if (parts.length === 0)
    throw new AppError('not-found', 'There is no such list of revoked certificates.', { what: 'list', id: authorityId });
  const octets = concatenate(parts.slice(0, partsAtATime).map(({ der }) => der));
  for (const { der } of parts) letGo(der);
  return { octets, next: parts[partsAtATime]?.position ?? null };
}
