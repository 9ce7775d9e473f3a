import { createCipheriv, createDecipheriv, hash, pbkdf2Sync, randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { DerCursor, readDer } from '../../../domain/asn1/der-reader.ts';
import { concatenate, tag } from '../../../domain/asn1/der-writer.ts';
import { AppError } from '../../../domain/errors.ts';
import type { SealedText } from '../../../domain/mail-client/thunderbird/sealed-passphrase.ts';

export interface Sealing {
  /** CKA_LABEL of a triple-DES key that NSS has made in the database. */
  readonly label: string;
  /** The database's own. */
  readonly password: Uint8Array | undefined;
  readonly text: Uint8Array;
}

/** As NSS names the columns: `a` and the attribute's number (PKCS #11), hexadecimal. */
interface KeyRow {
  readonly id: number;
  readonly value: Uint8Array;
  readonly salt: Uint8Array;
}

/**
 * Seals a text with a key of key4.db, as `PK11SDR_Encrypt` does, which no tool of the system calls. The key gets the CKA_ID it is found by,
 * which symkeyutil leaves empty; its value is read as NSS keeps it, under the password (RFC 8018 section 6.2, sftkpwd.c).
 * @throws AppError client.unreadable
 */
export function sealWith(path: string, { label, password, text }: Sealing): SealedText {
  const keyId = randomBytes(16);
  const key = openRow(readRow(path, label, keyId), password ?? new Uint8Array());
  const iv = randomBytes(8);
  try {
    const cipher = createCipheriv('des-ede3-cbc', key, iv);
    return { keyId, iv, ciphertext: concatenate([cipher.update(text), cipher.final()]) };
  } finally {
    key.fill(0);
  }
}

function readRow(path: string, label: string, keyId: Uint8Array): KeyRow {
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma trusted_schema = off');
    const named = Buffer.from(label);
    const { changes } = database.prepare('update nssPrivate set a102 = ? where a3 = ?').run(keyId, named);
    const row = database.prepare('select id, a11 from nssPrivate where a3 = ?').get(named);
    const salt = database.prepare(`select item1 from metaData where id = 'password'`).get()?.['item1'];
    const [id, value] = [row?.['id'], row?.['a11']];
    if (changes !== 1 || typeof id !== 'number' || !(value instanceof Uint8Array) || !(salt instanceof Uint8Array)) throw unreadable();
    return { id, value, salt };
  } finally {
    database.close();
  }
}

/** What is there otherwise than NSS writes it, or under another password, is not opened. @throws AppError client.unreadable */
function openRow(row: KeyRow, password: Uint8Array): Buffer {
  try {
    return open(row, password);
  } catch {
    throw unreadable();
  }
}

/** NSS takes ten thousand; what asks for much more only keeps the computer busy. */
const mostRounds = 1_000_000;

/** NSS derives from SHA-1 of its own salt and the password, and takes the initialisation vector with its header. */
function open({ value, salt }: KeyRow, password: Uint8Array): Buffer {
  const box = new DerCursor(readDer(value));
  const scheme = new DerCursor(box.next(tag.sequence));
  const ciphertext = box.next(tag.octetString).content;
  scheme.next(tag.oid);
  const parameters = new DerCursor(scheme.next(tag.sequence));
  const derivation = new DerCursor(parameters.next(tag.sequence));
  derivation.next(tag.oid);
  const derived = new DerCursor(derivation.next(tag.sequence));
  const [ownSalt, count] = [derived.next(tag.octetString).content, derived.next(tag.integer).content];
  const encryption = new DerCursor(parameters.next(tag.sequence));
  encryption.next(tag.oid);
  const vector = encryption.next(tag.octetString);
  const rounds = numberOf(count);
  if (rounds > mostRounds) throw unreadable();
  const key = pbkdf2Sync(hash('sha1', concatenate([salt, password]), 'buffer'), ownSalt, rounds, 32, 'sha256');
  const cipher = createDecipheriv('aes-256-cbc', key, vector.length === 14 ? vector.whole : vector.content);
  return Buffer.concat([cipher.update(ciphertext), cipher.final()]);
}

const numberOf = (octets: Uint8Array): number => octets.reduce((value, octet) => value * 256 + octet, 0);

const unreadable = (): AppError => new AppError('client.unreadable', 'The key database of this profile cannot be read.');
