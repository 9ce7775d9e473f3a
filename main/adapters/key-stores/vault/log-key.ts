import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import type { SealedKeyRecord } from '../../../ports/stores/vault.ts';
import type { LogKey, NewLogKey, OpenSealingKey } from '../../../ports/vault.ts';
import { openPrivateKey, sealPrivateKey } from './seal.ts';

/** What stands before the 32 raw octets of a SubjectPublicKeyInfo (RFC 8410 section 4). */
const spkiPrefixOctets = 12;

/** A fresh Ed25519 key (RFC 8032), sealed under a sealing key of the audit compartment. */
export function createLogKey(keyId: string, under: OpenSealingKey): NewLogKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  try {
    return { record: sealPrivateKey({ keyId, pkcs8, under: [under] }), publicKey: rawPublicKey(publicKey) };
  } finally {
    pkcs8.fill(0);
  }
}

/** @throws AppError not-found, store.corrupt */
export function openLogKey(record: SealedKeyRecord, under: OpenSealingKey): LogKey {
  const pkcs8 = openPrivateKey(record, under);
  try {
    return logKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
  } finally {
    pkcs8.fill(0);
  }
}

function logKey(privateKey: KeyObject): LogKey {
  let held: KeyObject | undefined = privateKey;
  return {
    publicKey: rawPublicKey(createPublicKey(privateKey)),
    sign: (message) => {
      if (held === undefined) throw new AppError('session.locked', 'The session is locked.');
      return sign(null, message, held);
    },
    wipe: () => {
      held = undefined;
    },
  };
}

const rawPublicKey = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(spkiPrefixOctets);
