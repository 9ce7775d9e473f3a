import type { DeviceStatus } from '../contract/device.ts';
import { AppError } from '../domain/errors.ts';
import type { DeviceKeychain } from '../ports/device-keychain.ts';
import type { ReadStores } from '../ports/database.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import type { OcspParts } from './ocsp.ts';
import { findDevice, type DeviceRecord } from './device-record.ts';

export interface DeviceOpeningParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly keychain: DeviceKeychain;
}

export interface DeviceParts extends OcspParts {
  readonly keychain: DeviceKeychain;
  readonly origin: { readonly machine: string };
}

/**
 * The key pair of the computer that goes on alone, with what its keychain holds; the caller's to wipe.
 * @throws AppError device.not-enabled, device.keychain-unusable, device.keychain-emptied, device.keychain-replaced
 */
export async function openDevice(parts: DeviceOpeningParts): Promise<UnlockedOperator> {
  const device = await findDevice(parts.read());
  if (device === undefined) throw new AppError('device.not-enabled', 'No computer goes on alone here.');
  return openWith(parts, device);
}

async function openWith({ vault, keychain }: DeviceOpeningParts, device: DeviceRecord): Promise<UnlockedOperator> {
  const secret = await keychain.get(device.id).catch(translate);
  if (secret === undefined)
    throw new AppError('device.keychain-emptied', 'The keychain has nothing for this practice.', { machine: device.machine });
  const { id, publicKey, parameters, sealed } = device;
  try {
    const opening = { operatorId: id, method: 'card', parameters, sealed } as const;
    return await vault.unlockWithSecret({ operator: { id, publicKey }, opening }, secret, publicKey);
  } catch (cause) {
    throw new AppError('device.keychain-replaced', 'What the keychain holds opens nothing.', {}, { cause });
  } finally {
    secret.fill(0);
  }
}

/** Something else under its name was put there by somebody. */
function translate(cause: unknown): never {
  const isOther = cause instanceof AppError && cause.code === 'store.corrupt';
  const code = isOther ? 'device.keychain-replaced' : 'device.keychain-unusable';
  throw new AppError(code, 'The keychain of this computer cannot be used.', {}, { cause });
}

const states = {
  'device.keychain-unusable': 'unusable',
  'device.keychain-emptied': 'emptied',
  'device.keychain-replaced': 'replaced',
} as const satisfies Readonly<Record<string, DeviceStatus['state']>>;

const isState = (code: string): code is keyof typeof states => Object.hasOwn(states, code);

/** How it stands with the computer's keychain. */
export async function stateOf(parts: DeviceOpeningParts, device: DeviceRecord): Promise<DeviceStatus['state']> {
  try {
    (await openWith(parts, device)).wipe();
    return 'ready';
  } catch (error) {
    if (error instanceof AppError && isState(error.code)) return states[error.code];
    throw error;
  }
}
