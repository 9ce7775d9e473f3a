import { hexEncode } from '../encoding/hex.ts';
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { signatureScheme } from '../x509/algorithm-identifier.ts';
import type { DistributionPoint, DistributionPointName } from '../x509/extension-values.ts';
import type { GeneralName } from '../x509/general-name.ts';
import { formatName } from '../x509/name.ts';
import type { SubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import type { JsonObject } from './json.ts';
import { toJsonObject } from './json.ts';

/** A GeneralName as one field under the word of its form; a directory name as RFC 4514, an address as people write it. */
export function describeGeneralName(name: GeneralName): JsonObject {
  switch (name.form) {
    case 'directoryName':
      return { directoryName: formatName(name.value.rdnSequence) };
    case 'iPAddress':
      return { iPAddress: formatAddress(name.value) };
    case 'otherName':
      return { otherName: { typeId: name.typeId, value: hexEncode(name.value) } };
    case 'x400Address':
    case 'ediPartyName':
      return { [name.form]: hexEncode(name.value) };
    case 'rfc822Name':
    case 'smtpUtf8Mailbox':
    case 'userPrincipalName':
    case 'dNSName':
    case 'uniformResourceIdentifier':
    case 'registeredID':
      return { [name.form]: name.value };
  }
}

export const describeGeneralNames = (names: readonly GeneralName[]): JsonObject[] => names.map(describeGeneralName);

/** An address, or an address and its mask after a slash; other lengths in hexadecimal. */
function formatAddress(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  if (octets.length === 8) return `${octets.subarray(0, 4).join('.')}/${octets.subarray(4).join('.')}`;
  if (octets.length === 16) return formatGroups(octets);
  if (octets.length === 32) return `${formatGroups(octets.subarray(0, 16))}/${formatGroups(octets.subarray(16))}`;
  return hexEncode(octets);
}

/** Eight groups, none left out: every address has one form. */
const formatGroups = (octets: Uint8Array): string => hexEncode(octets).replace(/(.{4})(?=.)/g, '$1:');

function describePointName(name: DistributionPointName): JsonObject {
  if ('fullName' in name) return { fullName: describeGeneralNames(name.fullName) };
  return { nameRelativeToCRLIssuer: formatName([name.nameRelativeToCRLIssuer]) };
}

type PointFields = Pick<DistributionPoint, 'distributionPoint' | 'cRLIssuer'>;

/** A distribution point with its names described; its other fields as they are. */
export function describePoint<T extends PointFields>({ distributionPoint, cRLIssuer, ...rest }: T): JsonObject {
  return {
    ...(distributionPoint === undefined ? {} : { distributionPoint: describePointName(distributionPoint) }),
    ...toJsonObject(rest),
    ...(cRLIssuer === undefined ? {} : { cRLIssuer: describeGeneralNames(cRLIssuer) }),
  };
}

/** A signature algorithm by name and OID, and for RSASSA-PSS what its parameters say. */
export function describeSignatureAlgorithm(algorithm: AlgorithmIdentifier): JsonObject {
  const scheme = signatureScheme(algorithm);
  const pss = scheme?.scheme === 'rsa-pss' ? { digest: scheme.digest, saltLength: scheme.saltLength } : {};
  return { algorithm: algorithm.name, oid: algorithm.oid, ...pss };
}

export function describePublicKey({ algorithm, curve, keySize, rsa, publicKey }: SubjectPublicKeyInfo): JsonObject {
  const exponent = rsa === undefined ? undefined : hexEncode(rsa.publicExponent);
  return toJsonObject({ algorithm: algorithm.name, oid: algorithm.oid, curve, keySize, publicExponent: exponent, publicKey });
}
