import type { DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { formatInstant, readTime } from '../asn1/read-time.ts';
import { isStringTag, readBoolean, readIntegerHex, readOid, readString } from '../asn1/read-value.ts';
import { latin1Decode } from '../encoding/latin1.ts';
import { hexEncode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { wordOfOid } from './oid-words.ts';

/** Longer values are cut: the octets are there for the rest. */
const longestText = 160;
const longestOctets = 48;

const names: Readonly<Record<number, string>> = {
  0x01: 'BOOLEAN',
  0x02: 'INTEGER',
  0x03: 'BIT STRING',
  0x04: 'OCTET STRING',
  0x05: 'NULL',
  0x06: 'OBJECT ID',
  0x0a: 'ENUMERATED',
  0x0c: 'UTF8String',
  0x12: 'NumericString',
  0x13: 'PrintableString',
  0x14: 'TeletexString',
  0x16: 'IA5String',
  0x17: 'UTCTime',
  0x18: 'GeneralizedTime',
  0x1a: 'VisibleString',
  0x1c: 'UniversalString',
  0x1e: 'BMPString',
  0x30: 'SEQUENCE',
  0x31: 'SET',
};

/** What a tag is called: its universal type, or its number in brackets. */
export function typeName(octet: number): string {
  const known = names[octet] ?? names[octet & ~0x20];
  if (octet < 0x40) return known ?? `universal ${octet & 0x1f}`;
  return octet >= 0x80 && octet < 0xc0 ? `[${octet & 0x1f}]` : `0x${octet.toString(16)}`;
}

/** What a value says that holds no others, in one line; what cannot be read as its type is shown as octets. */
export function valueText(node: DerNode): string {
  try {
    return shortened(textOf(node));
  } catch (error) {
    if (error instanceof AppError) return octetsOf(node);
    throw error;
  }
}

function textOf(node: DerNode): string {
  if (node.tag === tag.boolean) return readBoolean(node) ? 'TRUE' : 'FALSE';
  if (node.tag === tag.integer && node.length <= 6) return String(numberOf(readIntegerHex(node)));
  if (node.tag === tag.oid) return wordOfOid(readOid(node));
  if (node.tag === tag.utcTime || node.tag === tag.generalizedTime) return formatInstant(readTime(node));
  if (node.tag === tag.null) return '';
  return isStringTag(node.tag) ? readString(node) : (asciiOf(node) ?? octetsOf(node));
}

/** A tag in brackets often stands for IA5String. */
function asciiOf({ tag: octet, content, length }: DerNode): string | undefined {
  const isText = octet >= 0x80 && length > 3 && content.every((each) => each >= 0x20 && each < 0x7f);
  return isText ? latin1Decode(content) : undefined;
}

const numberOf = (hex: string): number => (hex.startsWith('-') ? -Number.parseInt(hex.slice(1), 16) : Number.parseInt(hex, 16));

const octetsOf = ({ content }: DerNode): string =>
  hexEncode(content.subarray(0, longestOctets)) + (content.length > longestOctets ? '…' : '');

/** Never in the middle of a character. */
function shortened(text: string): string {
  const characters = Array.from(text.slice(0, longestText * 2));
  return characters.length <= longestText && text.length <= longestText * 2 ? text : `${characters.slice(0, longestText).join('')}…`;
}
