import { context, contextPrimitive, integer, octetString, oid, sequence } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import { encryptedPrivateKeyInfo } from '../pkcs8/encrypted-private-key-info.ts';
import type { PasswordEncryption, PasswordProtection } from '../pkcs8/password-encryption.ts';
import { encryptPbes2 } from '../pkcs8/pbes2.ts';
import { requirePortablePassword } from '../pkcs8/portable-password.ts';
import { privateKeyAlgorithm } from '../pkcs8/private-key-info.ts';
import { algorithmOid } from '../x509/oid.ts';
import { encodeMacData } from './mac-data.ts';
import { contentTypeOid } from './oid.ts';
import type { PfxDigest, PfxPrimitives } from './primitives.ts';
import { certificateBag, shroudedKeyBag, type BagAttributes } from './safe-bag.ts';
import { encryptTripleDes } from './triple-des.ts';

/**
 * `modern`: PBES2 with AES-256, MAC with SHA-256; for Thunderbird, NSS, Windows and Apple of recent years.
 * `compatible`: 3DES and SHA-1, RSA keys only; for gpgsm (which takes the first key of a file and leaves the others),
 * older Windows and older Apple.
 */
export type PfxStyle = 'modern' | 'compatible';

export interface PfxKey extends BagAttributes {
  /** PrivateKeyInfo, DER; stays the caller's to wipe. */
  readonly pkcs8: Uint8Array;
}

export interface PfxCertificate extends BagAttributes {
  readonly der: Uint8Array;
}

export interface PfxRequest {
  readonly keys: readonly PfxKey[];
  /** Each key's own certificate bears the key's `localKeyId`; then the chain. */
  readonly certificates: readonly PfxCertificate[];
  /** Printable ASCII; stays the caller's to wipe. */
  readonly password: Uint8Array;
  readonly style: PfxStyle;
}

interface Style {
  readonly encrypt: PasswordEncryption<PfxPrimitives>;
  readonly macDigest: PfxDigest;
  /**
   * The same for encryption and MAC, because guessing goes by the cheaper. Several times what openssl (2,048) and
   * Windows (2,000) write, and far below what importers allow (.NET 9: 300,000 each, 1,000,000 in all) with many old
   * decryption keys in one file. The strength is the password's: a generated one has 118 bits.
   */
  readonly iterations: number;
}

const styles: Readonly<Record<PfxStyle, Style>> = {
  modern: { encrypt: encryptPbes2, macDigest: 'sha256', iterations: 20_000 },
  compatible: { encrypt: encryptTripleDes, macDigest: 'sha1', iterations: 5_000 },
};

/**
 * A PFX in password integrity and password privacy mode (RFC 7292 section 4): certificates in one encrypted content, each
 * key shrouded in the other.
 * @throws AppError input.empty, input.too-large, input.invalid for the password; input.malformed-der for a key;
 * input.unsupported-algorithm for a key that is not RSA in a compatible file, on which gpgsm crashes.
 */
export async function encodePfx(request: PfxRequest, primitives: PfxPrimitives): Promise<Uint8Array> {
  const { keys, certificates, password, style } = request;
  requirePortablePassword(password);
  for (const { pkcs8 } of keys) requireAlgorithm(privateKeyAlgorithm(pkcs8), style);
  const { encrypt, macDigest, iterations } = styles[style];
  const protection = { password, iterations, primitives };
  const certificateContent = await encryptedCertificates(certificates, encrypt, protection);
  const keyContent = data(await shroudedKeys(keys, encrypt, protection));
  const authenticatedSafe = sequence(certificateContent, keyContent);
  return sequence(integer(3), data(authenticatedSafe), await encodeMacData(authenticatedSafe, macDigest, protection));
}

function requireAlgorithm(algorithm: string, style: PfxStyle): void {
  if (style === 'modern' || algorithm === algorithmOid.rsaEncryption) return;
  throw new AppError('input.unsupported-algorithm', 'A compatible .p12 file holds RSA keys only; p12-modern takes this one.', {
    what: 'p12-compatible',
  });
}

async function encryptedCertificates(
  certificates: readonly PfxCertificate[],
  encrypt: PasswordEncryption<PfxPrimitives>,
  protection: PasswordProtection<PfxPrimitives>,
): Promise<Uint8Array> {
  const safeContents = sequence(...certificates.map((certificate) => certificateBag(certificate.der, certificate)));
  const { algorithm, ciphertext } = await encrypt(safeContents, protection);
  const encryptedContentInfo = sequence(oid(contentTypeOid.data), algorithm, contextPrimitive(0, ciphertext));
  return sequence(oid(contentTypeOid.encryptedData), context(0, sequence(integer(0), encryptedContentInfo)));
}

async function shroudedKeys(
  keys: readonly PfxKey[],
  encrypt: PasswordEncryption<PfxPrimitives>,
  protection: PasswordProtection<PfxPrimitives>,
): Promise<Uint8Array> {
  const bags: Uint8Array[] = [];
  for (const key of keys) bags.push(shroudedKeyBag(encryptedPrivateKeyInfo(await encrypt(key.pkcs8, protection)), key));
  return sequence(...bags);
}

/** ContentInfo of type data (RFC 5652 section 4). */
const data = (content: Uint8Array): Uint8Array => sequence(oid(contentTypeOid.data), context(0, octetString(content)));
