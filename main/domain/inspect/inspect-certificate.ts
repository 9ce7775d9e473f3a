import { formatInstant } from '../asn1/read-time.ts';
import { hexEncode } from '../encoding/hex.ts';
import type { DigestName } from '../x509/algorithm-identifier.ts';
import { formatName } from '../x509/name.ts';
import { mailboxesOf } from '../x509/path-validation/identity.ts';
import { purposesOf } from '../x509/path-validation/purpose.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { readCertificate } from '../x509/read-certificate.ts';
import type { CertificationRequest } from '../x509/read-request.ts';
import { readCertificationRequest } from '../x509/read-request.ts';
import { describeExtensions } from './describe-extensions.ts';
import { describePublicKey, describeSignatureAlgorithm } from './describe.ts';
import type { JsonObject } from './json.ts';

export type Digest = (name: DigestName, bytes: Uint8Array) => Uint8Array;

/**
 * A certificate as JSON in the words of RFC 5280.
 * @throws AppError input.malformed-der
 */
export function inspectCertificate(der: Uint8Array, digest: Digest): JsonObject {
  return describeCertificate(readCertificate(der), digest);
}

function describeCertificate(certificate: Certificate, digest: Digest): JsonObject {
  return {
    type: 'certificate',
    sha256: hexEncode(digest('sha256', certificate.der)),
    sha1: hexEncode(digest('sha1', certificate.der)),
    version: certificate.version,
    serialNumber: certificate.serialNumber,
    issuer: formatName(certificate.issuer.rdnSequence),
    subject: formatName(certificate.subject.rdnSequence),
    notBefore: formatInstant(certificate.notBefore),
    notAfter: formatInstant(certificate.notAfter),
    emails: mailboxesOf(certificate),
    purposes: purposesOf(certificate),
    isAuthority: certificate.extensions.basicConstraints?.cA === true,
    subjectPublicKeyInfo: describePublicKey(certificate.subjectPublicKeyInfo),
    extensions: describeExtensions(certificate.rawExtensions, certificate.extensions),
    signatureAlgorithm: describeSignatureAlgorithm(certificate.signatureAlgorithm),
    signatureValue: hexEncode(certificate.signatureValue.bytes),
  };
}

/**
 * A PKCS #10 request as JSON in the words of RFC 2986. Its signature is shown, not judged.
 * @throws AppError input.malformed-der
 */
export function inspectRequest(der: Uint8Array, digest: Digest): JsonObject {
  return describeRequest(readCertificationRequest(der), digest);
}

function describeRequest(request: CertificationRequest, digest: Digest): JsonObject {
  return {
    type: 'csr',
    sha256: hexEncode(digest('sha256', request.der)),
    subject: formatName(request.subject.rdnSequence),
    emails: mailboxesOf(request),
    subjectPublicKeyInfo: describePublicKey(request.subjectPublicKeyInfo),
    extensions: describeExtensions(request.rawExtensions, request.extensions),
    attributes: request.attributeTypes,
    signatureAlgorithm: describeSignatureAlgorithm(request.signatureAlgorithm),
    signatureValue: hexEncode(request.signatureValue.bytes),
  };
}
