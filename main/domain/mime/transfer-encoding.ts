import { decodeQuads } from '../encoding/base64-quads.ts';
import { octetsMade, octetsOf, shortMessage, wholeOf, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { firstOf, type Entity } from './entity.ts';

/** The body of an entity as its Content-Transfer-Encoding means it (RFC 2045 section 6). @throws AppError input.malformed-mail, also when it is read */
export const decodedBody = ({ headers, body }: Entity): OctetSource => decodeTransfer(body, firstOf(headers, 'content-transfer-encoding'));

function decodeTransfer(body: OctetSource, encoding: string | undefined): OctetSource {
  switch (
    (encoding ?? '7bit')
      .replace(/\(.*\)/, '')
      .trim()
      .toLowerCase()
  ) {
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return octetsOf(decodeQuotedPrintable(wholeOf(body, shortMessage)));
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    default:
      throw new AppError('input.malformed-mail', 'This message has a transfer encoding that does not exist.', {
        what: 'transfer encoding',
      });
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(256).fill(-1);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/** Base64, decoded once where it is short, and each time anew where it is not. */
function decodeBase64(body: OctetSource): OctetSource {
  const made = octetsMade(() => base64Pieces(body.pieces()));
  const short = made.wholeUpTo(shortMessage);
  return short === undefined ? made : octetsOf(short);
}

/**
 * Octets outside the alphabet are passed over, as section 6.8 wants it; the padding ends it. One program would read what follows the
 * padding and another not, so that nothing may follow, and the padding must be whole.
 */
function* base64Pieces(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  const decoder = new LaxDecoder();
  for (const piece of pieces) {
    const out = decoder.take(piece);
    if (out.length > 0) yield out;
  }
  decoder.finish();
}

/** A loop in a generator is not made quick by the engine: here it is. */
class LaxDecoder {
  #held = 0;
  #bits = 0;
  #letters = 0;
  #padding = 0;

  take(piece: Uint8Array): Uint8Array {
    const out = new Uint8Array(Math.ceil((piece.length * 3) / 4) + 1);
    let length = 0;
    for (let at = 0; at < piece.length; at++) {
      if (this.#bits === 0 && this.#padding === 0) {
        const quads = decodeQuads(piece, at, values, out, length);
        this.#letters += quads * 4;
        length += quads * 3;
        at += quads * 4;
        if (at >= piece.length) break;
      }
      const octet = piece[at] ?? 0;
      if (octet === 0x3d) this.#padding++;
      const value = values[octet] ?? -1;
      if (value >= 0 && this.#add(value)) out[length++] = (this.#held >> this.#bits) & 0xff;
    }
    return out.subarray(0, length);
  }

  /** Whether an octet is whole. */
  #add(value: number): boolean {
    if (this.#padding > 0) throw malformedBase64();
    this.#letters++;
    this.#held = ((this.#held << 6) | value) & 0xffff;
    this.#bits += 6;
    if (this.#bits < 8) return false;
    this.#bits -= 8;
    return true;
  }

  finish(): void {
    if ((this.#letters + this.#padding) % 4 !== 0 || this.#padding > 2) throw malformedBase64();
  }
}

const malformedBase64 = (): AppError =>
  new AppError('input.malformed-mail', 'The base64 in this message does not end as it should.', { what: 'base64' });

function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const octet = body[at] ?? 0;
    const softEnd = octet === 0x3d ? softBreak(body, at + 1) : 0;
    if (softEnd > 0) {
      at = softEnd - 1;
      continue;
    }
    const value = octet === 0x3d ? hexValue(body[at + 1]) * 16 + hexValue(body[at + 2]) : -1;
    if (value >= 0) at += 2;
    out[length++] = value >= 0 ? value : octet;
  }
  return out.subarray(0, length);
}

/** Behind `=` and the end of the line, or 0. */
function softBreak(body: Uint8Array, start: number): number {
  let at = start;
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (body[at] === 0x0d) at++;
  return body[at] === 0x0a ? at + 1 : 0;
}

/** So far below zero that no two of them make an octet. */
function hexValue(octet: number | undefined): number {
  const value = Number.parseInt(String.fromCharCode(octet ?? 0), 16);
  return Number.isNaN(value) ? -1000 : value;
}

/** Every line end as CRLF (RFC 8551 section 3.1.1). */
export const withCanonicalLineEnds = (octets: OctetSource): OctetSource => octetsMade(() => canonicalPieces(octets.pieces()));

function* canonicalPieces(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let last = 0;
  for (const piece of pieces) {
    yield canonicalPiece(piece, last);
    last = piece.at(-1) ?? last;
  }
}

/** @param before the octet in front of the piece */
function canonicalPiece(piece: Uint8Array, before: number): Uint8Array {
  const isBare = (at: number): boolean => (at === 0 ? before : piece[at - 1]) !== 0x0d;
  let bare = 0;
  for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) if (isBare(at)) bare++;
  if (bare === 0) return piece;
  const out = new Uint8Array(piece.length + bare);
  let length = 0;
  for (let at = 0; at < piece.length; at++) {
    const octet = piece[at] ?? 0;
    if (octet === 0x0a && isBare(at)) out[length++] = 0x0d;
    out[length++] = octet;
  }
  return out;
}
