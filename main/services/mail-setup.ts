import type { PersonMailSetup } from '../contract/people.ts';
import { AppError } from '../domain/errors.ts';
import type { EncryptionChoice, MailCertificate, MailIssuer, MailRecipient, MailSetup } from '../domain/mail-client/mail-client.ts';
import type { MailLocale } from '../domain/locale/word-mail.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { KeyRecord } from '../ports/stores/keys.ts';
import type { MailSetupRecord } from '../ports/stores/mail-setups.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { Tokens } from '../ports/tokens.ts';
import { derOf } from './certificate-export.ts';
import { certificateStatus } from './certificate-view.ts';
import { issuersAbove } from './issuers.ts';
import { findRecipients } from './mail-recipients.ts';
import { viewFinding } from './mail-profile.ts';
import { isGood as isGoodKey } from './openpgp-view.ts';

export interface GatheredSetup {
  readonly setup: MailSetup;
  /** Whose private keys go with it: those in use, and older ones that open old mail. */
  readonly rows: readonly CertificateRow[];
}

/** How many digits of a SHA-256 tell two things of one name apart. */
const labelDigits = 8;

interface SetupChoice {
  readonly encrypt: EncryptionChoice;
  readonly now: Date;
  /** Asked for cards that keys are on. */
  readonly tokens?: Tokens;
  /** People they write to, as they are named: mail to them can be encrypted at once. */
  readonly recipients?: readonly string[] | undefined;
}

/** What one person's mail program is to be given. `sha256Hex` is over octets. */
export async function gatherSetup(
  stores: ReadStores,
  sha256Hex: (octets: Uint8Array) => string,
  person: PersonRow,
  { encrypt, now, tokens, recipients: people = [] }: SetupChoice,
): Promise<GatheredSetup> {
  const keys = await stores.keys.ofPerson(person.id);
  const inVault = new Set(keys.filter(({ store, state }) => store === 'vault' && state !== 'destroyed').map(({ id }) => id));
  const rows = (await stores.certificates.ofPerson(person.id)).filter(({ isCurrent, keyId }) => isCurrent || inVault.has(keyId));
  const certificates: MailCertificate[] = [];
  const cards = await cardsOf(stores, keys, tokens);
  for (const row of rows) certificates.push({ ...(await certificateOf(stores, row, now)), ...cards.get(row.keyId) });
  const others = (await findRecipients(stores, people, now)).filter(({ id }) => !rows.some((row) => row.id === id));
  const recipients: MailRecipient[] = [];
  for (const row of others) recipients.push({ certificate: await certificateOf(stores, row, now), label: labelOf(row) });
  const issuers = await issuersOf(stores, sha256Hex, [...rows, ...others]);
  const setup = { mailboxes: person.mailboxes, certificates, issuers, recipients, encrypt };
  return { setup, rows: rows.filter((row) => row.isCurrent || row.keyUsage !== 'sign') };
}

/** Of keys that live on cards alone: the card, and the module that shows it now. */
async function cardsOf(stores: ReadStores, keys: readonly KeyRecord[], tokens: Tokens | undefined) {
  const places = await stores.tokens.placesOf(keys.filter(({ store }) => store === 'token').map(({ id }) => id));
  const survey = places.length === 0 ? undefined : await tokens?.survey();
  const libraryOf = (serialNumber: string): string | undefined => {
    const shown = survey?.tokens.find((token) => token.serialNumber === serialNumber);
    return survey?.modules.find(({ name }) => name === shown?.module)?.library;
  };
  return new Map(places.map(({ keyId, serialNumber }) => [keyId, { card: { serialNumber, library: libraryOf(serialNumber) } }]));
}

async function certificateOf(stores: ReadStores, row: CertificateRow, now: Date): Promise<MailCertificate> {
  const { id, emails, keyUsage, isCurrent } = row;
  return { id, der: await derOf(stores, row), emails, use: keyUsage, status: certificateStatus(row, now), isCurrent };
}

async function issuersOf(
  stores: ReadStores,
  sha256Hex: (octets: Uint8Array) => string,
  rows: readonly CertificateRow[],
): Promise<MailIssuer[]> {
  const issuers = new Map<string, MailIssuer>();
  const oneOfEach = new Map(rows.map((row) => [row.issuerAuthorityId, row])).values();
  for (const row of oneOfEach)
    for (const { authority, certificate } of await issuersAbove(stores, row))
      issuers.set(authority.id, {
        der: certificate,
        label: `${authority.name} ${sha256Hex(certificate).slice(0, labelDigits)}`,
        isRoot: authority.parentId === null,
      });
  return [...issuers.values()];
}

/** A name no other certificate in the program has. */
export const labelOf = (row: CertificateRow): string => `${row.emails[0] ?? row.subject} ${row.sha256.slice(0, labelDigits)}`;

/**
 * Whose private keys go into a program: those on cards do not, where it uses cards itself.
 * @throws AppError as `requireVaultKeys`; token.absent while a card is not there that shows by which module it is opened
 */
export async function rowsToTake(
  stores: ReadStores,
  takesCards: boolean,
  { setup, rows }: GatheredSetup,
): Promise<readonly CertificateRow[]> {
  const cards = new Map(setup.certificates.flatMap(({ id, card, isCurrent }) => (card === undefined || !isCurrent ? [] : [[id, card]])));
  const taken = takesCards ? rows.filter(({ id }) => !cards.has(id)) : rows;
  await requireVaultKeys(stores, taken);
  const away = takesCards ? [...cards.values()].find(({ library }) => library === undefined) : undefined;
  if (away !== undefined) throw new AppError('token.absent', 'The card with their key is not there.', { serialNumber: away.serialNumber });
  return taken;
}

/** @throws AppError unsupported for a key that lives on a card: there is nothing to take along; client.key-left for one the vault let go of */
export async function requireVaultKeys(stores: ReadStores, rows: readonly CertificateRow[]): Promise<void> {
  for (const { keyId, isCurrent } of rows) {
    const key = await stores.keys.find(keyId);
    if (key?.store !== 'vault' && isCurrent)
      throw new AppError('unsupported', 'A key that lives on a card cannot be put into a mail program.', {
        what: 'putting a key that lives on a card into a mail program',
      });
    if (key?.state === 'destroyed' && isCurrent)
      throw new AppError('client.key-left', 'The vault let go of its copy of this signing key.', { what: 'key', id: keyId });
  }
}

/** How a recorded set-up stands now. */
export function viewMailSetup(
  setup: MailSetupRecord,
  { certificates, openPgp }: { readonly certificates: readonly CertificateRow[]; readonly openPgp: readonly OpenPgpRecord[] },
  now: Date,
  locale: MailLocale,
): PersonMailSetup {
  const isGood = (id: string): boolean =>
    certificates.some((row) => row.id === id && row.isCurrent && certificateStatus(row, now) === 'valid') ||
    openPgp.some((key) => key.id === id && key.isCurrent && isGoodKey(key, now));
  const { client, technology, profile, target, at, checkedAt, provedAt } = setup;
  const findings = setup.findings.map((finding) => viewFinding(finding, locale));
  return { client, technology, profile, target, at, isCurrent: setup.certificates.every(isGood), checkedAt, findings, provedAt };
}
