import type { MailKit as MailKitCall } from '../contract/mail.ts';
import { FileContent, type Secret } from '../contract/secret.ts';
import { signCms } from '../domain/cms/sign-cms.ts';
import { AppError } from '../domain/errors.ts';
import { requireFitFiles } from '../domain/mail-client/fitness.ts';
import { mailKit, mailKitName, type MailKitId } from '../domain/mail-client/kit/kits.ts';
import type { KitContainer, KitFile, MailKit } from '../domain/mail-client/kit/kit.ts';
import { librariesOf } from '../domain/mail-client/thunderbird/driver-list.ts';
import type { MailCertificate, MailIssuer } from '../domain/mail-client/mail-client.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { filePassword } from './file-password.ts';
import { findPerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import type { MailExportParts } from './mail-export.ts';
import { makePfx } from './mail-keys.ts';
import { gatherSetup, requireVaultKeys, type GatheredSetup } from './mail-setup.ts';
import { readPractice } from './practice.ts';
import { findSender } from './submission-record.ts';

interface KitInput {
  readonly person: string;
  readonly client: MailKitId;
  readonly password?: Secret | undefined;
}

/**
 * What a mail program elsewhere takes, for one person: their keys in its form, the authorities, and what it is told.
 * @throws AppError not-found, client.no-certificate, client.unfit, unsupported for a key on a card, input.* for the password
 */
export async function makeKit(parts: MailExportParts, operator: UnlockedOperator, input: KitInput): Promise<Commit<MailKitCall>> {
  const { person, rows, files, password } = await gatherKit(parts, operator, input);
  return async () => ({
    value: { files: files.map(({ name, content }) => new FileContent(name, content)), password },
    subject: { person: person.id, certificates: rows.map(({ id }) => id), keys: rows.map(({ keyId }) => keyId) },
  });
}

export interface GatheredKit {
  readonly person: PersonRow;
  readonly rows: readonly CertificateRow[];
  readonly issuers: readonly MailIssuer[];
  readonly files: readonly KitFile[];
  /** The one that was made; null where the caller gave one, or no private key is in the kit. */
  readonly password: Secret | null;
}

/** The files of a kit. @throws AppError as `makeKit` */
export async function gatherKit(parts: MailExportParts, operator: UnlockedOperator, input: KitInput): Promise<GatheredKit> {
  const stores = parts.read();
  const person = await findPerson(stores, input.person);
  const gathered = await gatherSetup(stores, parts.sha256Hex, person, {
    encrypt: 'ask',
    now: parts.clock.now(),
    tokens: parts.tokens,
  });
  const kit = mailKit(input.client);
  const { octets, made } = filePassword(input.password, parts.random);
  const rows = kit.keys === undefined ? [] : await rowsForKit(parts, gathered, input.client, kit.keys.style);
  const files = kit.files({
    practice: (await readPractice(stores)).name,
    person: { id: person.id, name: person.name },
    mailboxes: person.mailboxes,
    containers: await containersOf(parts, operator, { kit, gathered, rows, password: octets }),
    issuers: gathered.setup.issuers,
    drivers: librariesOf(gathered.setup),
    uuid: () => parts.random.uuid(),
    sha1Hex: parts.sha1Hex,
  });
  const signed = await signFiles(parts, operator, kit, files);
  return { person, rows, issuers: gathered.setup.issuers, files: signed, password: rows.length === 0 ? null : made };
}

/** Signed by the mailbox of the practice, where there is one that can; else as they are. */
async function signFiles(
  parts: MailExportParts,
  operator: UnlockedOperator,
  { signed }: MailKit,
  files: readonly KitFile[],
): Promise<readonly KitFile[]> {
  const sender = signed === undefined ? undefined : await findSender(parts.read(), parts, parts.clock.now());
  if (signed === undefined || sender === undefined) return files;
  const [certificate, chain] = [readCertificate(sender.chosen.sign.der), sender.issuers.map((der) => readCertificate(der))];
  return parts.keyAccess.withPrivateKey(operator, sender.signing.keyId, 'people', (pkcs8) =>
    files.map(({ name, content }) => {
      if (!name.endsWith(signed)) return { name, content };
      const request = { content, pkcs8, certificate, chain, isDetached: false, time: parts.clock.now() };
      return { name, content: signCms(request, parts.toolPrimitives) };
    }),
  );
}

/** Those in use first. @throws AppError client.no-certificate, client.unfit, unsupported */
export async function rowsForKit(
  parts: Pick<MailExportParts, 'read'>,
  { setup, rows }: GatheredSetup,
  client: MailKitId,
  style: NonNullable<MailKit['keys']>['style'],
): Promise<readonly CertificateRow[]> {
  requireInUse(setup.certificates);
  requireFitFiles(mailKitName(client), style, setup.certificates);
  await requireVaultKeys(parts.read(), rows);
  return [...rows.filter(({ isCurrent }) => isCurrent), ...rows.filter(({ isCurrent }) => !isCurrent)];
}

/** Of certificates in use: one to sign and one to encrypt, or one for both. @throws AppError client.no-certificate */
export function requireInUse(certificates: readonly MailCertificate[]): void {
  const good = certificates.filter(({ isCurrent, status }) => isCurrent && status === 'valid');
  if (!good.some(({ use }) => use !== 'encrypt') || !good.some(({ use }) => use !== 'sign'))
    throw new AppError('client.no-certificate', 'They have no certificates in use to sign and to encrypt.');
}

interface Packing {
  readonly kit: MailKit;
  readonly gathered: GatheredSetup;
  readonly rows: readonly CertificateRow[];
  readonly password: Uint8Array;
}

async function containersOf(
  parts: MailExportParts,
  operator: UnlockedOperator,
  { kit, gathered, rows, password }: Packing,
): Promise<KitContainer[]> {
  if (kit.keys === undefined) return [];
  const { packing, style } = kit.keys;
  const certificateOf = (row: CertificateRow): MailCertificate[] => gathered.setup.certificates.filter(({ id }) => id === row.id);
  const containers: KitContainer[] = [];
  for (const some of packing === 'together' ? [rows] : rows.map((row) => [row])) {
    const pfx = await makePfx(parts, operator, { rows: some, issuers: gathered.setup.issuers, password, style });
    containers.push({ certificates: some.flatMap(certificateOf), pfx });
  }
  return containers;
}
