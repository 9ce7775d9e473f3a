import { hexEncode } from '../encoding/hex.ts';
import type {
  AccessDescription,
  AuthorityKeyIdentifier,
  CertificateExtensions,
  NameConstraints,
  RawExtension,
  SmimeCapability,
} from '../x509/extension-values.ts';
import { accessMethodOid, contentEncryptionOid, extendedKeyUsageOid, extensionOid, nameOfOid } from '../x509/oid.ts';
import type { CertificateListExtensions } from '../x509/read-crl-extension.ts';
import { describeGeneralName, describeGeneralNames, describePoint } from './describe.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { toJsonObject } from './json.ts';

/**
 * Extensions by name, in the order of the certificate: `{critical, value}` with the value in the words of its standard,
 * or in hexadecimal (DER) under the OID where Keyward does not decode it.
 */
export function describeExtensions(
  raw: readonly RawExtension[],
  decoded: CertificateExtensions | CertificateListExtensions,
): Record<string, JsonObject> {
  const values: JsonObject = describeDecoded(decoded);
  return Object.fromEntries(
    raw.map(({ oid, isCritical, value }) => {
      const name = nameOfOid(extensionOid, oid);
      return [name, { critical: isCritical, value: values[name] ?? hexEncode(value) }];
    }),
  );
}

/** Values whose octets and OIDs need words of their own; all others go into JSON as they are. */
function describeDecoded(decoded: Partial<CertificateExtensions & CertificateListExtensions>): JsonObject {
  const { unknown: _, ...plain } = decoded;
  return {
    ...toJsonObject(plain),
    ...field('extKeyUsage', decoded.extKeyUsage, (purposes) => purposes.map((oid) => nameOfOid(extendedKeyUsageOid, oid))),
    ...field('subjectAltName', decoded.subjectAltName, describeGeneralNames),
    ...field('issuerAltName', decoded.issuerAltName, describeGeneralNames),
    ...field('nameConstraints', decoded.nameConstraints, describeNameConstraints),
    ...field('authorityKeyIdentifier', decoded.authorityKeyIdentifier, describeAuthorityKeyIdentifier),
    ...field('cRLDistributionPoints', decoded.cRLDistributionPoints, (points) => points.map(describePoint)),
    ...field('freshestCRL', decoded.freshestCRL, (points) => points.map(describePoint)),
    ...field('issuingDistributionPoint', decoded.issuingDistributionPoint, describePoint),
    ...field('authorityInfoAccess', decoded.authorityInfoAccess, describeAccess),
    ...field('subjectInfoAccess', decoded.subjectInfoAccess, describeAccess),
    ...field('smimeCapabilities', decoded.smimeCapabilities, (capabilities) => capabilities.map(describeCapability)),
  };
}

const field = <T>(name: string, value: T | undefined, describe: (value: T) => JsonValue): JsonObject =>
  value === undefined ? {} : { [name]: describe(value) };

const describeCapability = ({ capabilityId, parameters }: SmimeCapability): JsonObject =>
  toJsonObject({ capabilityId, algorithm: nameOfOid(contentEncryptionOid, capabilityId), parameters });

const describeAuthorityKeyIdentifier = ({ authorityCertIssuer, ...rest }: AuthorityKeyIdentifier): JsonObject => ({
  ...toJsonObject(rest),
  ...field('authorityCertIssuer', authorityCertIssuer, describeGeneralNames),
});

function describeAccess(descriptions: readonly AccessDescription[]): JsonObject[] {
  return descriptions.map(({ accessMethod, accessLocation }) => ({
    accessMethod: nameOfOid(accessMethodOid, accessMethod),
    accessLocation: describeGeneralName(accessLocation),
  }));
}

function describeNameConstraints({ permittedSubtrees, excludedSubtrees }: NameConstraints): JsonObject {
  const [permitted, excluded] = [permittedSubtrees, excludedSubtrees].map((subtrees) =>
    subtrees.map(({ base }) => describeGeneralName(base)),
  );
  return { permittedSubtrees: permitted ?? [], excludedSubtrees: excluded ?? [] };
}
