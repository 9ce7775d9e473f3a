import { hexEncode } from '../encoding/hex.ts';
import { formatName } from '../x509/name.ts';
import type { CertificateList, RevokedCertificate } from '../x509/read-certificate-list.ts';
import { readCertificateList, revokedCertificates } from '../x509/read-certificate-list.ts';
import { describeExtensions } from './describe-extensions.ts';
import { describeGeneralNames, describeSignatureAlgorithm } from './describe.ts';
import type { Digest } from './inspect-certificate.ts';
import type { JsonObject } from './json.ts';
import { toJsonObject } from './json.ts';

/** Entries shown; all are counted, and `isCut` says that some are not shown. */
const maximumShown = 10_000;

/**
 * A CRL as JSON in the words of RFC 5280 section 5, with its number of entries and the first ten thousand of them.
 * @throws AppError input.malformed-der, of an entry too
 */
export function inspectCertificateList(der: Uint8Array, digest: Digest): JsonObject {
  const list = readCertificateList(der);
  return {
    type: 'crl',
    sha256: hexEncode(digest('sha256', der)),
    version: list.version,
    issuer: formatName(list.issuer.rdnSequence),
    ...toJsonObject({ thisUpdate: list.thisUpdate, nextUpdate: list.nextUpdate }),
    extensions: describeExtensions(list.rawExtensions, list.extensions),
    ...describeEntries(list),
    signatureAlgorithm: describeSignatureAlgorithm(list.signatureAlgorithm),
    signatureValue: hexEncode(list.signatureValue.bytes),
  };
}

function describeEntries(list: CertificateList): JsonObject {
  const shown: JsonObject[] = [];
  let count = 0;
  for (const entry of revokedCertificates(list)) {
    if (count < maximumShown) shown.push(describeEntry(entry));
    count++;
  }
  return { revokedCount: count, isCut: count > maximumShown, revokedCertificates: shown };
}

function describeEntry({ certificateIssuer, hasUnknownCritical, ...entry }: RevokedCertificate): JsonObject {
  return {
    ...toJsonObject(entry),
    ...(certificateIssuer === undefined ? {} : { certificateIssuer: describeGeneralNames(certificateIssuer) }),
    ...(hasUnknownCritical ? { hasUnknownCritical } : {}),
  };
}
