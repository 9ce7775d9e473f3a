import { utf8Decode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** Larger files are refused before anything is read. */
export const maximumFileLength = 32 * 1024 * 1024;

/** What Windows-1252 has at 0x80 to 0x9F. Its five free places stand for the control characters of that number. */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Octets decoded at a time: characters are joined in pieces, not one by one. */
const piece = 16_384;

/**
 * Reads a text file as offices save them: UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252 for
 * what is none of these. The mark is taken off.
 * @throws AppError input.empty; input.too-large above 32 MiB; input.malformed-csv with `reason` `spreadsheet` for a
 * workbook, `not-text` for what no encoding fits.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length > maximumFileLength) throw new AppError('input.too-large', 'The file is larger than 32 MiB.', { limit: '32 MiB' });
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw malformed('spreadsheet');
  const { text, encoding } = decode(bytes);
  if (text === undefined || text.includes('\0') || !text.isWellFormed()) throw malformed('not-text');
  if (text.trim() === '') throw new AppError('input.empty', 'There is nothing in this file.');
  return { text, encoding };
}

function decode(bytes: Uint8Array): { text: string | undefined; encoding: TextEncoding } {
  if (startsWith(bytes, 0xff, 0xfe)) return { text: decodeUtf16(bytes, 1), encoding: 'utf-16le' };
  if (startsWith(bytes, 0xfe, 0xff)) return { text: decodeUtf16(bytes, 0), encoding: 'utf-16be' };
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { text: decodeUtf8(bytes.subarray(3)), encoding: 'utf-8' };
  const text = decodeUtf8(bytes);
  return text === undefined ? { text: decodeWindows1252(bytes), encoding: 'windows-1252' } : { text, encoding: 'utf-8' };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const end = characterBorder(bytes, Math.min(at + piece, bytes.length));
    const decoded = utf8Decode(bytes.subarray(at, end));
    if (decoded === undefined) return undefined;
    text += decoded;
    at = end;
  }
  return text;
}

/** Steps back over at most three continuation octets; more of them are no UTF-8 anyway. */
function characterBorder(bytes: Uint8Array, end: number): number {
  for (let at = end; at < bytes.length && at > end - 4; at--) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at;
  return end;
}

/** After the two octets of the mark. `high` is the place of the high octet in each pair. */
function decodeUtf16(bytes: Uint8Array, high: 0 | 1): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const unit = (at: number): number => ((bytes[at + high] ?? 0) << 8) | (bytes[at + 1 - high] ?? 0);
  return joinUnits(2, bytes.length, 2, unit);
}

function decodeWindows1252(bytes: Uint8Array): string {
  const unit = (at: number): number => {
    const byte = bytes[at] ?? 0;
    return byte >= 0x80 && byte < 0xa0 ? windows1252.charCodeAt(byte - 0x80) : byte;
  };
  return joinUnits(0, bytes.length, 1, unit);
}

function joinUnits(from: number, to: number, width: number, unit: (at: number) => number): string {
  let text = '';
  for (let at = from; at < to; at += piece) {
    const count = Math.ceil((Math.min(at + piece, to) - at) / width);
    text += String.fromCharCode(...Array.from({ length: count }, (_, next) => unit(at + next * width)));
  }
  return text;
}

function startsWith(bytes: Uint8Array, ...expected: readonly number[]): boolean {
  return expected.every((byte, at) => bytes[at] === byte);
}

function malformed(reason: 'spreadsheet' | 'not-text'): AppError {
  const is = reason === 'spreadsheet' ? 'is a workbook of a spreadsheet, not a CSV file' : 'is not a text that can be read';
  return new AppError('input.malformed-csv', `This file ${is}.`, { reason });
}
