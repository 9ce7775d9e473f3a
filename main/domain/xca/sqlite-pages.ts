import { AppError } from '../errors.ts';

const magic = 'SQLite format 3\0';
const headerOctets = 100;

/** A database file of SQLite (sqlite.org/fileformat2.html) as pages, counted from one. */
export interface SqlitePages {
  readonly bytes: DataView;
  readonly pageSize: number;
  /** Octets of a page that hold something. */
  readonly usable: number;
  readonly count: number;
}

export const isSqlite = (bytes: Uint8Array): boolean => magic.split('').every((letter, at) => bytes[at] === letter.charCodeAt(0));

/** @throws AppError input.invalid for what is no such file, or whose text is not UTF-8 */
export function openPages(file: Uint8Array): SqlitePages {
  if (!isSqlite(file) || file.length < headerOctets) throw damaged('header');
  const bytes = new DataView(file.buffer, file.byteOffset, file.length);
  const stated = bytes.getUint16(16);
  const pageSize = stated === 1 ? 65_536 : stated;
  const usable = pageSize - bytes.getUint8(20);
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usable < 480 || bytes.getUint32(56) !== 1) throw damaged('header');
  return { bytes, pageSize, usable, count: Math.floor(file.length / pageSize) };
}

/** One row: its id, and its record. */
export interface SqliteRow {
  readonly id: number;
  readonly record: Uint8Array;
}

const leaf = 0x0d;
const interior = 0x05;

/** Levels of a tree at most, as SQLite itself has it. */
const maximumDepth = 20;

/** What of a file one table may still take: each page once, and in all rows no more octets than the file has. */
interface Rest {
  readonly seen: Set<number>;
  octets: number;
}

/** The rows of a table in order of their ids, from its root page. @throws AppError input.invalid */
export const rowsOf = (pages: SqlitePages, root: number): Generator<SqliteRow, void, undefined> =>
  rowsBelow(pages, root, 1, { seen: new Set(), octets: pages.bytes.byteLength });

function* rowsBelow(pages: SqlitePages, page: number, depth: number, rest: Rest): Generator<SqliteRow, void, undefined> {
  if (depth > maximumDepth) throw damaged('page');
  const start = startOf(pages, page, rest);
  const header = page === 1 ? start + headerOctets : start;
  const kind = at8(pages, header);
  if (kind !== leaf && kind !== interior) throw damaged('page');
  const cells = at16(pages, header + 3);
  const pointers = header + (kind === leaf ? 8 : 12);
  for (let index = 0; index < cells; index++) {
    const cell = start + at16(pages, pointers + 2 * index);
    if (kind === leaf) yield rowAt(pages, cell, start + pages.usable, rest);
    else yield* rowsBelow(pages, at32(pages, cell), depth + 1, rest);
  }
  if (kind === interior) yield* rowsBelow(pages, at32(pages, header + 8), depth + 1, rest);
}

function startOf(pages: SqlitePages, page: number, { seen }: Rest): number {
  if (page < 1 || page > pages.count || seen.has(page)) throw damaged('page');
  seen.add(page);
  return (page - 1) * pages.pageSize;
}

function rowAt(pages: SqlitePages, cell: number, end: number, rest: Rest): SqliteRow {
  const size = varintAt(pages, cell);
  const id = varintAt(pages, size.next);
  const local = localOctets(pages.usable, size.value);
  rest.octets -= id.next - cell + size.value;
  if (rest.octets < 0 || id.next + local > end) throw damaged('record');
  const record = new Uint8Array(size.value);
  record.set(octetsAt(pages, id.next, local));
  if (local < size.value) readOverflow(pages, at32(pages, id.next + local), record, local, rest);
  return { id: id.value, record };
}

/** Of a long record only its beginning is in the table's page ("Cell Payload Overflow Pages"). */
function localOctets(usable: number, size: number): number {
  if (size <= usable - 35) return size;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const some = least + ((size - least) % (usable - 4));
  return some <= usable - 35 ? some : least;
}

function readOverflow(pages: SqlitePages, first: number, record: Uint8Array, from: number, rest: Rest): void {
  for (let page = first, at = from; at < record.length;) {
    const start = startOf(pages, page, rest);
    const length = Math.min(pages.usable - 4, record.length - at);
    record.set(octetsAt(pages, start + 4, length), at);
    at += length;
    page = at32(pages, start);
  }
}

function octetsAt({ bytes }: SqlitePages, at: number, length: number): Uint8Array {
  if (at + length > bytes.byteLength) throw damaged('record');
  return new Uint8Array(bytes.buffer, bytes.byteOffset + at, length);
}

interface Varint {
  readonly value: number;
  readonly next: number;
}

function varintAt(pages: SqlitePages, at: number): Varint {
  return readVarint((index) => at8(pages, index), at);
}

/** Seven bits an octet, the most significant first; what no array can be as long as is refused. */
export function readVarint(octet: (at: number) => number, at: number): Varint {
  let value = 0;
  for (let next = at; next < at + 8; next++) {
    const bits = octet(next);
    value = value * 128 + (bits & 0x7f);
    if (bits < 0x80) return { value, next: next + 1 };
  }
  throw damaged('number');
}

const at8 = ({ bytes }: SqlitePages, at: number): number => (at < bytes.byteLength ? bytes.getUint8(at) : refuse());
const at16 = ({ bytes }: SqlitePages, at: number): number => (at + 2 <= bytes.byteLength ? bytes.getUint16(at) : refuse());
const at32 = ({ bytes }: SqlitePages, at: number): number => (at + 4 <= bytes.byteLength ? bytes.getUint32(at) : refuse());

function refuse(): never {
  throw damaged('page');
}

/** What about the file is not as SQLite writes it. */
export const damaged = (reason: string): AppError =>
  new AppError('input.invalid', 'This database cannot be read: it is damaged or cut off.', { field: 'database', reason });
