import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readTime } from '../asn1/read-time.ts';
import type { BitString } from '../asn1/read-value.ts';
import { readIntegerHex, readSmallInteger } from '../asn1/read-value.ts';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import type { RawExtension } from './extension-values.ts';
import type { GeneralName } from './general-name.ts';
import { readGeneralNames } from './general-name.ts';
import { extensionOid } from './oid.ts';
import type { CertificateListExtensions } from './read-crl-extension.ts';
import { decodeCertificateListExtensions } from './read-crl-extension.ts';
import { rawExtension, readExtensions } from './read-extension.ts';
import type { Name } from './read-name.ts';
import { readName } from './read-name.ts';
import { isSameAlgorithm, readSigned } from './read-signed.ts';
import type { RevocationReason } from './revocation-reason.ts';
import { reasonCodes, revocationReasons } from './revocation-reason.ts';

/** A CRL as read, in the words of RFC 5280 section 5.1. Octets are views on the input; entries are read when asked for. */
export interface CertificateList {
  readonly der: Uint8Array;
  readonly version: 1 | 2;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly extensions: CertificateListExtensions;
  readonly rawExtensions: readonly RawExtension[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly isSignatureAlgorithmRepeated: boolean;
  /** The octets that are signed. */
  readonly tbsCertList: Uint8Array;
  readonly signatureValue: BitString;
  /** The SEQUENCE OF entries, for `revokedCertificates`. */
  readonly entries?: DerNode;
}

/** One entry of a CRL (RFC 5280 section 5.3). */
export interface RevokedCertificate {
  /** As `Certificate.serialNumber`. */
  readonly serialNumber: string;
  readonly revocationDate: Date;
  readonly reasonCode?: RevocationReason;
  readonly invalidityDate?: Date;
  /** Who issued the certificate, in an indirect CRL: of this entry, or of the last one before it that said so. */
  readonly certificateIssuer?: readonly GeneralName[];
  /** An extension of the entry is critical and not understood: the CRL must not be used. */
  readonly hasUnknownCritical: boolean;
}

/** Holds more than a million entries. */
const maximumCertificateListSize = 96 << 20;

/**
 * Reads one DER CRL (RFC 5280 section 5.1), all of it but the entries, which stay in place.
 * @throws AppError input.malformed-der; input.too-large above `maximumCertificateListSize`.
 */
export function readCertificateList(der: Uint8Array): CertificateList {
  const { toBeSigned, signatureAlgorithm, signatureValue } = readSigned(der, maximumCertificateListSize);
  const cursor = new DerCursor(toBeSigned);
  const version = readVersion(cursor.optional(tag.integer));
  const isSignatureAlgorithmRepeated = isSameAlgorithm(cursor.next(tag.sequence), signatureAlgorithm);
  const issuer = readName(cursor.next(tag.sequence));
  const thisUpdate = readTime(cursor.next());
  const nextUpdate = cursor.nextTag === tag.utcTime || cursor.nextTag === tag.generalizedTime ? readTime(cursor.next()) : undefined;
  const entries = cursor.optional(tag.sequence);
  const extensionsNode = cursor.optional(0xa0);
  cursor.finish();
  if (extensionsNode !== undefined && version === 1) throw malformed('extensions in a CRL of version 1', extensionsNode.offset);
  const extensionNodes = extensionsNode === undefined ? [] : readExtensions(only(extensionsNode, tag.sequence));
  return {
    der,
    version,
    issuer,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...(entries === undefined ? {} : { entries }),
    extensions: decodeCertificateListExtensions(extensionNodes),
    rawExtensions: extensionNodes.map(rawExtension),
    signatureAlgorithm,
    isSignatureAlgorithmRepeated,
    tbsCertList: toBeSigned.whole,
    signatureValue,
  };
}

function readVersion(node: DerNode | undefined): 1 | 2 {
  if (node === undefined) return 1;
  if (readSmallInteger(node) !== 1) throw malformed('a CRL version that does not exist', node.offset);
  return 2;
}

/**
 * The entries of a CRL, one at a time and in order, so that a million of them need no memory.
 * @throws AppError input.malformed-der at the entry that is wrong.
 */
export function* revokedCertificates(list: CertificateList): Generator<RevokedCertificate, void, undefined> {
  if (list.entries === undefined) return;
  let certificateIssuer: readonly GeneralName[] | undefined;
  for (const cursor = new DerCursor(list.entries); !cursor.isAtEnd;) {
    const entry = readEntry(cursor.next(tag.sequence), list.version);
    certificateIssuer = entry.certificateIssuer ?? certificateIssuer;
    yield certificateIssuer === undefined ? entry : { ...entry, certificateIssuer };
  }
}

function readEntry(node: DerNode, version: number): RevokedCertificate {
  const cursor = new DerCursor(node);
  const serialNumber = readIntegerHex(cursor.next(tag.integer));
  const revocationDate = readTime(cursor.next());
  const extensions = cursor.optional(tag.sequence);
  cursor.finish();
  if (extensions === undefined) return { serialNumber, revocationDate, hasUnknownCritical: false };
  if (version === 1) throw malformed('extensions in an entry of a CRL of version 1', extensions.offset);
  return { serialNumber, revocationDate, ...readEntryExtensions(extensions) };
}

type EntryExtensions = Pick<RevokedCertificate, 'reasonCode' | 'invalidityDate' | 'certificateIssuer' | 'hasUnknownCritical'>;

function readEntryExtensions(node: DerNode): EntryExtensions {
  let found: EntryExtensions = { hasUnknownCritical: false };
  for (const { oid, isCritical, value } of readExtensions(node)) {
    if (oid === extensionOid.reasonCode) found = { ...found, reasonCode: readReason(only(value, tag.enumerated)) };
    else if (oid === extensionOid.invalidityDate) found = { ...found, invalidityDate: readTime(only(value, tag.generalizedTime)) };
    else if (oid === extensionOid.certificateIssuer) found = { ...found, certificateIssuer: readGeneralNames(only(value, tag.sequence)) };
    else if (isCritical) found = { ...found, hasUnknownCritical: true };
  }
  return found;
}

/** CRLReason (RFC 5280 section 5.3.1). @throws AppError input.malformed-der */
export function readReason(node: DerNode): RevocationReason {
  const code = readSmallInteger(node);
  const reason = revocationReasons.find((known) => reasonCodes[known] === code);
  if (reason === undefined) throw malformed('a revocation reason that does not exist', node.offset);
  return reason;
}
