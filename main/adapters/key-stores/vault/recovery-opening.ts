import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { hexDecode, hexEncode } from '../../../domain/encoding/hex.ts';
import { formatRecoveryCode, parseRecoveryCode, recoveryCodeOctets } from '../../../domain/vault/recovery-code.ts';
import type { OpeningRecord } from '../../../ports/stores/operators.ts';
import { openOctets, sealOctets } from './aead.ts';
import { binding } from './binding.ts';
import { corruptOpening, parseParameters } from './opening-parameters.ts';

const saltOctets = 32;

/**
 * Makes a recovery code and seals an operator's private half under it. The code holds 160 random bits, which nobody can
 * search, so HKDF-SHA-256 (RFC 5869) is enough where a passphrase needs Argon2id. The code, ASCII, is the caller's to wipe.
 */
export function sealWithNewRecoveryCode(operatorId: string, privateKey: Uint8Array): { opening: OpeningRecord; recoveryCode: Buffer } {
  const secret = randomBytes(recoveryCodeOctets);
  const salt = randomBytes(saltOctets);
  const sealed = sealOctets(deriveKey(secret, salt), privateKey, binding('operator-key', 'recovery-code', operatorId));
  const recoveryCode = Buffer.from(formatRecoveryCode(secret).buffer);
  secret.fill(0);
  const parameters = JSON.stringify({ algorithm: 'hkdf-sha256', salt: hexEncode(salt) });
  return { opening: { operatorId, method: 'recovery-code', parameters, sealed }, recoveryCode };
}

/** The private half; undefined when it is another code. @throws AppError input.invalid for a typing slip, store.corrupt */
export function openWithRecoveryCode(opening: OpeningRecord, code: Uint8Array): Buffer | undefined {
  const salt = readSalt(opening);
  const secret = parseRecoveryCode(code);
  try {
    return openOctets(deriveKey(secret, salt), opening.sealed, binding('operator-key', 'recovery-code', opening.operatorId));
  } finally {
    secret.fill(0);
  }
}

function deriveKey(secret: Uint8Array, salt: Uint8Array): KeyObject {
  const octets = Buffer.from(hkdfSync('sha256', secret, salt, 'keyward-vault-1 recovery code', 32));
  const key = createSecretKey(octets);
  octets.fill(0);
  return key;
}

function readSalt(opening: OpeningRecord): Uint8Array {
  const { algorithm, salt } = parseParameters(opening);
  const octets = typeof salt === 'string' ? hexDecode(salt) : undefined;
  if (algorithm !== 'hkdf-sha256' || octets === undefined || octets.length < saltOctets) throw corruptOpening(opening);
  return octets;
}
