import { AppError } from '../errors.ts';
import { readRecords, unguardFormula, type DelimitedRecord, type Delimiter } from './delimited-text.ts';
import { nameInOrder } from './name-order.ts';
import { recogniseColumns, staffColumns, type StaffColumn } from './staff-column.ts';
import type { StaffList, StaffRow } from './staff-list.ts';
import { decodeText } from './text-encoding.ts';

/** A list with more rows is refused. */
const maximumRows = 100_000;

/** Headers are looked for in so many lines that hold anything: some exports put a title above them. */
const linesAboveHeaders = 10;
const delimiters: readonly Delimiter[] = [',', ';', '\t'];

interface Headers {
  readonly delimiter: Delimiter;
  readonly record: DelimitedRecord;
  readonly columns: readonly (StaffColumn | undefined)[];
}

/**
 * Reads a staff list as a spreadsheet or directory exports it: any usual encoding (see `decodeText`), comma, semicolon or
 * tab, columns in any order under the names that offices give them.
 * @throws AppError input.empty; input.too-large above 32 MiB, 100,000 rows or 64 columns; input.malformed-csv with
 * `reason` spreadsheet, not-text, unclosed-quote (and its `line`), no-address-column or no-name-column (and the `headers`
 * that were seen).
 */
export function readStaffList(bytes: Uint8Array): StaffList {
  const { text: whole, encoding } = decodeText(bytes);
  const { text, firstLine, offered } = takeDelimiterLine(whole);
  const { delimiter, record, columns } = findHeaders(text, firstLine, offered);
  const rows = nameBySurname(nameInOrder(readRows(text, firstLine, { delimiter, record, columns })), columns);
  if (rows.length === 0) throw new AppError('input.empty', 'The list has headers and no rows.');
  const format = {
    encoding,
    delimiter,
    columns: staffColumns.filter((column) => columns.includes(column)),
    ignoredHeaders: record.fields.filter((header, at) => columns[at] === undefined && header.trim() !== '').map(shownHeader),
  };
  return { format, rows };
}

/** Spreadsheets may write the delimiter into a line of its own, `sep=;`, above everything. */
function takeDelimiterLine(whole: string): { text: string; firstLine: number; offered: readonly Delimiter[] } {
  const [line = '', named] = /^sep=([,;\t])(?:\r\n|\r|\n)/i.exec(whole) ?? [];
  const delimiter = delimiters.find((each) => each === named);
  return delimiter === undefined
    ? { text: whole, firstLine: 1, offered: delimiters }
    : { text: whole.slice(line.length), firstLine: 2, offered: [delimiter] };
}

/** The delimiter and line that give most columns their meaning. */
function findHeaders(text: string, firstLine: number, offered: readonly Delimiter[]): Headers {
  const candidates = offered.flatMap((delimiter) => candidateHeaders(text, firstLine, delimiter));
  candidates.sort((a, b) => known(b) - known(a) || b.record.fields.length - a.record.fields.length || a.record.line - b.record.line);
  const [best] = candidates;
  if (best === undefined) throw noRecord(text, firstLine, offered);
  const headers = best.record.fields.slice(0, 20).map(shownHeader);
  if (!best.columns.includes('email')) throw malformed('no-address-column', headers);
  if (!['name', 'given_name', 'surname'].some((column) => best.columns.some((each) => each === column)))
    throw malformed('no-name-column', headers);
  return best;
}

function known({ columns }: Headers): number {
  return columns.filter((column) => column !== undefined).length;
}

/** With the wrong delimiter a file may not even be readable: that only rules the delimiter out. */
function candidateHeaders(text: string, firstLine: number, delimiter: Delimiter): Headers[] {
  const candidates: Headers[] = [];
  try {
    for (const record of readRecords(text, delimiter, firstLine)) {
      if (isBlank(record)) continue;
      candidates.push({ delimiter, record, columns: recogniseColumns(record.fields) });
      if (candidates.length === linesAboveHeaders) break;
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return candidates;
}

/** No delimiter gave a single line: reading with the most usual one says why. */
function noRecord(text: string, firstLine: number, [delimiter = ',']: readonly Delimiter[]): AppError {
  readRecords(text, delimiter, firstLine).next();
  return new AppError('input.empty', 'There is nothing in this file.');
}

function readRows(text: string, firstLine: number, headers: Headers): StaffRow[] {
  const rows: StaffRow[] = [];
  for (const record of readRecords(text, headers.delimiter, firstLine)) {
    if (record.line <= headers.record.line || isBlank(record)) continue;
    if (rows.length === maximumRows)
      throw new AppError('input.too-large', 'The list has more than 100,000 rows.', { limit: '100,000 rows' });
    rows.push(readRow(record, rows.length + 1, headers.columns));
  }
  return rows;
}

function readRow({ line, fields }: DelimitedRecord, row: number, columns: Headers['columns']): StaffRow {
  const named: Partial<Record<StaffColumn, string>> = {};
  for (const [at, column] of columns.entries()) {
    const value = tidy(fields[at] ?? '');
    if (column !== undefined && value !== '') named[column] = named[column] === undefined ? value : `${named[column]}; ${value}`;
  }
  return { row, line, fields: named, hasSurplusCells: fields.slice(columns.length).some((field) => tidy(field) !== ''), settled: [] };
}

/** NFC, any white space as one space, none around, and no guard against formulas in front. */
export function tidy(field: string): string {
  return unguardFormula(field.replace(/\s+/gu, ' ').trim()).normalize('NFC');
}

/** Beside a column of given names and none of surnames, "Name" often is the surname; the rows tell. */
function nameBySurname(rows: readonly StaffRow[], columns: Headers['columns']): readonly StaffRow[] {
  if (!columns.includes('given_name') || columns.includes('surname')) return rows;
  const both = rows.filter(({ fields }) => fields.name !== undefined && fields.given_name !== undefined);
  const full = both.filter(({ fields }) => fields.name?.toLowerCase().includes(fields.given_name?.toLowerCase() ?? ''));
  if (full.length * 2 >= both.length) return rows;
  return rows.map((row) => {
    const { name, ...fields } = row.fields;
    return name === undefined ? row : { ...row, fields: { ...fields, surname: name } };
  });
}

function isBlank({ fields }: DelimitedRecord): boolean {
  return fields.every((field) => field.trim() === '');
}

function shownHeader(header: string): string {
  return Array.from(tidy(header).replace(/\p{C}/gu, '')).slice(0, 40).join('');
}

function malformed(reason: string, headers: readonly string[]): AppError {
  const column = reason === 'no-address-column' ? 'mail addresses' : 'names';
  return new AppError('input.malformed-csv', `No column of ${column} was recognised.`, { reason, headers });
}
