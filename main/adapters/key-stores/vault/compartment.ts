import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import type { Compartment } from '../../../domain/vault/compartment.ts';
import type { CompartmentRecord, GrantRecord, SealingKeyRecord } from '../../../ports/stores/vault.ts';
import type { NewSealingKey, OpenCompartment, OpenSealingKey } from '../../../ports/vault.ts';
import { binding } from './binding.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
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

function openCompartmentWith(record: CompartmentRecord, pair: KeyPair): OpenCompartment {
  const half = new SecretHalf(pair);
  return {
    record,
    grantTo: async (operator) => sealGrant(record.compartment, half.pair, operator),
    openSealingKey: async (sealingKey) => openSealingKey(record.compartment, half.pair, sealingKey),
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
    return { record: { id, compartment, ...sealed }, open: { id, compartment, key: createSecretKey(octets) } };
  } finally {
    octets.fill(0);
  }
}

async function openSealingKey(compartment: Compartment, pair: KeyPair, { id, ...sealed }: SealingKeyRecord): Promise<OpenSealingKey> {
  const octets = await hpkeOpen(pair, sealed, binding('sealing-key', compartment, id));
  if (octets?.length !== sealingKeyOctets) throw corrupt('sealing key', id);
  try {
    return { id, compartment, key: createSecretKey(octets) };
  } finally {
    octets.fill(0);
  }
}

const corrupt = (what: string, id: string): AppError => new AppError('store.corrupt', `A ${what} was altered or exchanged.`, { what, id });
