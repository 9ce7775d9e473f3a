import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { AppError, type ErrorCode } from '../../main/domain/errors.ts';
import type { Compartment } from '../../main/domain/vault/compartment.ts';
import type { OpenCompartment, SealedOperator } from '../../main/ports/vault.ts';
import type { OpeningRecord } from '../../main/ports/stores/operators.ts';

/** The least Argon2 allows: these tests are about records, not about cost. */
export const cheapVault = createVault({ memoryKiB: 8, passes: 1, lanes: 1 });

export const octets = (text: string): Buffer => Buffer.from(text, 'utf8');

export async function openCompartmentNamed(name: Compartment): Promise<OpenCompartment> {
  const all = await cheapVault.createCompartments();
  return present(all.find(({ record }) => record.compartment === name));
}

export async function newOperator(id: string, passphrase = 'a passphrase of many words') {
  const created = await cheapVault.createOperator(id, octets(passphrase));
  const sealedBy = (method: OpeningRecord['method']): SealedOperator => ({
    operator: { id, publicKey: created.unlocked.publicKey },
    opening: present(created.openings.find((opening) => opening.method === method)),
  });
  return { ...created, byPassphrase: sealedBy('passphrase'), byRecoveryCode: sealedBy('recovery-code') };
}

export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a value');
  return value;
}

/** The same octets with one bit of the one at `index` (from the end when negative) turned. */
export function flipped(value: Uint8Array, index: number): Uint8Array {
  const copy = Uint8Array.from(value);
  const at = index < 0 ? copy.length + index : index;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** The AppError an act is refused with; anything else, and no refusal, fails the test. */
export async function refusal(act: () => unknown): Promise<AppError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

export const refusalCode = async (act: () => unknown): Promise<ErrorCode> => (await refusal(act)).code;
