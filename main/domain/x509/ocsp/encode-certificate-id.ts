import * as der from '../../asn1/der-writer.ts';
import { hexDecode } from '../../encoding/hex.ts';
import { AppError } from '../../errors.ts';
import { subjectPublicKeyOf } from '../../key/subject-public-key-info.ts';
import { digestOid } from '../oid.ts';
import type { SignaturePrimitives } from '../signature-primitives.ts';
import type { CertIdDigest, IssuerOctets } from './certificate-id.ts';

/** What all CertIDs of one issuer have in common: everything before the serial number, DER. */
export function encodeCertIdIssuer(
  issuer: IssuerOctets,
  digest: CertIdDigest,
  { digest: hash }: Pick<SignaturePrimitives, 'digest'>,
): Uint8Array {
  return der.concatenate([
    der.sequence(der.oid(digestOid[digest]), der.nullValue()),
    der.octetString(hash(digest, issuer.name)),
    der.octetString(hash(digest, subjectPublicKeyOf(issuer.subjectPublicKeyInfo))),
  ]);
}

/** CertID, DER. @throws AppError input.invalid for a serial number that is not hexadecimal */
export function encodeCertId(certIdIssuer: Uint8Array, serialNumberHex: string): Uint8Array {
  const serialNumber = hexDecode(serialNumberHex);
  if (serialNumber === undefined || serialNumber.length === 0)
    throw new AppError('input.invalid', 'This is not a serial number in hexadecimal.', { field: 'serialNumber' });
  return der.sequence(certIdIssuer, der.unsignedInteger(serialNumber));
}
