import { FileContent, type Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { requirePortablePassword } from '../domain/pkcs8/portable-password.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OpenPgp } from '../ports/openpgp.ts';
import type { Random } from '../ports/random.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { filePassword } from './file-password.ts';
import { textStem } from './file-stem.ts';
import type { KeyAccess } from './key-access.ts';

export interface OpenPgpExportParts {
  readonly read: () => ReadStores;
  readonly openPgp: OpenPgp;
  readonly keyAccess: Pick<KeyAccess, 'withPrivateKey'>;
  readonly random: Random;
}

/** The public half, armored. @throws AppError store.corrupt */
export async function exportPublic(parts: OpenPgpExportParts, record: OpenPgpRecord): Promise<FileContent> {
  return fileOf(record, 'public', await parts.openPgp.armorCertificate(await certificateOf(parts, record)));
}

/**
 * The secret half, armored, under a password; one is made when none is given, and answered with the file.
 * @throws AppError token.key-stays where it is on a card; input.* for the password, session.not-permitted, store.corrupt
 */
export async function exportSecret(
  parts: OpenPgpExportParts,
  operator: UnlockedOperator,
  record: OpenPgpRecord,
  given: Secret | undefined,
): Promise<{ readonly file: FileContent; readonly password: Secret | null }> {
  await requireInVault(parts.read(), record);
  const { octets, made } = filePassword(given, parts.random);
  requirePortablePassword(octets);
  const armored = await lockRecord(parts, operator, record, { password: octets, withPrimary: true });
  return { file: fileOf(record, 'secret', armored), password: made };
}

interface Locking {
  readonly password: Uint8Array;
  readonly withPrimary: boolean;
  /** As `OpenPgpSecrets.isChance`. */
  readonly isChance?: boolean;
}

/**
 * The secret half of a key, armored, under a password of printable ASCII; without the primary key it opens mail and signs nothing.
 * @throws AppError session.not-permitted, store.corrupt
 */
export async function lockRecord(
  parts: Omit<OpenPgpExportParts, 'random'>,
  operator: UnlockedOperator,
  record: OpenPgpRecord,
  { password, withPrimary, isChance = false }: Locking,
): Promise<Uint8Array> {
  const certificate = await certificateOf(parts, record);
  const withSubkey = (primaryKey?: Uint8Array) =>
    parts.keyAccess.withPrivateKey(operator, record.subkeyId, 'people', (subkey) =>
      parts.openPgp.protect({ certificate, primaryKey, subkey, isChance }, password),
    );
  return withPrimary ? parts.keyAccess.withPrivateKey(operator, record.primaryKeyId, 'people', withSubkey) : withSubkey();
}

/**
 * What opens mail alone, armored, under a password: the primary key is a stub, so that nobody signs with it in the person's name.
 * @throws AppError input.* for the password, not-found, store.corrupt
 */
export async function exportDecrypting(
  parts: Omit<OpenPgpExportParts, 'random'>,
  operator: UnlockedOperator,
  record: OpenPgpRecord,
  password: Uint8Array,
): Promise<FileContent> {
  requirePortablePassword(password);
  const certificate = await certificateOf(parts, record);
  const armored = await parts.keyAccess.withPrivateKey(operator, record.subkeyId, 'escrow', (subkey) =>
    parts.openPgp.protect({ certificate, subkey }, password),
  );
  return fileOf(record, 'decrypting', armored);
}

/** The revocation certificate, armored: what ends a key is an administrator’s: no officer opens the escrow alone. @throws AppError session.not-permitted, store.corrupt */
export async function exportRevocation(parts: OpenPgpExportParts, operator: UnlockedOperator, record: OpenPgpRecord): Promise<FileContent> {
  const armored = await parts.keyAccess.withPrivateKey(operator, record.revocationId, 'people', (octets) => Uint8Array.from(octets));
  return fileOf(record, 'revocation', armored);
}

async function requireInVault(stores: ReadStores, { primaryKeyId }: OpenPgpRecord): Promise<void> {
  if ((await stores.keys.find(primaryKeyId))?.store === 'token')
    throw new AppError('token.key-stays', 'The primary key is on a card, which does not give it away.', { what: 'openpgp' });
}

/** The public half, binary. @throws AppError store.corrupt */
export async function certificateOf(parts: Pick<OpenPgpExportParts, 'read'>, { id }: OpenPgpRecord): Promise<Uint8Array> {
  const certificate = await parts.read().openPgp.certificate(id);
  if (certificate === undefined)
    throw new AppError('store.corrupt', 'An OpenPGP key is recorded and its content is missing.', { what: 'openpgp', id });
  return certificate;
}

const fileOf = (record: OpenPgpRecord, content: 'public' | 'secret' | 'decrypting' | 'revocation', octets: Uint8Array): FileContent =>
  new FileContent(`${textStem(addressIn(record.userIds[0]) ?? record.id)}-openpgp-${content}.asc`, octets);

/** The address in a user ID of ours. */
export const addressIn = (userId: string | undefined): string | undefined => /<([^<>]+)>$/.exec(userId ?? '')?.[1];
