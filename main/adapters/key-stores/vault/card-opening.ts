import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { hexDecode, hexEncode } from '../../../domain/encoding/hex.ts';
import { AppError } from '../../../domain/errors.ts';
import type { OpeningRecord } from '../../../ports/stores/operators.ts';
import { openOctets, sealOctets } from './aead.ts';
import { binding } from './binding.ts';
import { corruptOpening, parseParameters } from './opening-parameters.ts';

const saltOctets = 32;
const leastSecretOctets = 32;

/**
 * Seals an operator's private half under a secret that only a card makes of a challenge: random octets it decrypts, or what its key shares
 * with an ephemeral one. Nobody can search it, so HKDF-SHA-256 (RFC 5869) is enough, as for a recovery code.
 */
export function sealWithSecret(operatorId: string, privateKey: Uint8Array, secret: Uint8Array, challenge: Uint8Array): OpeningRecord {
  if (secret.length < leastSecretOctets) throw new AppError('internal', 'a card was to seal with a secret that is too short');
  const salt = randomBytes(saltOctets);
  const sealed = sealOctets(deriveKey(secret, salt), privateKey, bindingOf(operatorId, challenge));
  const parameters = JSON.stringify({ algorithm: 'hkdf-sha256', salt: hexEncode(salt) });
  return { operatorId, method: 'card', parameters, sealed };
}

/** The private half; undefined when it is another secret. @throws AppError store.corrupt */
export function openWithSecret(opening: OpeningRecord, secret: Uint8Array, challenge: Uint8Array): Buffer | undefined {
  const { algorithm, salt } = parseParameters(opening);
  const octets = typeof salt === 'string' ? hexDecode(salt) : undefined;
  if (algorithm !== 'hkdf-sha256' || octets === undefined || octets.length < saltOctets) throw corruptOpening(opening);
  return openOctets(deriveKey(secret, octets), opening.sealed, bindingOf(opening.operatorId, challenge));
}

const bindingOf = (operatorId: string, challenge: Uint8Array): Buffer => binding('operator-key', 'card', operatorId, hexEncode(challenge));

function deriveKey(secret: Uint8Array, salt: Uint8Array): KeyObject {
  const octets = Buffer.from(hkdfSync('sha256', secret, salt, 'keyward-vault-1 card', 32));
  const key = createSecretKey(octets);
  octets.fill(0);
  return key;
}
