import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { isStringTag, readOid, readString } from '../asn1/read-value.ts';
import { hexEncode } from '../encoding/hex.ts';

/** One AttributeTypeAndValue (RFC 5280 section 4.1.2.4). */
export interface NameAttribute {
  /** Attribute type in dotted decimal. */
  readonly type: string;
  /** The text of a string; `#` and the DER in hexadecimal (RFC 4514 section 2.4) of anything else. */
  readonly value: string;
  /** The ASN.1 tag of the value. */
  readonly valueTag: number;
}

/** RelativeDistinguishedName: one attribute, rarely several. */
export type RelativeDistinguishedName = readonly NameAttribute[];

/** A distinguished name as read: the sequence, and the octets it was read from. */
export interface Name {
  readonly der: Uint8Array;
  readonly rdnSequence: readonly RelativeDistinguishedName[];
}

/** More parts than this is no name of anybody. */
const maximumAttributes = 256;

/**
 * Name (RFC 5280 section 4.1.2.4).
 * @throws AppError input.malformed-der
 */
export function readName(node: DerNode): Name {
  if (node.tag !== tag.sequence) throw malformed('no Name where a Name belongs', node.offset);
  const rdnSequence: RelativeDistinguishedName[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    if (rdnSequence.length >= maximumAttributes) throw malformed('a Name of too many parts', node.offset);
    rdnSequence.push(readRelativeDistinguishedName(cursor.next(tag.set)));
  }
  return { der: node.whole, rdnSequence };
}

/** RelativeDistinguishedName from its SET, whatever tag it stands under (RFC 5280 section 4.2.1.13 puts it under `[1]`). */
export function readRelativeDistinguishedName(node: DerNode): RelativeDistinguishedName {
  const attributes: NameAttribute[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    if (attributes.length >= maximumAttributes) throw malformed('a Name of too many parts', node.offset);
    attributes.push(readAttribute(cursor.next(tag.sequence)));
  }
  if (attributes.length === 0) throw malformed('an empty part of a Name', node.offset);
  return attributes;
}

function readAttribute(node: DerNode): NameAttribute {
  const cursor = new DerCursor(node);
  const type = readOid(cursor.next(tag.oid));
  const value = cursor.next();
  cursor.finish();
  return { type, value: isStringTag(value.tag) ? readString(value) : `#${hexEncode(value.whole)}`, valueTag: value.tag };
}

/** All values a name has for one attribute type, in the order they stand. */
export function attributeValues(name: Name, type: string): string[] {
  return name.rdnSequence.flatMap((attributes) => attributes.filter((attribute) => attribute.type === type).map(({ value }) => value));
}
