import { isSameOctets } from '../domain/encoding/octets.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { DeviceKeychain } from '../ports/device-keychain.ts';
import type { Random } from '../ports/random.ts';
import type { OpenSealingKey, Vault } from '../ports/vault.ts';

export interface KeychainOpeningParts {
  readonly read: () => ReadStores;
  readonly vault: Pick<Vault, 'createKeychainKey' | 'openKeychainKey'>;
  readonly keychain: DeviceKeychain;
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface KeychainKeyParts extends KeychainOpeningParts {
  readonly random: Random;
  readonly origin: { readonly machine: string };
}

/** What is remembered of the one wrapping key that the keychain of a computer holds for this practice. */
interface KeychainKeyRecord {
  readonly id: string;
  /** What the computer is called whose keychain has it. */
  readonly machine: string;
  /** SHA-256 of its id and its octets: another key in its place is known at once. */
  readonly digest: string;
}

/** A wrapping key in the keychain, to be recorded in the unit that first stores something under it. */
export interface PreparedKeychainKey {
  readonly open: OpenSealingKey;
  /** Nothing where it was recorded before. @throws AppError stale where another was recorded meanwhile */
  record(stores: Stores): Promise<void>;
  /** Where the unit is not committed: takes what was new out of the keychain. */
  takeBack(): void;
}

/**
 * The wrapping key that the keychain holds. Where one was ever recorded, no other is made in its place.
 * @throws AppError not-found where none ever was; device.keychain-unusable, device.wrapping-key-missing, device.wrapping-key-replaced
 */
export async function openKeychainKey(parts: KeychainOpeningParts): Promise<OpenSealingKey> {
  const record = await findRecord(parts.read());
  if (record === undefined) throw new AppError('not-found', 'Nothing is sealed under a keychain here.', { what: 'key' });
  return openRecorded(parts, record);
}

/** Whether this is the id of the key that the keychain holds. */
export const isKeychainKey = async (stores: ReadStores, id: string): Promise<boolean> => (await findRecord(stores))?.id === id;

/** The one there is, or a first one, kept in the keychain and read back. @throws AppError as `openKeychainKey` */
export async function prepareKeychainKey(parts: KeychainKeyParts): Promise<PreparedKeychainKey> {
  const known = await findRecord(parts.read());
  if (known !== undefined) return { open: await openRecorded(parts, known), record: async () => undefined, takeBack: () => undefined };
  const id = parts.random.uuid();
  const { octets, open } = parts.vault.createKeychainKey(id);
  try {
    await keepInKeychain(parts.keychain, id, octets);
    const made: KeychainKeyRecord = { id, machine: parts.origin.machine, digest: digestOf(parts, id, octets) };
    return { open, record: async (stores) => recordFirst(stores, made), takeBack: () => forget(parts.keychain, id) };
  } finally {
    octets.fill(0);
  }
}

/** Keeps octets in the keychain and reads them back. @throws AppError device.keychain-unusable, also when what was kept does not come back */
export async function keepInKeychain(keychain: DeviceKeychain, id: string, secret: Uint8Array): Promise<void> {
  try {
    await keychain.set(id, secret);
    const back = await keychain.get(id);
    const isKept = back !== undefined && isSameOctets(back, secret);
    back?.fill(0);
    if (!isKept) throw new AppError('unsupported', 'The keychain does not give back what it was given.');
  } catch (cause) {
    throw new AppError('device.keychain-unusable', 'The keychain of this computer cannot be used.', {}, { cause });
  }
}

async function recordFirst(stores: Stores, made: KeychainKeyRecord): Promise<void> {
  if ((await findRecord(stores)) !== undefined)
    throw new AppError('stale', 'Another wrapping key was recorded meanwhile.', { what: 'wrapping key' });
  await stores.settings.put('keychain-key', JSON.stringify(made));
}

function forget(keychain: DeviceKeychain, id: string): void {
  void keychain.delete(id).catch(() => false);
}

async function openRecorded(parts: KeychainOpeningParts, { id, machine, digest }: KeychainKeyRecord): Promise<OpenSealingKey> {
  const octets = await parts.keychain.get(id).catch(translate);
  if (octets === undefined)
    throw new AppError('device.wrapping-key-missing', 'The keychain has no key for what was sealed under it.', { machine });
  try {
    if (digestOf(parts, id, octets) !== digest)
      throw new AppError('device.wrapping-key-replaced', 'The keychain holds another key than the one that was kept there.', { machine });
    return parts.vault.openKeychainKey(id, octets);
  } finally {
    octets.fill(0);
  }
}

/** Something of another length under its name was put there by somebody. */
function translate(cause: unknown): never {
  const isOther = cause instanceof AppError && cause.code === 'store.corrupt';
  throw new AppError(
    isOther ? 'device.wrapping-key-replaced' : 'device.keychain-unusable',
    'The keychain of this computer cannot be used.',
    {},
    { cause },
  );
}

function digestOf({ sha256Hex }: KeychainOpeningParts, id: string, octets: Uint8Array): string {
  const both = new Uint8Array([...utf8Encode(id), ...octets]);
  try {
    return sha256Hex(both);
  } finally {
    both.fill(0);
  }
}

async function findRecord(stores: ReadStores): Promise<KeychainKeyRecord | undefined> {
  const text = await stores.settings.get('keychain-key');
  return text === undefined ? undefined : (JSON.parse(text) as KeychainKeyRecord);
}
