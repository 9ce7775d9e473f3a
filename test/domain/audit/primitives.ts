import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify, type KeyObject } from 'node:crypto';
import { createTreeHasher, type Sha256 } from '../../../main/domain/audit/hash.ts';
import type { SignEd25519, VerifyEd25519 } from '../../../main/domain/audit/signed-note.ts';

export const sha256: Sha256 = (data) => hash('sha256', data, 'binary');
export const hasher = createTreeHasher(sha256);

export const fromHex = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');
export const toHex = (hash: string): string => Buffer.from(hash, 'latin1').toString('hex');

const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};

export const signerOf =
  (key: KeyObject): SignEd25519 =>
  (message) =>
    sign(null, message, key);

/** An Ed25519 key from its 32-octet seed (RFC 8032). */
export function keyFromSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
}

export function publicOctets(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
}

export function newSigner(): { sign: SignEd25519; publicKey: Uint8Array; key: KeyObject } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { sign: signerOf(privateKey), publicKey: publicOctets(privateKey), key: privateKey };
}
