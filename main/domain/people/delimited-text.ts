import { AppError } from '../errors.ts';

export type Delimiter = ',' | ';' | '\t';

/** One record, and the line of the file on which it begins. */
export interface DelimitedRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A record with more fields than this that hold anything is refused. */
const maximumColumns = 64;

const quote = '"';

/**
 * Reads records as RFC 4180 has them, and as spreadsheets write them: any of the three line ends, line breaks and doubled
 * quotes inside quotes, a quote elsewhere than at the beginning of a field as itself, empty fields at the end of a line.
 * Reads no further than it is asked to.
 * @throws AppError input.malformed-csv with the line where a quote is opened and never closed; input.too-large above 64 columns.
 */
export function* readRecords(text: string, delimiter: Delimiter, firstLine = 1): Generator<DelimitedRecord, void, void> {
  const cursor = { at: 0, line: firstLine };
  while (cursor.at < text.length) yield readRecord(text, delimiter, cursor);
}

interface Cursor {
  at: number;
  line: number;
}

function readRecord(text: string, delimiter: Delimiter, cursor: Cursor): DelimitedRecord {
  const { line } = cursor;
  const fields: string[] = [];
  for (let isLast = false; !isLast;) {
    const field = readField(text, delimiter, cursor);
    if (fields.length < maximumColumns) fields.push(field);
    else if (field !== '') throw new AppError('input.too-large', 'A line has more than 64 columns.', { limit: '64 columns', line });
    isLast = text[cursor.at] !== delimiter;
    if (!isLast) cursor.at += 1;
  }
  skipLineEnd(text, cursor);
  return { line, fields };
}

function readField(text: string, delimiter: Delimiter, cursor: Cursor): string {
  const quoted = text[cursor.at] === quote ? readQuoted(text, cursor) : '';
  let end = cursor.at;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  const plain = text.slice(cursor.at, end);
  cursor.at = end;
  return quoted + plain;
}

function readQuoted(text: string, cursor: Cursor): string {
  const start = cursor.at + 1;
  let end = text.indexOf(quote, start);
  while (end >= 0 && text[end + 1] === quote) end = text.indexOf(quote, end + 2);
  if (end < 0) {
    throw new AppError('input.malformed-csv', 'A quote is opened and never closed.', { reason: 'unclosed-quote', line: cursor.line });
  }
  const content = text.slice(start, end);
  cursor.at = end + 1;
  cursor.line += content.match(/\r\n|\r|\n/g)?.length ?? 0;
  return content.replaceAll('""', quote);
}

function skipLineEnd(text: string, cursor: Cursor): void {
  cursor.at += text.startsWith('\r\n', cursor.at) ? 2 : 1;
  cursor.line += 1;
}

/** One line of delimited text, without its end. Nothing in it is taken for a formula when a spreadsheet opens it. */
export function writeRecord(fields: readonly string[], delimiter: Delimiter): string {
  return fields.map((field) => writeField(field, delimiter)).join(delimiter);
}

function writeField(field: string, delimiter: Delimiter): string {
  const guarded = guardFormula(field);
  const needsQuotes = guarded.includes(delimiter) || /^\s|["\r\n]|\s$/.test(guarded);
  return needsQuotes ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Spreadsheets run what begins with one of these; the apostrophe they show as nothing stops them. */
function guardFormula(field: string): string {
  return /^'*[=+\-@\t\r]/.test(field) ? `'${field}` : field;
}

/** Takes the guard off again: the exact inverse. */
export function unguardFormula(field: string): string {
  return /^'+[=+\-@\t\r]/.test(field) ? field.slice(1) : field;
}
