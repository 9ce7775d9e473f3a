import { createRequire } from 'node:module';
import type { AsyncEntry } from '@napi-rs/keyring';
import { AppError } from '../../main/domain/errors.ts';

/** A device key: what a workspace is unlocked with while nobody is signed in. */
const deviceKeyOctets = 32;

/**
 * Device keys in the keychain of the person's desktop session: Keychain on macOS, Credential Manager on Windows, Secret
 * Service on Linux. There is no second place: without such a service every call fails, and nothing is ever kept where
 * the next restart would lose it. Trust: any program of the same session can read what is unlocked.
 *
 * Every call throws AppError unsupported when there is no keychain, it is locked, or the person refused.
 */
export interface DeviceKeychain {
  /** The key, owned by the caller to wipe, or undefined when there is none. @throws AppError store.corrupt for another length */
  get(keyId: string): Promise<Buffer | undefined>;
  /** Puts 32 octets in place of what was there. They stay the caller's to wipe. */
  set(keyId: string, key: Uint8Array): Promise<void>;
  /** Whether there was one. */
  delete(keyId: string): Promise<boolean>;
}

/** The keychain, with entries under `service`. @throws AppError unsupported when the addon is missing on this platform */
export function openDeviceKeychain(service: string): DeviceKeychain {
  const { AsyncEntry: Entry } = loadAddon();
  const entry = (keyId: string): AsyncEntry => new Entry(service, keyId, { linux: { store: 'secret-service' } });
  return {
    get: (keyId) => reach(async () => deviceKey(keyId, await entry(keyId).getSecret())),
    set: async (keyId, key) => {
      if (key.length !== deviceKeyOctets) throw new AppError('internal', 'a device key of the wrong length');
      await reach(() => entry(keyId).setSecret(key));
    },
    delete: (keyId) => reach(() => entry(keyId).deleteCredential()),
  };
}

function loadAddon(): { readonly AsyncEntry: typeof AsyncEntry } {
  try {
    return createRequire(import.meta.url)('@napi-rs/keyring') as { readonly AsyncEntry: typeof AsyncEntry };
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** The addon gives every failure the same code, so there is nothing finer to tell. */
async function reach<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw cause instanceof AppError ? cause : unavailable(cause);
  }
}

const unavailable = (cause: unknown): AppError =>
  new AppError('unsupported', 'The keychain of this computer cannot be used.', { what: 'keychain' }, { cause });

function deviceKey(keyId: string, octets: number[] | null): Buffer | undefined {
  if (octets === null) return undefined;
  const key = Buffer.from(octets);
  octets.fill(0);
  if (key.length === deviceKeyOctets) return key;
  key.fill(0);
  throw new AppError('store.corrupt', 'The keychain holds something else under the name of a device key.', {
    what: 'device key',
    id: keyId,
  });
}
