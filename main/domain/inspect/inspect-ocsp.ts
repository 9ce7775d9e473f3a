import { children, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { hexEncode } from '../encoding/hex.ts';
import type { CertId } from '../x509/ocsp/certificate-id.ts';
import { readOcspRequest } from '../x509/ocsp/read-request.ts';
import { readOcspResponse, type BasicOcspResponse, type SingleResponse } from '../x509/ocsp/read-response.ts';
import { formatName } from '../x509/name.ts';
import { describeSignatureAlgorithm } from './describe.ts';
import { inspectCertificate, type Digest } from './inspect-certificate.ts';
import type { JsonObject } from './json.ts';
import { toJsonObject } from './json.ts';

/** An OCSP request or response as JSON in the words of RFC 6960. @throws AppError input.malformed-der, input.too-large, unsupported */
export function inspectOcsp(der: Uint8Array, digest: Digest): JsonObject {
  const isResponse = children(readDer(der))[0]?.tag === tag.enumerated;
  return isResponse ? inspectResponse(der, digest) : inspectRequest(der);
}

function inspectRequest(der: Uint8Array): JsonObject {
  const { certIds, nonce, isSigned } = readOcspRequest(der);
  return { type: 'ocsp', kind: 'request', requests: certIds.map(describeCertId), ...nonceOf(nonce), isSigned };
}

function inspectResponse(der: Uint8Array, digest: Digest): JsonObject {
  const { status, basic } = readOcspResponse(der);
  return { type: 'ocsp', kind: 'response', responseStatus: status, ...(basic === undefined ? {} : describeBasic(basic, digest)) };
}

function describeBasic(basic: BasicOcspResponse, digest: Digest): JsonObject {
  const { responderId } = basic;
  return {
    responderId: 'name' in responderId ? formatName(responderId.name.rdnSequence) : hexEncode(responderId.keyHash),
    ...toJsonObject({ producedAt: basic.producedAt }),
    responses: basic.responses.map(describeSingle),
    ...nonceOf(basic.nonce),
    signatureAlgorithm: describeSignatureAlgorithm(basic.signatureAlgorithm),
    signatureValue: hexEncode(basic.signatureValue.bytes),
    certificates: basic.certificates.map((certificate) => inspectCertificate(certificate.der, digest)),
  };
}

const describeSingle = ({ certId, certStatus, thisUpdate, nextUpdate }: SingleResponse): JsonObject => ({
  certId: describeCertId(certId),
  ...toJsonObject({ ...certStatus, thisUpdate, ...(nextUpdate === undefined ? {} : { nextUpdate }) }),
});

const describeCertId = ({ digest, issuerNameHash, issuerKeyHash, serialNumber }: CertId): JsonObject => ({
  hashAlgorithm: digest ?? 'unknown',
  issuerNameHash: hexEncode(issuerNameHash),
  issuerKeyHash: hexEncode(issuerKeyHash),
  serialNumber,
});

const nonceOf = (nonce: Uint8Array | undefined): JsonObject => (nonce === undefined ? {} : { nonce: hexEncode(nonce) });
