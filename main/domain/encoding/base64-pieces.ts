import { AppError } from '../errors.ts';
import { decodeQuads } from './base64-quads.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** What an octet stands for: 0 to 63; below zero white space, padding, the end of a PEM block, anything else. */
const meaning = new Int8Array(256).fill(-4);
for (let value = 0; value < 64; value++) meaning[letters.charCodeAt(value)] = value;
for (const blank of '\r\n\t ') meaning[blank.charCodeAt(0)] = -1;
meaning['='.charCodeAt(0)] = -2;
meaning['-'.charCodeAt(0)] = -3;

/**
 * Decodes base64 as it comes; nothing but white space may stand in it. With `end` it must be followed by that line, and what comes
 * after is not read.
 * @throws AppError input.malformed-pem
 */
export function* strictBase64Pieces(pieces: Iterable<Uint8Array>, end: string | undefined): Generator<Uint8Array> {
  const decoder = new Decoder();
  let foot = '';
  for (const piece of pieces) {
    const { out, left } = decoder.take(piece);
    if (out.length > 0) yield out;
    if (left === undefined) continue;
    foot += String.fromCharCode(...left.subarray(0, Math.max(0, (end ?? '').length - foot.length)));
    if (end === undefined || !end.startsWith(foot)) throw malformed();
    if (foot === end) break;
  }
  if (foot !== (end ?? '') || !decoder.isWhole) throw malformed();
}

const malformed = (): AppError => new AppError('input.malformed-pem', 'This PEM text cannot be read.', { what: 'base64', line: 1 });

class Decoder {
  #held = 0;
  #bits = 0;
  #count = 0;
  #padding = 0;
  #isBehind = false;

  get isWhole(): boolean {
    return this.#count % 4 === 0 && this.#padding <= 2;
  }

  /** `left`: from the octet on that ends the base64. */
  take(piece: Uint8Array): { out: Uint8Array; left: Uint8Array | undefined } {
    const out = new Uint8Array(Math.ceil((piece.length * 3) / 4) + 1);
    let length = 0;
    for (let at = 0; at < piece.length; at++) {
      if (this.#bits === 0 && this.#padding === 0 && !this.#isBehind) {
        const quads = decodeQuads(piece, at, meaning, out, length);
        this.#count += quads * 4;
        length += quads * 3;
        at += quads * 4;
        if (at >= piece.length) break;
      }
      const value = meaning[piece[at] ?? 0] ?? -4;
      if (this.#isBehind || value === -3) {
        this.#isBehind = true;
        return { out: out.subarray(0, length), left: piece.subarray(at) };
      }
      if (value === -1) continue;
      if (value === -4 || (value >= 0 && this.#padding > 0)) throw malformed();
      this.#count++;
      if (value === -2) {
        this.#padding++;
        continue;
      }
      this.#held = ((this.#held << 6) | value) & 0xffff;
      this.#bits += 6;
      if (this.#bits < 8) continue;
      this.#bits -= 8;
      out[length++] = (this.#held >> this.#bits) & 0xff;
    }
    return { out: out.subarray(0, length), left: undefined };
  }
}
