import { utf8Decode } from '../encoding/utf8.ts';
import { damaged, readVarint, rowsOf, type SqlitePages } from './sqlite-pages.ts';

type SqliteValue = number | string | Uint8Array | null;

/** A row by the names of its columns. */
export type SqliteRecord = Readonly<Partial<Record<string, SqliteValue>>>;

/** The rows of one table; undefined where the database has none of that name. @throws AppError input.invalid */
export function readTable(pages: SqlitePages, name: string): readonly SqliteRecord[] | undefined {
  const [found] = [...rowsOf(pages, 1)].map(({ record }) => readRecord(record)).filter((row) => row[0] === 'table' && row[1] === name);
  const [, , , root, definition] = found ?? [];
  if (typeof root !== 'number' || typeof definition !== 'string') return undefined;
  const columns = columnsOf(definition);
  return [...rowsOf(pages, root)].map(({ id, record }) => {
    const values = readRecord(record);
    return Object.fromEntries(columns.map((column, at) => [column.name, column.isRowId ? id : (values[at] ?? null)]));
  });
}

interface Column {
  readonly name: string;
  /** It stands for the row's id and is not in its record. */
  readonly isRowId: boolean;
}

/** The columns that a CREATE TABLE names, until its constraints. */
function columnsOf(definition: string): Column[] {
  const parts = definition.slice(definition.indexOf('(') + 1, definition.lastIndexOf(')')).split(/,(?![^(]*\))/);
  const columns: Column[] = [];
  for (const part of parts) {
    const [, name = ''] = /^\s*["'`[]?(\w+)/.exec(part) ?? [];
    if (/^(FOREIGN|PRIMARY|UNIQUE|CHECK|CONSTRAINT)$/i.test(name)) break;
    columns.push({ name, isRowId: /\bINTEGER PRIMARY KEY\b/i.test(part) });
  }
  return columns;
}

/** "Record Format": the kinds of all values, then the values. */
function readRecord(record: Uint8Array): SqliteValue[] {
  const octet = (at: number): number => record[at] ?? 0x80;
  const header = readVarint(octet, 0);
  const values: SqliteValue[] = [];
  for (let at = header.next, body = header.value; at < header.value;) {
    const kind = readVarint(octet, at);
    const length = lengthOf(kind.value);
    if (body + length > record.length) throw damaged('record');
    values.push(valueOf(kind.value, record.subarray(body, body + length)));
    at = kind.next;
    body += length;
  }
  return values;
}

const integerOctets = [0, 1, 2, 3, 4, 6, 8];

function lengthOf(kind: number): number {
  if (kind >= 12) return Math.floor((kind - 12) / 2);
  return kind === 7 ? 8 : (integerOctets[kind] ?? 0);
}

function valueOf(kind: number, octets: Uint8Array): SqliteValue {
  if (kind >= 12) return kind % 2 === 0 ? octets : (utf8Decode(octets) ?? null);
  if (kind === 8 || kind === 9) return kind - 8;
  if (kind === 0 || kind === 7) return null;
  return octets.reduce((sum, octet, at) => sum * 256 + (at === 0 && octet >= 0x80 ? octet - 256 : octet), 0);
}
