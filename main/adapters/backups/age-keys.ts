import { randomBytes, webcrypto } from 'node:crypto';
import { identityToRecipient } from 'age-encryption';
import { backupKeyOctets, formatBackupKey, parseBackupKey } from '../../domain/backup/backup-key.ts';

/** PrivateKeyInfo (RFC 8410) of an X25519 key, without its 32 octets. */
const pkcs8Prefix = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);

export async function createAgeKey(): Promise<{ readonly key: Uint8Array; readonly recipient: string }> {
  const secret = randomBytes(backupKeyOctets);
  const recipient = await identityToRecipient(await importKey(secret));
  const key = formatBackupKey(secret);
  secret.fill(0);
  return { key, recipient };
}

/** The key as one that cannot be taken out again: the library then needs no text of it. @throws AppError input.invalid */
export async function openAgeKey(typed: Uint8Array): Promise<webcrypto.CryptoKey> {
  const secret = parseBackupKey(typed);
  try {
    return await importKey(secret);
  } finally {
    secret.fill(0);
  }
}

async function importKey(secret: Uint8Array): Promise<webcrypto.CryptoKey> {
  const pkcs8 = Uint8Array.of(...pkcs8Prefix, ...secret);
  try {
    return await webcrypto.subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits']);
  } finally {
    pkcs8.fill(0);
  }
}
