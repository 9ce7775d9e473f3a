import { argon2, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { hexDecode, hexEncode } from '../../../domain/encoding/hex.ts';
import { AppError } from '../../../domain/errors.ts';
import { isAcceptableCost, type Argon2idCost } from '../../../domain/vault/argon2id-cost.ts';
import { preparePassphrase } from '../../../domain/vault/passphrase.ts';
import type { OpeningRecord } from '../../../ports/stores/operators.ts';
import { openOctets, sealOctets } from './aead.ts';
import { binding } from './binding.ts';
import { corruptOpening, parseParameters } from './opening-parameters.ts';
import type { SecretHalf } from './secret-half.ts';

const saltOctets = 16;

interface Derivation extends Argon2idCost {
  readonly salt: Uint8Array;
}

/**
 * Seals an operator's private half under a passphrase: Argon2id (RFC 9106), then AES-256-GCM bound to operator and method.
 * @throws AppError input.empty, input.too-large, input.invalid, session.locked
 */
export async function sealWithPassphrase(
  operatorId: string,
  half: SecretHalf,
  passphrase: Uint8Array,
  cost: Argon2idCost,
): Promise<OpeningRecord> {
  const derivation = { ...cost, salt: randomBytes(saltOctets) };
  const key = await deriveKey(passphrase, derivation);
  // Read only now: a lock during the derivation must refuse, not seal what it has wiped.
  const sealed = sealOctets(key, half.pair.privateKey, binding('operator-key', 'passphrase', operatorId));
  return { operatorId, method: 'passphrase', parameters: writeParameters(derivation), sealed };
}

/** The private half; undefined when the passphrase is wrong. @throws AppError store.corrupt, input.* as above */
export async function openWithPassphrase(opening: OpeningRecord, passphrase: Uint8Array): Promise<Buffer | undefined> {
  const key = await deriveKey(passphrase, readParameters(opening));
  return openOctets(key, opening.sealed, binding('operator-key', 'passphrase', opening.operatorId));
}

/** Spends what an attempt costs, for an operator who does not exist. */
export async function spendAttempt(passphrase: Uint8Array, cost: Argon2idCost): Promise<void> {
  await deriveKey(passphrase, { ...cost, salt: randomBytes(saltOctets) });
}

async function deriveKey(passphrase: Uint8Array, { salt, memoryKiB, passes, lanes }: Derivation): Promise<KeyObject> {
  const message = preparePassphrase(passphrase);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  argon2('argon2id', { message, nonce: salt, parallelism: lanes, memory: memoryKiB, passes, tagLength: 32 }, (error, octets) => {
    if (error === null) resolve(octets);
    else reject(new AppError('internal', 'Argon2id failed', {}, { cause: error }));
  });
  try {
    const octets = await promise;
    const key = createSecretKey(octets);
    octets.fill(0);
    return key;
  } finally {
    message.fill(0);
  }
}

/** Canonical JSON (RFC 8785): members in order. */
function writeParameters({ lanes, memoryKiB, passes, salt }: Derivation): string {
  return JSON.stringify({ algorithm: 'argon2id', lanes, memoryKiB, passes, salt: hexEncode(salt) });
}

function readParameters(opening: OpeningRecord): Derivation {
  const { algorithm, lanes, memoryKiB, passes, salt } = parseParameters(opening);
  const octets = typeof salt === 'string' ? hexDecode(salt) : undefined;
  const cost = { lanes: Number(lanes), memoryKiB: Number(memoryKiB), passes: Number(passes) };
  if (algorithm !== 'argon2id' || octets === undefined || octets.length < saltOctets || !isAcceptableCost(cost))
    throw corruptOpening(opening);
  return { ...cost, salt: octets };
}
