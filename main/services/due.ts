import type { CertificateRow } from '../ports/stores/certificates.ts';

const day = 86_400_000;
/** What ends sooner is replaced and not kept, so that a signing key can be renewed before it ends. */
const dueDays = 30;

/** What ends until then is due to be renewed. */
export const whenDue = (now: Date): Date => new Date(now.getTime() + dueDays * day);

/** Whether a key on a token signs for them and is not due: no second one is made, and nothing takes its place. */
export const keepsSigning = ({ isCurrent, keyStore, revocation, notAfter }: CertificateRow, now: Date): boolean =>
  isCurrent && keyStore === 'token' && revocation === null && Date.parse(notAfter) > whenDue(now).getTime();
