import { sequence, unsignedInteger } from '../asn1/der-writer.ts';
import { hexDecode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import type { Certificate } from '../x509/read-certificate.ts';

/** IssuerAndSerialNumber (RFC 5652 section 10.2.4), DER. @throws AppError input.invalid for a negative number, which RFC 5280 forbids */
export function issuerAndSerialNumber({ issuer, serialNumber }: Certificate): Uint8Array {
  const number = hexDecode(serialNumber);
  if (number === undefined)
    throw new AppError('input.invalid', 'This certificate has a negative serial number.', { field: 'certificate', rule: 'serial' });
  return sequence(issuer.der, unsignedInteger(number));
}
