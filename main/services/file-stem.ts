import type { CertificateRow } from '../ports/stores/certificates.ts';

/** A file name without extension that works on every system: mailbox and use; for several certificates the mailbox alone. */
export function fileStem(row: Pick<CertificateRow, 'emails' | 'id' | 'keyUsage'>, isSeveral = false): string {
  const mailbox = (row.emails[0] ?? row.id)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}@._-]+/gu, '-')
    .replace(/^[.-]+/, '');
  const stem = mailbox === '' ? row.id : mailbox;
  return isSeveral ? stem : `${stem}-${row.keyUsage}`;
}
