import { AppError } from '../errors.ts';

/** Deeper nesting than this is refused by whatever walks values of unknown shape. */
export const maximumDepth = 64;

/**
 * One value as it stands in foreign bytes: a view on `source`, never a copy. All offsets count from the start of
 * `source`, so an error names the octet a person finds in a hex dump.
 */
export class DerNode {
  readonly source: Uint8Array;
  readonly tag: number;
  /** Offset of the tag octet. */
  readonly offset: number;
  /** Offset of the first content octet. */
  readonly contentOffset: number;
  /** Offset behind the last content octet. */
  readonly end: number;

  constructor(source: Uint8Array, tag: number, offset: number, contentOffset: number, end: number) {
    this.source = source;
    this.tag = tag;
    this.offset = offset;
    this.contentOffset = contentOffset;
    this.end = end;
  }

  get isConstructed(): boolean {
    return (this.tag & 0x20) !== 0;
  }

  get length(): number {
    return this.end - this.contentOffset;
  }

  get content(): Uint8Array {
    return this.source.subarray(this.contentOffset, this.end);
  }

  get whole(): Uint8Array {
    return this.source.subarray(this.offset, this.end);
  }
}

/**
 * Reads exactly one DER value (X.690, definite lengths in their shortest form, one-octet tags).
 * @throws AppError input.malformed-der with the offset of the first wrong octet.
 */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readNode(bytes, 0, bytes.length);
  if (node.end !== bytes.length) throw malformed('data after the end', node.end);
  return node;
}

/** Reads one value from the front of `bytes`; what follows it is not looked at. */
export function readFirst(bytes: Uint8Array): DerNode {
  return readNode(bytes, 0, bytes.length);
}

/**
 * The values inside a constructed value (or inside an OCTET STRING known to hold DER).
 * @throws AppError input.malformed-der
 */
export function children(node: DerNode): DerNode[] {
  const nodes: DerNode[] = [];
  for (let at = node.contentOffset; at < node.end;) {
    const child = readNode(node.source, at, node.end);
    nodes.push(child);
    at = child.end;
  }
  return nodes;
}

/** Walks the values inside one constructed value in order; every step says what it expects. */
export class DerCursor {
  readonly #parent: DerNode;
  #at: number;

  constructor(parent: DerNode) {
    this.#parent = parent;
    this.#at = parent.contentOffset;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#parent.end;
  }

  /** The tag of the next value, or -1 at the end. */
  get nextTag(): number {
    return this.isAtEnd ? -1 : (this.#parent.source[this.#at] ?? -1);
  }

  /** @throws AppError input.malformed-der at the end, or when the next value is not a `tag`. */
  next(tag?: number): DerNode {
    const node = readNode(this.#parent.source, this.#at, this.#parent.end);
    if (tag !== undefined && node.tag !== tag) throw wrongTag(node, tag);
    this.#at = node.end;
    return node;
  }

  /** The next value if it carries `tag`: an OPTIONAL or DEFAULT component. */
  optional(tag: number): DerNode | undefined {
    return this.nextTag === tag ? this.next() : undefined;
  }

  /** @throws AppError input.malformed-der when something is left. */
  finish(): void {
    if (!this.isAtEnd) throw malformed('a component nobody expects here', this.#at);
  }
}

/** The single value inside `[n]` EXPLICIT or an OCTET STRING that holds DER. */
export function only(node: DerNode, tag?: number): DerNode {
  const cursor = new DerCursor(node);
  const inner = cursor.next(tag);
  cursor.finish();
  return inner;
}

function readNode(source: Uint8Array, at: number, end: number): DerNode {
  const tag = source[at];
  if (tag === undefined || at >= end) throw malformed('a value is missing', at);
  if ((tag & 0x1f) === 0x1f) throw malformed('a tag of several octets', at);
  const first = at + 1 < end ? source[at + 1] : undefined;
  if (first === undefined) throw malformed('a length is missing', at + 1);
  const start = first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
  const length = first < 0x80 ? first : readLongLength(source, at + 1, end);
  if (length > end - start) throw malformed('a length past the end', at + 1);
  return new DerNode(source, tag, at, start, start + length);
}

function readLongLength(source: Uint8Array, at: number, end: number): number {
  const count = (source[at] ?? 0) & 0x7f;
  if (count === 0 || count > 4 || at + count >= end) throw malformed('a length in a form DER does not have', at);
  let length = 0;
  for (let next = 1; next <= count; next++) length = length * 256 + (source[at + next] ?? 0);
  if (length < 0x80 || source[at + 1] === 0) throw malformed('a length that is not in its shortest form', at);
  return length;
}

function wrongTag(node: DerNode, tag: number): AppError {
  return malformed(`tag 0x${node.tag.toString(16)} where 0x${tag.toString(16)} belongs`, node.offset);
}

/** The error every reader of foreign bytes throws. */
export function malformed(what: string, offset: number): AppError {
  return new AppError('input.malformed-der', `This is not valid DER: ${what} at octet ${offset}.`, { what, offset });
}
