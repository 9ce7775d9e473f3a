import type { DeviceKeychain } from '../../ports/device-keychain.ts';
import { openDeviceKeychain } from '../../../native/keychain/index.ts';

/** The keychain of the operating system. Nothing is loaded, and nobody is asked, before the first call. */
export const systemKeychain: DeviceKeychain = {
  get: async (id) => openDeviceKeychain(service).get(id),
  set: async (id, octets) => openDeviceKeychain(service).set(id, octets),
  delete: async (id) => openDeviceKeychain(service).delete(id),
};

const service = 'Keyward';
