import { createHmac, createSecretKey, hkdfSync, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { hexEncode } from '../../../domain/encoding/hex.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Compartment } from '../../../domain/vault/compartment.ts';
import type { CompartmentRecord, GrantRecord, SealingKeyRecord, VoucherRecord } from '../../../ports/stores/vault.ts';
import type { NewSealingKey, OpenCompartment, OpenSealingKey, VouchedOperator } from '../../../ports/vault.ts';
import { binding } from './binding.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { sealForSheets, makeSheets, shareAmong } from './shares.ts';
import { SecretHalf } from './secret-half.ts';
import { generateKeyPair, isPair, type KeyPair } from './x25519.ts';

const sealingKeyOctets = 32;

export function createCompartment(compartment: Compartment): OpenCompartment {
  const pair = generateKeyPair();
  return openCompartmentWith({ compartment, publicKey: pair.publicKey }, pair);
}

/**
 * Opens a compartment for the operator it was granted to.
 * @throws AppError store.corrupt when the grant is another's, was altered, or is not for this compartment's public half.
 */
export async function openGrant(
  record: CompartmentRecord,
  grant: GrantRecord,
  operatorId: string,
  operator: KeyPair,
): Promise<OpenCompartment> {
  const privateKey = await hpkeOpen(operator, grant, binding('grant', record.compartment, operatorId));
  if (privateKey === undefined || !isPair(privateKey, record.publicKey)) throw corrupt('grant', record.compartment);
  return openCompartmentWith(record, { publicKey: Buffer.from(record.publicKey), privateKey });
}

export function openCompartmentWith(record: CompartmentRecord, pair: KeyPair): OpenCompartment {
  const half = new SecretHalf(pair);
  return {
    record,
    grantTo: async (operator) => sealGrant(record.compartment, half.pair, operator),
    shareAmong: async (operators) => shareAmong(record.compartment, half.pair, operators),
    makeSheets: async (sheets) => makeSheets(record.compartment, half.pair, sheets),
    sealForSheets: async (sheets) => ({ ...sheets, ...(await sealForSheets(record.compartment, half.pair, sheets)) }),
    openSealingKey: async (sealingKey) => openSealingKey(record.compartment, half.pair, sealingKey),
    rotate: async (sealingKeys) => rotate(record.compartment, half.pair, sealingKeys),
    vouch: (operator) => ({ operatorId: operator.id, compartment: record.compartment, code: voucherCode(half.pair, operator) }),
    isVouched: (operator, voucher) => isVouched(record.compartment, half.pair, operator, voucher),
    wipe: () => half.wipe(),
  };
}

async function sealGrant(compartment: Compartment, pair: KeyPair, operator: { id: string; publicKey: Uint8Array }): Promise<GrantRecord> {
  const sealed = await hpkeSeal(operator.publicKey, pair.privateKey, binding('grant', compartment, operator.id));
  return { compartment, operatorId: operator.id, ...sealed };
}

/** A random 256-bit key for one batch or session, sealed once for its compartment. */
export async function createSealingKey({ compartment, publicKey }: CompartmentRecord): Promise<NewSealingKey> {
  const id = randomUUID();
  const octets = randomBytes(sealingKeyOctets);
  try {
    const sealed = await hpkeSeal(publicKey, octets, binding('sealing-key', compartment, id));
    return { record: { id, compartment, ...sealed, sealedFor: publicKey }, open: { id, compartment, key: createSecretKey(octets) } };
  } finally {
    octets.fill(0);
  }
}

async function openSealingKey(compartment: Compartment, pair: KeyPair, record: SealingKeyRecord): Promise<OpenSealingKey> {
  const octets = await sealingKeyIn(compartment, pair, record);
  try {
    return { id: record.id, compartment, key: createSecretKey(octets) };
  } finally {
    octets.fill(0);
  }
}

/** The octets, the caller's to wipe. @throws AppError store.corrupt */
async function sealingKeyIn(compartment: Compartment, pair: KeyPair, { id, enc, ciphertext }: SealingKeyRecord): Promise<Buffer> {
  const octets = await hpkeOpen(pair, { enc, ciphertext }, binding('sealing-key', compartment, id));
  if (octets?.length !== sealingKeyOctets) throw corrupt('sealing key', id);
  return octets;
}

async function rotate(
  compartment: Compartment,
  pair: KeyPair,
  sealingKeys: readonly SealingKeyRecord[],
): Promise<{ compartment: OpenCompartment; sealingKeys: SealingKeyRecord[] }> {
  const next = createCompartment(compartment);
  try {
    const wrapped: SealingKeyRecord[] = [];
    for (const record of sealingKeys) wrapped.push(await wrapAgain(next.record, pair, record));
    return { compartment: next, sealingKeys: wrapped };
  } catch (error) {
    next.wipe();
    throw error;
  }
}

async function wrapAgain(
  { compartment, publicKey }: CompartmentRecord,
  pair: KeyPair,
  record: SealingKeyRecord,
): Promise<SealingKeyRecord> {
  const octets = await sealingKeyIn(compartment, pair, record);
  try {
    return { id: record.id, compartment, ...(await hpkeSeal(publicKey, octets, binding('sealing-key', compartment, record.id))) };
  } finally {
    octets.fill(0);
  }
}

/** HMAC-SHA-256 under a key of its own purpose, derived from the compartment's private half (HKDF, RFC 5869). */
function voucherCode({ privateKey }: KeyPair, { id, role, publicKey }: VouchedOperator): Buffer {
  const key = Buffer.from(hkdfSync('sha256', privateKey, '', 'keyward-vault-1 voucher', 32));
  try {
    return createHmac('sha256', key)
      .update(binding('voucher', id, role, hexEncode(publicKey)))
      .digest();
  } finally {
    key.fill(0);
  }
}

function isVouched(compartment: Compartment, pair: KeyPair, operator: VouchedOperator, voucher: VoucherRecord): boolean {
  const code = voucherCode(pair, operator);
  return (
    voucher.compartment === compartment &&
    voucher.operatorId === operator.id &&
    voucher.code.length === code.length &&
    timingSafeEqual(code, voucher.code)
  );
}

const corrupt = (what: string, id: string): AppError => new AppError('store.corrupt', `A ${what} was altered or exchanged.`, { what, id });
