import { toDefiniteLengths } from '../asn1/ber.ts';
import { DerCursor, malformed, only, readDer, type DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readIntegerHex, readOid, readSmallInteger } from '../asn1/read-value.ts';
import { readSignedData, type SignedData } from '../cms/read-signed-data.ts';
import { wholeOf } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';

/** TSTInfo (RFC 3161 section 2.4.2), as far as it says something here. */
export interface TimeStampInfo {
  readonly policy: string;
  readonly imprint: { readonly digestOid: string; readonly digest: Uint8Array };
  readonly serialNumber: string;
  readonly time: Date;
  /** Hexadecimal; undefined where the answer has none. */
  readonly nonce: string | undefined;
}

export interface TimeStampResponse {
  readonly signed: SignedData;
  readonly info: TimeStampInfo;
}

const signedDataType = '1.2.840.113549.1.7.2';
const timeStampInfoType = '1.2.840.113549.1.9.16.1.4';
/** More than any authority's certificates need. */
export const longestTimeStamp = 1 << 18;
const generalizedTime = 0x18;

/**
 * Reads a TimeStampResp that grants a token.
 * @throws AppError input.malformed-der, input.too-large; remote.refused where the authority has refused
 */
export function readTimeStampResponse(octets: Uint8Array): TimeStampResponse {
  if (octets.length > longestTimeStamp)
    throw new AppError('input.too-large', 'No time-stamp is as long as this.', { limit: longestTimeStamp });
  const cursor = new DerCursor(sequenceIn(readDer(toDefiniteLengths(octets))));
  const status = readSmallInteger(new DerCursor(cursor.next(tag.sequence)).next(tag.integer));
  if (status > 1) throw new AppError('remote.refused', 'The authority has given no time-stamp.', { status });
  const token = cursor.next(tag.sequence);
  cursor.finish();
  const signed = readToken(token);
  if (signed.contentType !== timeStampInfoType || signed.content === undefined)
    throw malformed('no TSTInfo where one belongs', token.offset);
  return { signed, info: readInfo(readDer(wholeOf(signed.content, longestTimeStamp))) };
}

function readToken(token: DerNode): SignedData {
  const cursor = new DerCursor(token);
  const type = cursor.next(tag.oid);
  if (readOid(type) !== signedDataType) throw malformed('a time-stamp that nobody has signed', type.offset);
  const content = only(cursor.next(0xa0), tag.sequence);
  cursor.finish();
  return readSignedData(content);
}

function readInfo(node: DerNode): TimeStampInfo {
  const cursor = new DerCursor(sequenceIn(node));
  const version = cursor.next(tag.integer);
  if (readSmallInteger(version) !== 1) throw malformed('a version of TSTInfo that does not exist', version.offset);
  const policy = readOid(cursor.next(tag.oid));
  const imprint = readImprint(cursor.next(tag.sequence));
  const serialNumber = readIntegerHex(cursor.next(tag.integer));
  const time = readGeneralizedTime(cursor.next(generalizedTime));
  cursor.optional(tag.sequence);
  cursor.optional(tag.boolean);
  const nonce = cursor.optional(tag.integer);
  cursor.optional(0xa0);
  cursor.optional(0xa1);
  cursor.finish();
  return { policy, imprint, serialNumber, time, nonce: nonce && readIntegerHex(nonce) };
}

function readImprint(node: DerNode): TimeStampInfo['imprint'] {
  const cursor = new DerCursor(node);
  const digestOid = readOid(new DerCursor(cursor.next(tag.sequence)).next(tag.oid));
  const digest = cursor.next(tag.octetString).content;
  cursor.finish();
  return { digestOid, digest };
}

/** With or without parts of a second, which certificates may not have. */
function readGeneralizedTime(node: DerNode): Date {
  const text = String.fromCharCode(...node.content.subarray(0, 40));
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d*[1-9])?Z$/.exec(text) ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(time.getTime())) throw malformed('a time that is none', node.offset);
  return time;
}

function sequenceIn(node: DerNode): DerNode {
  if (node.tag !== tag.sequence) throw malformed('no sequence where one belongs', node.offset);
  return node;
}
