import { AppError } from '../errors.ts';
import { revokedCertificates, type CertificateList } from '../x509/read-certificate-list.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { IssuedCertificate, IssuedRevocation } from './match-index.ts';
import { plainSerial } from './read-index.ts';

/** The revocations a full list of revoked certificates names, by serial number. */
export function* revocationsOf(list: CertificateList): Generator<IssuedRevocation & { readonly serialNumber: string }> {
  for (const { serialNumber, revocationDate, reasonCode, invalidityDate } of revokedCertificates(list))
    yield {
      serialNumber: plainSerial(serialNumber),
      at: revocationDate,
      reason: reasonCode ?? 'unspecified',
      ...(invalidityDate === undefined ? {} : { invalidityDate }),
    };
}

/**
 * The number a list after this one has at least; 1 where lists had none before.
 * @throws AppError input.too-large for numbers that are no longer counted
 */
export function numberAfter({ extensions: { cRLNumber } }: CertificateList): number {
  if (cRLNumber === undefined) return 1;
  const number = Number.parseInt(cRLNumber, 16) + 1;
  if (Number.isSafeInteger(number)) return number;
  throw new AppError('input.too-large', 'The lists of this authority have numbers larger than Keyward counts.', { field: 'list' });
}

/**
 * Puts revocations and the certificates they are of beside each other: none may be lost, or what was revoked would be good again.
 * @throws AppError input.invalid with details {field: 'revocations', serialNumber, reason: 'missing-certificate' | 'repeated'}
 */
export function matchRevocations(
  revocations: Iterable<IssuedRevocation & { readonly serialNumber: string }>,
  certificates: readonly Certificate[],
): readonly IssuedCertificate[] {
  const bySerial = new Map<string, IssuedRevocation>();
  for (const { serialNumber, ...revocation } of revocations) {
    if (bySerial.has(serialNumber)) throw wrongRevocation(serialNumber, 'repeated');
    bySerial.set(serialNumber, revocation);
  }
  const issued = certificates.map((certificate) => {
    const serialNumber = plainSerial(certificate.serialNumber);
    const revocation = bySerial.get(serialNumber);
    bySerial.delete(serialNumber);
    return { certificate, entry: revocation === undefined ? {} : { revocation } };
  });
  const [left] = bySerial.keys();
  if (left !== undefined) throw wrongRevocation(left, 'missing-certificate');
  return issued;
}

const wrongRevocation = (serialNumber: string, reason: string): AppError =>
  new AppError('input.invalid', `The certificate with the serial number ${serialNumber} is revoked, but it is not there or stands twice.`, {
    field: 'revocations',
    serialNumber,
    reason,
  });
