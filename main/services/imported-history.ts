import type { FileContent } from '../contract/secret.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import { matchIndex, type IssuedCertificate } from '../domain/openssl-ca/match-index.ts';
import { matchRevocations, numberAfter, revocationsOf } from '../domain/openssl-ca/match-list.ts';
import { plainSerial, readIndex, type IndexEntry } from '../domain/openssl-ca/read-index.ts';
import { isListSignedBy, isSignedBy } from '../domain/x509/signed-by.ts';
import { readCertificateList, type CertificateList } from '../domain/x509/read-certificate-list.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { XcaAuthority } from '../domain/xca/read-xca.ts';
import type { Primitives } from '../ports/primitives.ts';

export interface HistoryFiles {
  readonly index?: FileContent | undefined;
  /** The last list of revoked certificates. */
  readonly list?: FileContent | undefined;
  readonly certificates: readonly FileContent[];
  readonly nextListNumber?: number | undefined;
}

/** What an authority did before it came here. */
export interface AuthorityHistory {
  readonly issued: readonly IssuedCertificate[];
  /** The least number its next list may have; undefined where nothing says. */
  readonly nextListNumber: number | undefined;
}

interface HistoryParts {
  readonly primitives: Primitives;
}

/**
 * What an authority has issued and revoked, as its index or its last list says, each certificate with its signature.
 * @throws AppError input.* with the place: the line of the index, the certificate by its serial number, the list
 */
export function readHistory(parts: HistoryParts, issuer: Certificate, files: HistoryFiles): AuthorityHistory {
  const certificates = issuedBy(
    parts,
    issuer,
    files.certificates.flatMap((file) => certificatesIn(file.bytes)),
  );
  const list = files.list === undefined ? undefined : listOf(parts, issuer, files.list);
  const number = list === undefined ? 0 : numberAfter(list);
  const nextListNumber = Math.max(files.nextListNumber ?? 0, number);
  return { issued: issuedAs(parts, issuer, files, list, certificates), nextListNumber: nextListNumber === 0 ? undefined : nextListNumber };
}

/** The index says more than a list, which forgets what has ended. */
function issuedAs(
  parts: HistoryParts,
  issuer: Certificate,
  { index }: HistoryFiles,
  list: CertificateList | undefined,
  certificates: readonly Certificate[],
): readonly IssuedCertificate[] {
  if (index !== undefined) return matchIndex(withoutItself(parts, issuer, readIndex(index.bytes)), certificates);
  if (list !== undefined) return matchRevocations(revocationsOf(list), certificates);
  if (certificates.length === 0) return [];
  throw new AppError('input.invalid', 'Without its index or its last list nobody knows which certificates are revoked.', {
    field: 'index',
    reason: 'missing',
  });
}

/** A root that openssl `ca -selfsign` made stands in its own index. Another one's number means nothing there: it is its parent's. */
const withoutItself = ({ primitives }: HistoryParts, issuer: Certificate, entries: readonly IndexEntry[]): readonly IndexEntry[] =>
  isSignedBy(issuer, issuer, primitives)
    ? entries.filter(({ serialNumber }) => serialNumber !== plainSerial(issuer.serialNumber))
    : entries;

/** The same as XCA's database has it. @throws AppError as `readHistory` */
export function readXcaHistory(
  parts: HistoryParts,
  issuer: Certificate,
  { issued, revocations, nextListNumber }: XcaAuthority,
): AuthorityHistory {
  const certificates = issuedBy(parts, issuer, issued.map(readCertificate));
  return { issued: matchRevocations(revocations, certificates), nextListNumber };
}

const certificatesIn = (bytes: Uint8Array): Certificate[] =>
  readEncodedObjects(bytes)
    .filter(({ label }) => label === undefined || label.endsWith('CERTIFICATE'))
    .map(({ der }) => readCertificate(der));

/** Without its own. @throws AppError input.invalid for one that it did not sign */
function issuedBy({ primitives }: HistoryParts, issuer: Certificate, certificates: readonly Certificate[]): readonly Certificate[] {
  const others = certificates.filter(({ der }) => hexEncode(der) !== hexEncode(issuer.der));
  const foreign = others.find((certificate) => !isSignedBy(certificate, issuer, primitives));
  if (foreign === undefined) return others;
  throw new AppError('input.invalid', 'This authority did not sign one of the certificates.', {
    field: 'certificates',
    serialNumber: foreign.serialNumber,
    reason: 'signature',
  });
}

/** @throws AppError input.invalid for a delta list, or one that somebody else signed */
function listOf({ primitives }: HistoryParts, issuer: Certificate, file: FileContent): CertificateList {
  const [object] = readEncodedObjects(file.bytes);
  if (object === undefined) throw new AppError('input.empty', 'There is nothing in this file.', { field: 'list' });
  const list = readCertificateList(object.der);
  const reason = isListSignedBy(list, issuer, primitives)
    ? list.extensions.deltaCRLIndicator === undefined
      ? undefined
      : 'delta'
    : 'signature';
  if (reason === undefined) return list;
  throw new AppError('input.invalid', 'This is no full list of revoked certificates of this authority.', { field: 'list', reason });
}
