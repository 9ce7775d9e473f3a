import type { CertificateRow } from '../ports/stores/certificates.ts';
import { isFromOutside } from './from-outside.ts';

const day = 86_400_000;
/** What ends sooner is replaced and not kept, so that a signing key can be renewed before it ends. */
const dueDays = 30;

/** What ends until then is due to be renewed. */
export const whenDue = (now: Date): Date => new Date(now.getTime() + dueDays * day);

/**
 * Whether a key on a token signs for them, certified here, and is not due: no second one is made, and nothing takes its place. What an
 * authority outside has certified stands beside it.
 */
export const keepsSigning = (row: CertificateRow, now: Date): boolean =>
  row.isCurrent &&
  row.keyStore === 'token' &&
  !isFromOutside(row) &&
  row.revocation === null &&
  Date.parse(row.notAfter) > whenDue(now).getTime();
