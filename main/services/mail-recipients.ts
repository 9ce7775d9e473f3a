import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import { certificateStatus } from './certificate-view.ts';
import { findPerson } from './find-person.ts';

/**
 * What mail to these people is encrypted to: of each the certificates in use that are good, once.
 * @throws AppError not-found; client.no-certificate with details {address, use} for somebody who has none
 */
export async function findRecipients(stores: ReadStores, people: readonly string[], now: Date): Promise<readonly CertificateRow[]> {
  const rows = new Map<string, CertificateRow>();
  for (const text of people) {
    const person = await findPerson(stores, text);
    const good = (await stores.certificates.ofPerson(person.id)).filter(
      (row) => row.isCurrent && row.keyUsage !== 'sign' && certificateStatus(row, now) === 'valid',
    );
    if (good.length === 0)
      throw new AppError('client.no-certificate', 'There is no certificate in use that mail to them could be encrypted to.', {
        address: person.mailboxes[0] ?? text,
        use: 'encrypt',
      });
    for (const row of good) rows.set(row.id, row);
  }
  return [...rows.values()];
}
