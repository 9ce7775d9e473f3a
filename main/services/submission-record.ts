import { AppError } from '../domain/errors.ts';
import { chooseCertificates } from '../domain/mail-client/choose-certificates.ts';
import type { ChosenCertificates } from '../domain/mail-client/mail-client.ts';
import type { SubmissionServer } from '../ports/message-submission.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { gatherSetup } from './mail-setup.ts';

/** What the workspace remembers of how the practice sends. */
export interface SubmissionRecord {
  /** Whose mailbox it sends from. */
  readonly sender: string | null;
  readonly server: SubmissionServer | null;
  /** What the password is sealed as; null without one. */
  readonly passwordId: string | null;
}

const nothing: SubmissionRecord = { sender: null, server: null, passwordId: null };

export async function readSubmission({ settings }: Pick<ReadStores, 'settings'>): Promise<SubmissionRecord> {
  const text = await settings.get('submission');
  return text === undefined ? nothing : { ...nothing, ...(JSON.parse(text) as Partial<SubmissionRecord>) };
}

export const writeSubmission = ({ settings }: Stores, record: SubmissionRecord): Promise<void> =>
  settings.put('submission', JSON.stringify(record));

/** @throws AppError client.no-mail-server */
export async function requireServer(
  stores: Pick<ReadStores, 'settings'>,
): Promise<SubmissionRecord & { readonly server: SubmissionServer }> {
  const record = await readSubmission(stores);
  if (record.server === null) throw new AppError('client.no-mail-server', 'No mail server of the practice is named.');
  return { ...record, server: record.server };
}

/** The practice's own mailbox, with what it signs with and gets answers by. */
export interface Sender {
  readonly person: PersonRow;
  readonly address: string;
  readonly chosen: ChosenCertificates;
  readonly issuers: readonly Uint8Array[];
  /** The certificate it signs with: its key is in the vault. */
  readonly signing: CertificateRow;
}

interface SenderParts {
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/**
 * Somebody as the mailbox the practice sends from. The practice signs in nobody's name: a record with a given name, a surname or a staff number
 * is a member of staff.
 * @throws AppError client.sender-somebody; conflict for one that was given up; client.no-certificate; unsupported and client.key-left for
 * a signing key that is not in the vault
 */
export async function senderOf(stores: ReadStores, { sha256Hex }: SenderParts, person: PersonRow, now: Date): Promise<Sender> {
  if (person.givenName !== null || person.surname !== null || person.staffNumber !== null)
    throw new AppError('client.sender-somebody', 'This is the mailbox of a member of staff.', { id: person.id });
  if (person.status === 'left') throw new AppError('conflict', 'This mailbox was given up.', { what: 'person', id: person.id });
  const { setup } = await gatherSetup(stores, sha256Hex, person, { encrypt: 'ask', now });
  const address = person.mailboxes[0] ?? '';
  const chosen = chooseCertificates(setup, { key: address, address });
  const signing = await stores.certificates.find(chosen.sign.id);
  if (signing?.keyStore !== 'vault' || signing.keyState === 'destroyed')
    throw new AppError('client.key-left', 'The key this mailbox signs with is not in the vault.', { what: 'key', id: chosen.sign.id });
  return { person, address, chosen, issuers: setup.issuers.filter(({ isRoot }) => !isRoot).map(({ der }) => der), signing };
}

/** The chosen one. @throws AppError client.no-sender, and as `senderOf` */
export async function requireSender(stores: ReadStores, parts: SenderParts, now: Date): Promise<Sender> {
  const { sender } = await readSubmission(stores);
  const person = sender === null ? undefined : await stores.people.find(sender);
  if (person === undefined) throw new AppError('client.no-sender', 'No mailbox of the practice is chosen to send test messages.');
  return senderOf(stores, parts, person, now);
}

/** The chosen one, where one is chosen and can sign now. */
export async function findSender(stores: ReadStores, parts: SenderParts, now: Date): Promise<Sender | undefined> {
  try {
    return await requireSender(stores, parts, now);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'conflict' || error.code.startsWith('client.'))) return undefined;
    throw error;
  }
}
