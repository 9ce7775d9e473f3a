import type { EncryptionChoice } from '../domain/mail-client/mail-client.ts';
import type { MailOpenPgpKey, OpenPgpSetup } from '../domain/mail-client/openpgp-setup.ts';
import { mailClientNames } from '../domain/mail-client/mail-client.ts';
import { AppError } from '../domain/errors.ts';
import { readArmor } from '../domain/openpgp/armor.ts';
import type { ReadStores } from '../ports/database.ts';
import type { LockOpenPgpKeys, MailClient, OpenPgpHandOver } from '../ports/mail-client.ts';
import type { OpenPgp } from '../ports/openpgp.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findPerson } from './find-person.ts';
import { addressIn, certificateOf, lockRecord, type OpenPgpExportParts } from './openpgp-export.ts';
import { isGood } from './openpgp-view.ts';

export interface GatheredOpenPgp {
  readonly setup: OpenPgpSetup;
  /** Of `setup.keys`, in their order. */
  readonly records: readonly OpenPgpRecord[];
}

interface OpenPgpChoice {
  readonly encrypt: EncryptionChoice;
  readonly now: Date;
  /** People they write to, as they are named. */
  readonly recipients?: readonly string[] | undefined;
}

/** @throws AppError unsupported for a program whose OpenPGP is not set up from here */
export function openPgpOf(client: MailClient): OpenPgpHandOver {
  if (client.openPgp !== undefined) return client.openPgp;
  throw new AppError('unsupported', 'OpenPGP keys are not handed to this mail program from here.', {
    what: `OpenPGP in ${mailClientNames[client.id]}`,
  });
}

/**
 * The OpenPGP keys one person's mail program is to be given: the one in use, and older ones that open old mail.
 * @throws AppError not-found; client.no-openpgp with details {address} for a recipient who has none; store.corrupt
 */
export async function gatherOpenPgp(
  stores: ReadStores,
  person: PersonRow,
  { encrypt, now, recipients: people = [] }: OpenPgpChoice,
): Promise<GatheredOpenPgp> {
  const records: OpenPgpRecord[] = [];
  for (const record of await stores.openPgp.ofPerson(person.id))
    if (record.isCurrent || (await isInVault(stores, record.subkeyId))) records.push(record);
  const others = await recipientsAmong(stores, people, now);
  const keys = await Promise.all(records.map((record) => keyOf(stores, record, now)));
  const recipients = await Promise.all(others.filter(({ personId }) => personId !== person.id).map((record) => keyOf(stores, record, now)));
  return { setup: { mailboxes: person.mailboxes, keys, recipients, encrypt }, records };
}

async function recipientsAmong(stores: ReadStores, people: readonly string[], now: Date): Promise<readonly OpenPgpRecord[]> {
  const found = new Map<string, OpenPgpRecord>();
  for (const text of people) {
    const person = await findPerson(stores, text);
    const record = (await stores.openPgp.ofPerson(person.id)).find((one) => one.isCurrent && isGood(one, now));
    if (record === undefined)
      throw new AppError('client.no-openpgp', 'There is no OpenPGP key in use that mail to them could be encrypted to.', {
        address: person.mailboxes[0] ?? text,
      });
    found.set(record.id, record);
  }
  return [...found.values()];
}

async function keyOf(stores: ReadStores, record: OpenPgpRecord, now: Date): Promise<MailOpenPgpKey> {
  const { id, fingerprint, userIds, isCurrent } = record;
  return {
    id,
    fingerprint,
    certificate: await certificateOf({ read: () => stores }, record),
    addresses: userIds.flatMap((userId) => addressIn(userId) ?? []),
    status: isGood(record, now) ? 'valid' : 'expired',
    isCurrent,
  };
}

async function isInVault(stores: ReadStores, keyId: string): Promise<boolean> {
  const key = await stores.keys.find(keyId);
  return key?.store === 'vault' && key.state !== 'destroyed';
}

/** @throws AppError token.key-stays for a key in use whose primary key is on a card: nobody can hand that over */
export async function requireHandable(stores: ReadStores, records: readonly OpenPgpRecord[]): Promise<void> {
  for (const { isCurrent, primaryKeyId } of records)
    if (isCurrent && !(await isInVault(stores, primaryKeyId)))
      throw new AppError('token.key-stays', 'The primary key is on a card, which does not give it away.', { what: 'openpgp' });
}

/**
 * The secret halves for a mail program; of an older key whose primary key is on a card, what opens mail alone.
 * `operator` opens them. @throws AppError as `withPrivateKey`, store.corrupt
 */
export const lockFor =
  (
    parts: Omit<OpenPgpExportParts, 'random'> & { readonly openPgp: OpenPgp },
    operator: UnlockedOperator,
    records: readonly OpenPgpRecord[],
  ): LockOpenPgpKeys =>
  async (password) => {
    const locked: Uint8Array[] = [];
    for (const record of records) {
      const withPrimary = await isInVault(parts.read(), record.primaryKeyId);
      for (const { octets } of readArmor(await lockRecord(parts, operator, record, { password, withPrimary, isChance: true })))
        locked.push(octets);
    }
    return locked;
  };
