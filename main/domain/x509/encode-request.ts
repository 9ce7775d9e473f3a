import * as der from '../asn1/der-writer.ts';
import { encodeName, type DistinguishedName } from './name.ts';

/** extensionRequest (RFC 2985 section 5.4.2). */
const extensionRequestOid = '1.2.840.113549.1.9.14';

export interface RequestFields {
  readonly subject: DistinguishedName;
  /** DER. */
  readonly subjectPublicKeyInfo: Uint8Array;
  /** Extensions that are asked for, DER each. */
  readonly extensions: readonly Uint8Array[];
}

/** CertificationRequestInfo (RFC 2986 section 4.1), DER: what its own key signs. @throws AppError input.invalid as `encodeName` */
export const encodeRequestInfo = ({ subject, subjectPublicKeyInfo, extensions }: RequestFields): Uint8Array =>
  der.sequence(
    der.integer(0),
    encodeName(subject),
    subjectPublicKeyInfo,
    der.context(0, der.sequence(der.oid(extensionRequestOid), der.setOf(der.sequence(...extensions)))),
  );

/** CertificationRequest (RFC 2986 section 4.2), DER. */
export const encodeRequest = (info: Uint8Array, signatureAlgorithm: Uint8Array, signature: Uint8Array): Uint8Array =>
  der.sequence(info, signatureAlgorithm, der.bitString(signature));
