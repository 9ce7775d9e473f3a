import type { Header } from '../asn1/ber.ts';
import { malformed } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import type { OctetSource } from '../encoding/octet-source.ts';

/**
 * The octets of an OCTET STRING in pieces (X.690 section 8.7.3), as they come; ends with the place behind it.
 * @param source begins with the first piece
 * @param string its header; offsets count as there
 * @throws AppError input.malformed-der
 */
export function* piecesOfString(source: OctetSource, string: Header): Generator<Uint8Array, number> {
  const reader = new ForwardReader(source, string.contentOffset);
  while (string.isIndefinite || reader.position < string.end) {
    const found = reader.octet();
    if (found === 0 && string.isIndefinite) {
      if (reader.octet() !== 0) throw malformed('an end that is none', reader.position - 1);
      return reader.position;
    }
    if (found !== tag.octetString) throw malformed('a piece of a string that is none', reader.position - 1);
    yield* reader.take(reader.length());
  }
  if (reader.position !== string.end) throw malformed('a length past the end', string.offset);
  return reader.position;
}

/** Reads octets once, in order. */
class ForwardReader {
  readonly #pieces: Iterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;
  position: number;

  constructor(source: OctetSource, position: number) {
    this.#pieces = source.pieces()[Symbol.iterator]();
    this.position = position;
  }

  octet(): number {
    this.#fill();
    this.position++;
    return this.#piece[this.#at++] ?? 0;
  }

  /** A definite length in any form BER has. */
  length(): number {
    const first = this.octet();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 6) throw malformed('a length out of range', this.position - 1);
    let length = 0;
    for (let next = 0; next < count; next++) length = length * 256 + this.octet();
    return length;
  }

  *take(count: number): Generator<Uint8Array> {
    for (let left = count; left > 0;) {
      this.#fill();
      const part = this.#piece.subarray(this.#at, this.#at + left);
      this.#at += part.length;
      this.position += part.length;
      left -= part.length;
      yield part;
    }
  }

  #fill(): void {
    while (this.#at >= this.#piece.length) {
      const next = this.#pieces.next();
      if (next.done === true) throw malformed('a value is missing', this.position);
      this.#piece = next.value;
      this.#at = 0;
    }
  }
}
