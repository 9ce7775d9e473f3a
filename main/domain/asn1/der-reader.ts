import { AppError } from '../errors.ts';

/** One value as it stands in foreign bytes. `content` and `whole` are views, never copies. */
export interface DerNode {
  readonly tag: number;
  readonly isConstructed: boolean;
  /** Offset of the tag octet from the start of the outermost input. */
  readonly offset: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
  /** Offset of the content from the start of the outermost input. */
  readonly contentOffset: number;
}

/** Deeper nesting than this is refused: no certificate, CRL or message in the field comes near. */
export const maximumDepth = 64;

/**
 * Reads exactly one DER value (X.690, definite lengths in their shortest form, one-octet tags).
 * @throws AppError input.malformed-der with the offset of the first wrong octet.
 */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readNode(bytes, 0, bytes.length, bytes);
  if (node.whole.length !== bytes.length) throw malformed('data after the end', node.whole.length);
  return node;
}

/** Reads one value from the front of `bytes`; what follows it is not looked at. */
export function readFirst(bytes: Uint8Array): DerNode {
  return readNode(bytes, 0, bytes.length, bytes);
}

/**
 * The values inside a constructed value (or inside an OCTET STRING known to hold DER).
 * @throws AppError input.malformed-der
 */
export function children(node: DerNode): DerNode[] {
  const nodes: DerNode[] = [];
  const origin = node.contentOffset;
  for (let at = 0; at < node.content.length; ) {
    const child = readNode(node.content, at, node.content.length, node.content, origin);
    nodes.push(child);
    at += child.whole.length;
  }
  return nodes;
}

function readNode(bytes: Uint8Array, at: number, end: number, source: Uint8Array, origin = 0): DerNode {
  const tagOctet = bytes[at];
  if (tagOctet === undefined || at >= end) throw malformed('a value is missing', origin + at);
  if ((tagOctet & 0x1f) === 0x1f) throw malformed('a tag of several octets', origin + at);
  const { length, size } = readLength(bytes, at + 1, end, origin);
  const start = at + 1 + size;
  if (length > end - start) throw malformed('a length past the end', origin + at + 1);
  return {
    tag: tagOctet,
    isConstructed: (tagOctet & 0x20) !== 0,
    offset: origin + at,
    content: source.subarray(start, start + length),
    whole: source.subarray(at, start + length),
    contentOffset: origin + start,
  };
}

function readLength(bytes: Uint8Array, at: number, end: number, origin: number): { length: number; size: number } {
  const first = at < end ? bytes[at] : undefined;
  if (first === undefined) throw malformed('a length is missing', origin + at);
  if (first < 0x80) return { length: first, size: 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4 || at + count >= end) throw malformed('a length in a form DER does not have', origin + at);
  let length = 0;
  for (let next = 1; next <= count; next++) length = length * 256 + (bytes[at + next] ?? 0);
  if (length < 0x80 || (count > 1 && bytes[at + 1] === 0)) throw malformed('a length that is not in its shortest form', origin + at);
  return { length, size: 1 + count };
}

/** The error every reader of foreign bytes throws. */
export function malformed(what: string, offset: number): AppError {
  return new AppError('input.malformed-der', `This is not valid DER: ${what} at octet ${offset}.`, { what, offset });
}
