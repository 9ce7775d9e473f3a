import { concatenate } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';

/** Octets that may be longer than the memory: read in pieces, each time from the front. Reading may throw what their place throws. */
export interface OctetSource {
  pieces(): Iterable<Uint8Array>;
  /** Those from `from` up to `to`, or to the end; fewer where there are fewer. */
  slice(from: number, to?: number): OctetSource;
  /** All of them, where there are no more than `limit`. */
  wholeUpTo(limit: number): Uint8Array | undefined;
}

/** Pieces between two places of something that is read where it is. */
export type ReadBetween = (from: number, to: number) => Iterable<Uint8Array>;

/** What is kept whole in memory: longer messages are read piece by piece. */
export const shortMessage = 8 << 20;

class Octets implements OctetSource {
  readonly #read: ReadBetween;
  readonly #from: number;
  readonly #to: number;
  /** What is known already to be less than all of them: not read again to be told. */
  #longerThan = -1;

  constructor(read: ReadBetween, from = 0, to = Number.POSITIVE_INFINITY) {
    this.#read = read;
    this.#from = from;
    this.#to = to;
  }

  pieces(): Iterable<Uint8Array> {
    return this.#read(this.#from, this.#to);
  }

  slice(from: number, to = Number.POSITIVE_INFINITY): OctetSource {
    return new Octets(this.#read, this.#from + from, Math.max(this.#from + from, Math.min(this.#to, this.#from + to)));
  }

  wholeUpTo(limit: number): Uint8Array | undefined {
    if (this.#longerThan >= limit) return undefined;
    const found: Uint8Array[] = [];
    let length = 0;
    for (const piece of this.slice(0, limit + 1).pieces()) {
      length += piece.length;
      if (length > limit) {
        this.#longerThan = limit;
        return undefined;
      }
      found.push(piece);
    }
    return found.length === 1 ? found[0] : concatenate(found);
  }
}

/** Octets in memory, never copied. */
export const octetsOf = (bytes: Uint8Array): OctetSource => new Octets((from, to) => [bytes.subarray(from, to)]);

/** Octets that are read where they are, such as those of a file. */
export const octetsAt = (read: ReadBetween): OctetSource => new Octets(read);

/** Octets that are made anew from the front each time, such as those behind base64. */
export const octetsMade = (make: () => Iterable<Uint8Array>): OctetSource => new Octets((from, to) => between(make(), from, to));

function* between(pieces: Iterable<Uint8Array>, from: number, to: number): Generator<Uint8Array> {
  let at = 0;
  if (to <= from) return;
  for (const piece of pieces) {
    const part = piece.subarray(Math.max(0, from - at), to - at);
    at += piece.length;
    if (part.length > 0) yield part;
    if (at >= to) return;
  }
}

/** The first of them, at most `count`. */
export const firstOctets = (source: OctetSource, count: number): Uint8Array => source.slice(0, count).wholeUpTo(count) ?? new Uint8Array(0);

/** All of them. @throws AppError input.too-large */
export function wholeOf(source: OctetSource, limit: number): Uint8Array {
  const whole = source.wholeUpTo(limit);
  if (whole === undefined) throw new AppError('input.too-large', 'This is too large to be read at once.', { limit });
  return whole;
}

/** How many there are; all of them are read for it. */
export function countOctets(source: OctetSource): number {
  let count = 0;
  for (const { length } of source.pieces()) count += length;
  return count;
}

export const asSource = (octets: Uint8Array | OctetSource): OctetSource => (octets instanceof Uint8Array ? octetsOf(octets) : octets);
