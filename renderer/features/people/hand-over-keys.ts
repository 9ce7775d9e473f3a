import type { CertificateSummary } from '../../../main/contract/certificates.ts';

/** The most certificates one file holds. */
const longestFile = 20;

/** Whose keys a mail program needs now. */
export const keysInUse = (certificates: readonly CertificateSummary[]): readonly CertificateSummary[] =>
  certificates.filter(({ isCurrent, status, isAuthority }) => isCurrent && !isAuthority && status !== 'revoked');

/** Those that can go into a file: a key on a card never leaves it. */
export const keysToHandOver = (certificates: readonly CertificateSummary[]): readonly CertificateSummary[] =>
  keysInUse(certificates).filter(({ keyStore }) => keyStore === 'vault');

/** Older keys that open old mail, newest first, as many as fit in one file beside those in use. */
export const keptKeys = (certificates: readonly CertificateSummary[]): readonly CertificateSummary[] =>
  certificates
    .filter(({ isCurrent, purpose, keyStore }) => !isCurrent && keyStore === 'vault' && (purpose === 'encrypt' || purpose === 'dual'))
    .slice(0, longestFile - keysToHandOver(certificates).length);

/** The mail programs that need the compatible file read RSA keys only. */
export const canBeCompatible = (certificates: readonly CertificateSummary[]): boolean =>
  certificates.every(({ keyAlgorithm }) => keyAlgorithm.toLowerCase().startsWith('rsa'));
