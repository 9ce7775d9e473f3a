import type { DerNode } from '../../asn1/der-reader.ts';
import { children, DerCursor, malformed, only, readDer } from '../../asn1/der-reader.ts';
import { tag } from '../../asn1/der-writer.ts';
import { readTime } from '../../asn1/read-time.ts';
import type { BitString } from '../../asn1/read-value.ts';
import { readBitString, readOid, readSmallInteger } from '../../asn1/read-value.ts';
import { AppError } from '../../errors.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../algorithm-identifier.ts';
import type { RawExtension } from '../extension-values.ts';
import { readCertificate, type Certificate } from '../read-certificate.ts';
import { readReason } from '../read-certificate-list.ts';
import { rawExtension, readExtensions, type ExtensionNode } from '../read-extension.ts';
import { readName, type Name } from '../read-name.ts';
import type { RevocationReason } from '../revocation-reason.ts';
import { readCertId, type CertId } from './certificate-id.ts';
import { ocspOid } from './oid.ts';
import { nonceOf, readVersion } from './read-request.ts';

/** OCSPResponseStatus by its numbers; 4 was never given out (RFC 6960 section 4.2.1). */
export const responseStatuses = {
  successful: 0,
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;

export type ResponseStatus = keyof typeof responseStatuses;

/** CertStatus. `unknown` is the responder's word for it knows nothing; it is never good. */
export type CertStatus =
  | { readonly status: 'good' | 'unknown' }
  | { readonly status: 'revoked'; readonly revocationTime: Date; readonly reason?: RevocationReason };

export interface SingleResponse {
  readonly certId: CertId;
  readonly certStatus: CertStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly rawExtensions: readonly RawExtension[];
}

/** BasicOCSPResponse (RFC 6960 section 4.2.1). Octets are views on the input. */
export interface BasicOcspResponse {
  readonly responderId: { readonly name: Name } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly nonce?: Uint8Array;
  readonly rawExtensions: readonly RawExtension[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** The octets that are signed. */
  readonly tbsResponseData: Uint8Array;
  readonly signatureValue: BitString;
  /** Sent along; none of them is trusted. */
  readonly certificates: readonly Certificate[];
}

export interface OcspResponse {
  readonly der: Uint8Array;
  readonly status: ResponseStatus;
  /** Of a successful response. */
  readonly basic?: BasicOcspResponse;
}

const maximumSize = 4 << 20;
const maximumResponses = 1000;
const maximumCertificates = 50;

/** @throws AppError input.malformed-der; input.too-large; unsupported for a type of response other than id-pkix-ocsp-basic */
export function readOcspResponse(bytes: Uint8Array): OcspResponse {
  if (bytes.length > maximumSize)
    throw new AppError('input.too-large', 'This is larger than any OCSP response.', { size: bytes.length, limit: maximumSize });
  const outer = readDer(bytes);
  if (outer.tag !== tag.sequence) throw malformed('no SEQUENCE at the beginning', 0);
  const cursor = new DerCursor(outer);
  const status = readStatus(cursor.next(tag.enumerated));
  const body = cursor.optional(0xa0);
  cursor.finish();
  if ((body !== undefined) !== (status === 'successful')) throw malformed('a status that does not fit what follows', outer.offset);
  return { der: bytes, status, ...(body === undefined ? {} : { basic: readBody(only(body, tag.sequence)) }) };
}

function readStatus(node: DerNode): ResponseStatus {
  const code = readSmallInteger(node);
  for (const [name, known] of Object.entries(responseStatuses)) if (known === code) return name as ResponseStatus;
  throw malformed('a response status that does not exist', node.offset);
}

function readBody(node: DerNode): BasicOcspResponse {
  const cursor = new DerCursor(node);
  const type = readOid(cursor.next(tag.oid));
  const response = cursor.next(tag.octetString);
  cursor.finish();
  if (type !== ocspOid.basicResponse) throw new AppError('unsupported', 'This kind of OCSP response is not read.', { type });
  return readBasic(only(response, tag.sequence));
}

function readBasic(node: DerNode): BasicOcspResponse {
  const cursor = new DerCursor(node);
  const data = cursor.next(tag.sequence);
  const signatureAlgorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const signatureValue = readBitString(cursor.next(tag.bitString));
  const certificates = cursor.optional(0xa0);
  cursor.finish();
  return {
    ...readResponseData(data),
    signatureAlgorithm,
    signatureValue,
    tbsResponseData: data.whole,
    certificates: certificates === undefined ? [] : readCertificates(only(certificates, tag.sequence)),
  };
}

const readCertificates = (node: DerNode): Certificate[] =>
  limited(children(node), maximumCertificates).map(({ whole }) => readCertificate(whole));

function limited(nodes: DerNode[], limit: number): DerNode[] {
  if (nodes.length > limit) throw new AppError('input.too-large', 'This OCSP response holds too much.', { count: nodes.length, limit });
  return nodes;
}

type ResponseData = Pick<BasicOcspResponse, 'responderId' | 'producedAt' | 'responses' | 'nonce' | 'rawExtensions'>;

function readResponseData(node: DerNode): ResponseData {
  const cursor = new DerCursor(node);
  readVersion(cursor.optional(0xa0));
  const responderId = readResponderId(cursor.next());
  const producedAt = readTime(cursor.next(tag.generalizedTime));
  const responses = limited(children(cursor.next(tag.sequence)), maximumResponses).map(readSingleResponse);
  const extensions = readOptionalExtensions(cursor.optional(0xa1));
  cursor.finish();
  return { responderId, producedAt, responses, ...nonceOf(extensions), rawExtensions: extensions.map(rawExtension) };
}

const readOptionalExtensions = (node: DerNode | undefined): ExtensionNode[] =>
  node === undefined ? [] : readExtensions(only(node, tag.sequence));

function readResponderId(node: DerNode): BasicOcspResponse['responderId'] {
  if (node.tag === 0xa1) return { name: readName(only(node, tag.sequence)) };
  if (node.tag === 0xa2) return { keyHash: only(node, tag.octetString).content };
  throw malformed('a responder that is neither a name nor a key', node.offset);
}

function readSingleResponse(node: DerNode): SingleResponse {
  const cursor = new DerCursor(node);
  const certId = readCertId(cursor.next(tag.sequence));
  const certStatus = readCertStatus(cursor.next());
  const thisUpdate = readTime(cursor.next(tag.generalizedTime));
  const next = cursor.optional(0xa0);
  const extensions = readOptionalExtensions(cursor.optional(0xa1));
  cursor.finish();
  const nextUpdate = next === undefined ? {} : { nextUpdate: readTime(only(next, tag.generalizedTime)) };
  return { certId, certStatus, thisUpdate, ...nextUpdate, rawExtensions: extensions.map(rawExtension) };
}

function readCertStatus(node: DerNode): CertStatus {
  if ((node.tag === 0x80 || node.tag === 0x82) && node.length === 0) return { status: node.tag === 0x80 ? 'good' : 'unknown' };
  if (node.tag !== 0xa1) throw malformed('a certificate status that does not exist', node.offset);
  const cursor = new DerCursor(node);
  const revocationTime = readTime(cursor.next(tag.generalizedTime));
  const reason = cursor.optional(0xa0);
  cursor.finish();
  return { status: 'revoked', revocationTime, ...(reason === undefined ? {} : { reason: readReason(only(reason, tag.enumerated)) }) };
}
