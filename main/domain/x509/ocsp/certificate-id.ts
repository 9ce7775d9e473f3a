import type { DerNode } from '../../asn1/der-reader.ts';
import { DerCursor } from '../../asn1/der-reader.ts';
import * as der from '../../asn1/der-writer.ts';
import { readIntegerHex } from '../../asn1/read-value.ts';
import { readAlgorithmIdentifier, type DigestName } from '../algorithm-identifier.ts';
import { digestOid } from '../oid.ts';
import { subjectPublicKeyOf } from '../../key/subject-public-key-info.ts';
import type { SignaturePrimitives } from '../signature-primitives.ts';

/** Digests a CertID can be made with. SHA-1 is what most programs ask with (RFC 5019 section 2.1.1); here it only names, and proves nothing. */
export type CertIdDigest = Exclude<DigestName, 'md5' | 'sha224'>;

const certIdDigests: readonly CertIdDigest[] = ['sha1', 'sha256', 'sha384', 'sha512'];

/** CertID (RFC 6960 section 4.1.1): which certificate is meant. */
export interface CertId {
  /** `undefined` for a digest Keyward does not know: it matches nothing. */
  readonly digest: CertIdDigest | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** As `Certificate.serialNumber`. */
  readonly serialNumber: string;
  /** As it stands. */
  readonly der: Uint8Array;
}

/** @throws AppError input.malformed-der */
export function readCertId(node: DerNode): CertId {
  const cursor = new DerCursor(node);
  const { oid } = readAlgorithmIdentifier(cursor.next(der.tag.sequence));
  const [issuerNameHash, issuerKeyHash] = [cursor.next(der.tag.octetString).content, cursor.next(der.tag.octetString).content];
  const serialNumber = readIntegerHex(cursor.next(der.tag.integer));
  cursor.finish();
  const digest = certIdDigests.find((name) => digestOid[name] === oid);
  return { digest, issuerNameHash, issuerKeyHash, serialNumber, der: node.whole };
}

/** An issuer as CertIDs name it. */
export interface IssuerOctets {
  /** Name, DER. */
  readonly name: Uint8Array;
  /** DER. */
  readonly subjectPublicKeyInfo: Uint8Array;
}

/** Whether a CertID means what this issuer issued. */
export function isIssuerOf(certId: CertId, issuer: IssuerOctets, { digest: hash }: Pick<SignaturePrimitives, 'digest'>): boolean {
  const { digest, issuerNameHash, issuerKeyHash } = certId;
  if (digest === undefined || der.compareOctets(issuerNameHash, hash(digest, issuer.name)) !== 0) return false;
  return der.compareOctets(issuerKeyHash, hash(digest, subjectPublicKeyOf(issuer.subjectPublicKeyInfo))) === 0;
}
