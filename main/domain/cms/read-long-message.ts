import { endOfContents, readHeader, valueAt, type Header } from '../asn1/ber.ts';
import { malformed, readDer, type DerNode } from '../asn1/der-reader.ts';
import { sequence, tag, tlvOf } from '../asn1/der-writer.ts';
import { readOid } from '../asn1/read-value.ts';
import { firstOctets, octetsMade, wholeOf, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import { piecesOfString } from './string-pieces.ts';

/** A message whose content was left where it is: everything else in DER, with no content in it, or an empty one where it must have some. */
export interface LongMessage {
  readonly contentType: string;
  readonly content: DerNode;
  readonly octets: OctetSource;
}

/** What stands in front of the content: names of recipients, certificates of an originator. */
const longestFront = 4 << 20;
/** What stands behind it: certificates, lists of revoked ones, signers. */
const longestBack = 32 << 20;

/**
 * Reads SignedData, EnvelopedData or AuthEnvelopedData (RFC 5652, RFC 5083), BER or DER, whose content is longer than memory should
 * hold. Where the content is in pieces they are single ones, as every program writes them; strings within strings are refused here.
 * @throws AppError input.malformed-der, input.too-large, input.unsupported-algorithm for another type
 */
export function readLongMessage(source: OctetSource): LongMessage {
  const front = readFront(firstOctets(source, longestFront));
  const { string } = front;
  const isSplit = (string.tag & 0x20) !== 0;
  const octets = isSplit
    ? octetsMade(() => piecesOfString(source.slice(string.contentOffset), string))
    : source.slice(string.contentOffset, string.end);
  const behind = isSplit ? endOfPieces(source, string) : string.end;
  const back = wholeOf(source.slice(behind - 1), longestBack);
  if (back.length === 0) throw malformed('a length past the end', string.offset + 1);
  const values = readBack(back.subarray(1), behind, front.levels);
  const empty = front.isSigned ? [] : [Uint8Array.of(0x80, 0)];
  const content = readDer(tlvOf(tag.sequence, [...front.before, sequence(...front.about, ...empty), ...values]));
  return { contentType: front.contentType, content, octets };
}

interface Front {
  readonly contentType: string;
  readonly isSigned: boolean;
  /** Values in front of the one that has the content. */
  readonly before: readonly Uint8Array[];
  /** The type of the content, and how it is encrypted. */
  readonly about: readonly Uint8Array[];
  /** What is open around the content, outermost first. */
  readonly levels: readonly Header[];
  readonly string: Header;
}

/** Values in front of the content at most: version, originator, recipients. */
const mostBefore = 3;

function readFront(head: Uint8Array): Front {
  const reader = new FrontReader(head);
  reader.enter(tag.sequence);
  const contentType = readOid(readDer(reader.take()));
  const isSigned = contentType === contentTypes.signedData;
  if (!isSigned && contentType !== contentTypes.envelopedData && contentType !== contentTypes.authEnvelopedData)
    throw new AppError('input.too-large', 'A message of this type and length is not read here.', { limit: longestFront });
  reader.enter(0xa0);
  reader.enter(tag.sequence);
  const before: Uint8Array[] = [];
  while (reader.nextTag !== tag.sequence && before.length < mostBefore) before.push(reader.take());
  reader.enter(tag.sequence);
  const about = isSigned ? [reader.take()] : [reader.take(), reader.take()];
  if (isSigned) reader.enter(0xa0);
  const string = reader.header();
  const tags = isSigned ? [tag.octetString, tag.octetString | 0x20] : [0x80, 0xa0];
  if (!tags.includes(string.tag)) throw malformed('no content where one belongs', string.offset);
  return { contentType, isSigned, before, about, levels: reader.levels, string };
}

/** Walks down to the content. What lies behind the octets at hand is not there for it. */
class FrontReader {
  readonly levels: Header[] = [];
  readonly #head: Uint8Array;
  #at = 0;

  constructor(head: Uint8Array) {
    this.#head = head;
  }

  get nextTag(): number {
    return this.#head[this.#at] ?? -1;
  }

  header(): Header {
    return readHeader(this.#head, this.#at, Number.POSITIVE_INFINITY);
  }

  enter(expected: number): void {
    const found = this.header();
    if (found.tag !== expected) throw malformed(`tag 0x${found.tag.toString(16)} where 0x${expected.toString(16)} belongs`, this.#at);
    this.levels.push(found);
    this.#at = found.contentOffset;
  }

  take(): Uint8Array {
    const { value, next } = valueAt(this.#head, this.#at, this.#head.length);
    this.#at = next;
    return value;
  }
}

/** Reads all pieces for where they end. */
function endOfPieces(source: OctetSource, string: Header): number {
  const walk = piecesOfString(source.slice(string.contentOffset), string);
  for (;;) {
    const step = walk.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The values behind the content, and that every level ends where it says.
 * @param base where `back` begins in the message
 */
function readBack(back: Uint8Array, base: number, levels: readonly Header[]): Uint8Array[] {
  const values: Uint8Array[] = [];
  let at = 0;
  for (const [depth, level] of [...levels.entries()].reverse()) {
    const end = level.isIndefinite ? back.length : level.end - base;
    if (end < at || end > back.length) throw malformed('a length past the end', level.offset + 1);
    while (level.isIndefinite ? !endOfContents(back, at, end) : at < end) {
      if (depth !== messageLevel) throw malformed('a component nobody expects here', base + at);
      const { value, next } = valueAt(back, at, end);
      values.push(value);
      at = next;
    }
    if (level.isIndefinite) at += 2;
  }
  if (at !== back.length) throw malformed('data after the end', base + at);
  return values;
}

/** Of the levels: ContentInfo, its content explicitly tagged, the message itself. */
const messageLevel = 2;
