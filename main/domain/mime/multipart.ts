import { AppError } from '../errors.ts';
import { malformedMail } from './entity.ts';

const maximumParts = 200;

/**
 * The parts of a multipart body (RFC 2046 section 5.1.1): each without the line end in front of the delimiter, which
 * belongs to it. A body that ends without its last delimiter is refused: something was cut off, and what is missing could
 * have been signed.
 * @throws AppError input.malformed-mail, input.too-large
 */
export function readParts(body: Uint8Array, boundary: string | undefined): Uint8Array[] {
  if (boundary === undefined || boundary.length === 0 || boundary.length > 200) throw malformedMail('a multipart without a boundary', 1);
  const delimiter = Uint8Array.from(`--${boundary}`, (character) => character.charCodeAt(0) & 0xff);
  const parts: Uint8Array[] = [];
  let start: number | undefined;
  for (let line = 0; line < body.length;) {
    const lineFeed = body.indexOf(0x0a, line);
    const next = lineFeed < 0 ? body.length : lineFeed + 1;
    const kind = delimiterKind(body, line, next, delimiter);
    if (kind !== undefined) {
      if (start !== undefined) parts.push(body.subarray(start, Math.max(start, beforeLineEnd(body, line))));
      if (kind === 'last') return parts;
      start = next;
      if (parts.length > maximumParts) throw new AppError('input.too-large', 'This message has too many parts.', { limit: maximumParts });
    }
    line = next;
  }
  throw malformedMail('a multipart that does not end', parts.length + 1);
}

/** Whether a line is `--boundary` or `--boundary--`, with nothing but white space behind it. */
function delimiterKind(body: Uint8Array, start: number, end: number, delimiter: Uint8Array): 'next' | 'last' | undefined {
  if (end - start < delimiter.length) return undefined;
  for (let at = 0; at < delimiter.length; at++) if (body[start + at] !== delimiter[at]) return undefined;
  let at = start + delimiter.length;
  const isLast = at + 1 < end && body[at] === 0x2d && body[at + 1] === 0x2d;
  if (isLast) at += 2;
  for (; at < end; at++) if (!isBlank(body[at] ?? 0)) return undefined;
  return isLast ? 'last' : 'next';
}

const isBlank = (octet: number): boolean => octet === 0x20 || octet === 0x09 || octet === 0x0d || octet === 0x0a;

/** Where the line before ends, without its line feed and the carriage return in front of that. */
function beforeLineEnd(body: Uint8Array, line: number): number {
  const end = body[line - 1] === 0x0a ? line - 1 : line;
  return body[end - 1] === 0x0d ? end - 1 : end;
}
