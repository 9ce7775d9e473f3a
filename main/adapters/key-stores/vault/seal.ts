import { createSecretKey, KeyObject } from 'node:crypto';
import { fixedOctets } from '../../../domain/encoding/octets.ts';
import { AppError } from '../../../domain/errors.ts';
import type { SealedKeyRecord } from '../../../ports/stores/vault.ts';
import type { OpenSealingKey, SealRequest } from '../../../ports/vault.ts';
import { openOctets, sealOctets } from './aead.ts';
import { binding } from './binding.ts';
import { fillRandom } from './random-pool.ts';

const dataKeyOctets = 32;

/**
 * Seals one PKCS #8 under a data key of its own, and the data key under each sealing key: one ciphertext, as many wraps
 * as compartments that may open it. Bound to `keyId`, so that no record stands in for another. No database, no awaiting:
 * for worker threads too. `pkcs8` stays the caller's to wipe.
 */
export function sealPrivateKey({ keyId, pkcs8, under }: SealRequest): SealedKeyRecord {
  if (under.length === 0) throw new AppError('internal', 'a private key was to be sealed for nobody');
  const octets = fillRandom(fixedOctets(dataKeyOctets));
  const dataKey = createSecretKey(octets);
  const wraps = under.map((sealingKey) => wrapDataKey(octets, keyId, sealingKey));
  octets.fill(0);
  return { keyId, sealed: sealOctets(dataKey, pkcs8, binding('private-key', keyId)), wraps };
}

function wrapDataKey(octets: Uint8Array, keyId: string, sealingKey: OpenSealingKey): SealedKeyRecord['wraps'][number] {
  const { id } = sealingKey;
  return { sealingKeyId: id, wrapped: sealOctets(handleOf(sealingKey), octets, binding('data-key', keyId, id)) };
}

/**
 * Opens what `sealPrivateKey` made; the PKCS #8 is the caller's to wipe.
 * @throws AppError not-found when it was not sealed under that key; store.corrupt when it was altered or exchanged.
 */
export function openPrivateKey(record: SealedKeyRecord, under: OpenSealingKey): Buffer {
  const wrap = record.wraps.find(({ sealingKeyId }) => sealingKeyId === under.id);
  if (wrap === undefined)
    throw new AppError('not-found', 'The key is not sealed under that sealing key.', { what: 'sealed key', id: record.keyId });
  const dataKey = unwrapDataKey(wrap.wrapped, record.keyId, under);
  const pkcs8 = dataKey === undefined ? undefined : openOctets(dataKey, record.sealed, binding('private-key', record.keyId));
  if (pkcs8 === undefined) throw new AppError('store.corrupt', 'A sealed key was altered.', { what: 'sealed key', id: record.keyId });
  return pkcs8;
}

/** The record with its data key wrapped once more. @throws AppError as `openPrivateKey` */
export function wrapAlso(record: SealedKeyRecord, under: OpenSealingKey, also: OpenSealingKey): SealedKeyRecord {
  const wrap = record.wraps.find(({ sealingKeyId }) => sealingKeyId === under.id);
  const dataKey = wrap && openOctets(handleOf(under), wrap.wrapped, binding('data-key', record.keyId, under.id));
  if (dataKey === undefined) throw new AppError('store.corrupt', 'A sealed key was altered.', { what: 'sealed key', id: record.keyId });
  try {
    return { ...record, wraps: [...record.wraps, wrapDataKey(dataKey, record.keyId, also)] };
  } finally {
    dataKey.fill(0);
  }
}

function unwrapDataKey(wrapped: Uint8Array, keyId: string, sealingKey: OpenSealingKey): KeyObject | undefined {
  const octets = openOctets(handleOf(sealingKey), wrapped, binding('data-key', keyId, sealingKey.id));
  if (octets === undefined) return undefined;
  try {
    return octets.length === dataKeyOctets ? createSecretKey(octets) : undefined;
  } finally {
    octets.fill(0);
  }
}

function handleOf({ key }: OpenSealingKey): KeyObject {
  if (key instanceof KeyObject) return key;
  throw new AppError('internal', 'a sealing key that this vault did not open');
}
