import type { Certificate } from '../x509/read-certificate.ts';
import { AppError } from '../errors.ts';
import { plainSerial, wrongIndex, type IndexEntry } from './read-index.ts';

export type IssuedRevocation = NonNullable<IndexEntry['revocation']>;

/** A certificate an authority has issued, with what its index, its list or its database says of it. */
export interface IssuedCertificate {
  readonly certificate: Certificate;
  readonly entry: Pick<IndexEntry, 'revocation'>;
}

/**
 * Puts an index and the certificates beside each other: each line has its certificate, each certificate its line, and they agree.
 * @throws AppError input.invalid with details {field: 'index', line, reason: 'missing-certificate' | 'repeated' | 'end'}, or {field:
 *   'certificates', serialNumber, reason: 'not-in-index'}
 */
export function matchIndex(entries: readonly IndexEntry[], certificates: readonly Certificate[]): readonly IssuedCertificate[] {
  const bySerial = new Map(certificates.map((certificate) => [plainSerial(certificate.serialNumber), certificate]));
  const seen = new Set<string>();
  const matched = entries.map((entry) => {
    const certificate = bySerial.get(entry.serialNumber);
    if (certificate === undefined) throw wrongIndex(entry.line, 'missing-certificate');
    if (seen.has(entry.serialNumber)) throw wrongIndex(entry.line, 'repeated');
    seen.add(entry.serialNumber);
    if (certificate.notAfter.getTime() !== entry.notAfter.getTime()) throw wrongIndex(entry.line, 'end');
    return { certificate, entry };
  });
  const stranger = [...bySerial.keys()].find((serial) => !seen.has(serial));
  if (stranger !== undefined) throw notInIndex(stranger);
  return matched;
}

const notInIndex = (serialNumber: string): AppError =>
  new AppError('input.invalid', 'A certificate is there that the index does not know.', {
    field: 'certificates',
    serialNumber,
    reason: 'not-in-index',
  });
