import type { KeyAlgorithm } from '../key/algorithm.ts';
import { isKeyOf } from '../key/subject-public-key-info.ts';
import { AppError } from '../errors.ts';
import { extKeyUsageExtension, keyUsageExtension, ocspNoCheckExtension, subjectKeyIdentifierExtension } from '../x509/extension.ts';
import { extendedKeyUsageOid } from '../x509/oid.ts';
import { encodeTbsCertificate } from '../x509/tbs-certificate.ts';
import { validityFrom, type Validity } from '../x509/validity.ts';
import type { ServiceProfile } from './certificate-profile.ts';
import type { PreparedIssuer } from './prepare-issuer.ts';

/** What a service's certificate is made from. */
export interface ServiceOrder {
  readonly profile: ServiceProfile;
  /** Name, DER. */
  readonly name: Uint8Array;
  readonly algorithm: KeyAlgorithm;
  readonly issuer: PreparedIssuer;
  /** DER, of that algorithm. */
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly subjectKeyIdentifier: Uint8Array;
  /** What `serialNumberFrom` gives. */
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
}

/**
 * Composes the certificate of an OCSP responder or CRL signer: its TBSCertificate, DER, and its validity.
 * @throws AppError input.invalid for a key of another algorithm; path.expired as `composeCertificate`
 */
export function composeService(order: ServiceOrder): Validity & { readonly tbsCertificate: Uint8Array } {
  const { profile, issuer } = order;
  if (!isKeyOf(order.algorithm, order.subjectPublicKeyInfo))
    throw new AppError('input.invalid', `The public key is not a ${order.algorithm} key.`, { field: 'publicKey' });
  const validity = validityFrom(order.notBefore, profile.defaultValidityDays, issuer.notAfter);
  const tbsCertificate = encodeTbsCertificate({
    serialNumber: order.serialNumber,
    signatureAlgorithm: issuer.signatureAlgorithm.algorithmIdentifier,
    issuer: issuer.name,
    ...validity,
    subject: order.name,
    subjectPublicKeyInfo: order.subjectPublicKeyInfo,
    extensions: [issuer.extensions, subjectKeyIdentifierExtension(order.subjectKeyIdentifier), ...extensionsOf(profile)],
  });
  return { tbsCertificate, ...validity };
}

const extensionsOf = ({ keyUsage, extendedKeyUsage, hasNoCheck }: ServiceProfile): Uint8Array[] => [
  keyUsageExtension(keyUsage),
  ...(extendedKeyUsage.length === 0 ? [] : [extKeyUsageExtension(extendedKeyUsage.map((usage) => extendedKeyUsageOid[usage]))]),
  ...(hasNoCheck ? [ocspNoCheckExtension] : []),
];
