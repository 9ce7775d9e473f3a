import type { DerNode } from '../../asn1/der-reader.ts';
import { children, DerCursor, malformed, only, readDer } from '../../asn1/der-reader.ts';
import { tag } from '../../asn1/der-writer.ts';
import { readSmallInteger } from '../../asn1/read-value.ts';
import { AppError } from '../../errors.ts';
import type { RawExtension } from '../extension-values.ts';
import { rawExtension, readExtensions, type ExtensionNode } from '../read-extension.ts';
import { readCertId, type CertId } from './certificate-id.ts';
import { ocspOid } from './oid.ts';

/** OCSPRequest (RFC 6960 section 4.1). */
export interface OcspRequest {
  readonly certIds: readonly CertId[];
  /** The octets of its nonce extension (RFC 9654); absent where it has none. */
  readonly nonce?: Uint8Array;
  /** Somebody signed it. Who, is not looked at: an answer is the same for all. */
  readonly isSigned: boolean;
  readonly rawExtensions: readonly RawExtension[];
  /** A critical extension nobody here understands: there is no answer to it. */
  readonly hasUnknownCritical: boolean;
}

/** What is asked about in one go at most, and how long a request is. */
const maximumCertIds = 1000;
const maximumSize = 1 << 20;

/** Octets of a nonce (RFC 9654 section 2.1). */
const longestNonce = 128;

/** @throws AppError input.malformed-der; input.too-large */
export function readOcspRequest(bytes: Uint8Array): OcspRequest {
  if (bytes.length > maximumSize)
    throw new AppError('input.too-large', 'This is larger than any OCSP request.', { size: bytes.length, limit: maximumSize });
  const outer = readDer(bytes);
  if (outer.tag !== tag.sequence) throw malformed('no SEQUENCE at the beginning', 0);
  const cursor = new DerCursor(outer);
  const toBeSigned = cursor.next(tag.sequence);
  const isSigned = cursor.optional(0xa0) !== undefined;
  cursor.finish();
  return { ...readTbsRequest(toBeSigned), isSigned };
}

function readTbsRequest(node: DerNode): Omit<OcspRequest, 'isSigned'> {
  const cursor = new DerCursor(node);
  readVersion(cursor.optional(0xa0));
  cursor.optional(0xa1);
  const entries = children(cursor.next(tag.sequence));
  const extensionsNode = cursor.optional(0xa2);
  cursor.finish();
  if (entries.length === 0) throw malformed('a request that asks nothing', node.offset);
  if (entries.length > maximumCertIds)
    throw new AppError('input.too-large', 'This request asks about too many certificates.', { limit: maximumCertIds });
  const extensions = extensionsNode === undefined ? [] : readExtensions(only(extensionsNode, tag.sequence));
  const singles = entries.map(readSingleRequest);
  return {
    certIds: singles.map(({ certId }) => certId),
    ...nonceOf(extensions),
    rawExtensions: extensions.map(rawExtension),
    hasUnknownCritical: [...extensions, ...singles.flatMap((single) => single.extensions)].some(isUnknownCritical),
  };
}

const isUnknownCritical = ({ oid, isCritical }: ExtensionNode): boolean => isCritical && oid !== ocspOid.nonce;

/** DEFAULT v1: DER leaves it out, some write it. */
export function readVersion(node: DerNode | undefined): void {
  if (node !== undefined && readSmallInteger(only(node, tag.integer)) !== 0)
    throw malformed('a version of OCSP that does not exist', node.offset);
}

function readSingleRequest(node: DerNode): { readonly certId: CertId; readonly extensions: readonly ExtensionNode[] } {
  const cursor = new DerCursor(node);
  const certId = readCertId(cursor.next(tag.sequence));
  const extensions = cursor.optional(0xa0);
  cursor.finish();
  return { certId, extensions: extensions === undefined ? [] : readExtensions(only(extensions, tag.sequence)) };
}

/** An OCTET STRING inside extnValue; old programs put the octets there bare. */
export function nonceOf(extensions: readonly ExtensionNode[]): { readonly nonce?: Uint8Array } {
  const found = extensions.find(({ oid }) => oid === ocspOid.nonce);
  if (found === undefined) return {};
  const nonce = isOctetString(found.value) ? only(found.value).content : found.value.content;
  if (nonce.length === 0 || nonce.length > longestNonce) throw malformed('a nonce of a length RFC 9654 does not have', found.value.offset);
  return { nonce };
}

function isOctetString({ content }: DerNode): boolean {
  return content[0] === tag.octetString && content[1] === content.length - 2;
}
