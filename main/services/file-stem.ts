import type { CertificateRow } from '../ports/stores/certificates.ts';

/** A file name without extension that works on every system: mailbox and use; for several certificates the mailbox alone. */
export function fileStem(row: Pick<CertificateRow, 'emails' | 'id' | 'keyUsage'>, isSeveral = false): string {
  const stem = textStem(row.emails[0] ?? row.id) || row.id;
  return isSeveral ? stem : `${stem}-${row.keyUsage}`;
}

/** A mailbox or name as the beginning of a file name; empty where nothing of it can stand in one. */
export const textStem = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}@._-]+/gu, '-')
    .replace(/^[.-]+/, '');
