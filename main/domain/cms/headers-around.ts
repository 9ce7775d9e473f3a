import { concatenate, header } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';

/** A value around another: what stands in it in front of that one, and behind. */
export interface Around {
  readonly tag: number;
  readonly before?: Uint8Array;
  readonly behind?: Uint8Array;
}

/** Lengths in DER have at most four octets here, as everybody reads them. */
const longest = 2 ** 32 - (1 << 20);

/**
 * All that stands in front of content of that length, DER, in these values, outermost first. What stands behind it the caller writes.
 * @throws AppError input.too-large
 */
export function headersAround(length: number, values: readonly Around[]): Uint8Array {
  if (length > longest) throw new AppError('input.too-large', 'A message is no longer than four gigabytes.', { limit: longest });
  const parts: Uint8Array[] = [];
  let inside = length;
  for (const { tag, before = nothing, behind = nothing } of [...values].reverse()) {
    inside += before.length + behind.length;
    const front = header(tag, inside);
    parts.unshift(front, before);
    inside += front.length;
  }
  return concatenate(parts);
}

const nothing = new Uint8Array(0);
