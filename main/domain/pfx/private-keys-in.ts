import { DerCursor, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import type { EncodedObject } from '../encoding/pem.ts';
import { AppError } from '../errors.ts';
import { recognise } from '../inspect/recognise.ts';
import { isEncryptedKey } from '../key/read-private-key.ts';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { decryptPem, pemEncryptionOf, type PemEncryption } from '../pkcs8/pem-encryption.ts';
import { passwordForms } from './password.ts';
import { decryptUnderPassword, type Opening } from './password-decryption.ts';
import type { PasswordPrimitives } from './password-primitives.ts';
import { openPfx } from './read-pfx.ts';
import { WorkBudget } from './work-budget.ts';

/** Private keys as they stand in a file, and certificates beside them. Keys are to be wiped. */
export interface KeysInFile {
  readonly keys: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
}

/**
 * Takes private keys out of what was found in a file: bare, encrypted PKCS #8, or a PKCS #12 file with its certificates.
 * @throws AppError input.empty, input.wrong-password, input.malformed-der, input.unsupported-algorithm, input.too-large;
 * unsupported for a key that is encrypted with a cipher nobody uses any more
 */
export async function privateKeysIn(
  objects: readonly EncodedObject[],
  password: Uint8Array | undefined,
  primitives: PasswordPrimitives,
): Promise<KeysInFile> {
  const opening = { forms: passwordForms(password), primitives, budget: new WorkBudget() };
  const keys: Uint8Array[] = [];
  const certificates: Uint8Array[] = [];
  for (const object of objects) {
    if (object.label === 'CERTIFICATE') certificates.push(object.der);
    else if (isPfx(object)) {
      for (const bag of (await openPfx(object.der, opening)).bags) {
        if (bag.kind === 'key') keys.push(bag.der);
        if (bag.kind === 'certificate') certificates.push(bag.der);
      }
    } else if (object.label === undefined || object.label.endsWith('PRIVATE KEY')) keys.push(await openPrivateKey(object, opening));
  }
  if (keys.length === 0) throw new AppError('input.empty', 'There is no private key in this file.');
  return { keys, certificates };
}

const isPfx = ({ label, der }: EncodedObject): boolean =>
  label === 'PKCS12' ||
  (label === undefined && (der[1] === 0x80 || new DerCursor(readDer(der)).nextTag === tag.integer) && isRecognisedPfx(der));

function isRecognisedPfx(der: Uint8Array): boolean {
  try {
    return recognise(der) === 'pkcs12';
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/**
 * A private key as it stands in a file, decrypted where it is encrypted. To be wiped.
 * @throws AppError input.wrong-password, input.malformed-der, input.unsupported-algorithm, input.too-large
 */
export async function openPrivateKey({ der, headers }: EncodedObject, opening: Opening): Promise<Uint8Array> {
  const old = pemEncryptionOf(headers);
  if (old !== undefined) return openPem(old, der, opening);
  if (!isEncryptedKey(der)) return der;
  const cursor = new DerCursor(readDer(der));
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const ciphertext = cursor.next(tag.octetString).content;
  cursor.finish();
  return decryptUnderPassword(algorithm, ciphertext, opening, isKey);
}

/** By each form the password may have. */
function openPem(encryption: PemEncryption, ciphertext: Uint8Array, { forms, primitives }: Opening): Uint8Array {
  for (const form of forms.octets) {
    const plaintext = decryptPem(encryption, ciphertext, form, primitives);
    if (plaintext !== undefined && isKey(plaintext)) return plaintext;
  }
  throw new AppError('input.wrong-password', 'This key does not open with that password.');
}

function isKey(plaintext: Uint8Array): boolean {
  try {
    return new DerCursor(readDer(plaintext)).nextTag === tag.integer;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
