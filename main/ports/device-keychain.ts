/**
 * The operating system's keychain, in the desktop session of whoever runs this: 32 octets under an id. There is no second place: without
 * such a service, or while it is locked, every call fails. Trust: any program of the same session can read what is unlocked.
 */
export interface DeviceKeychain {
  /** The octets, the caller's to wipe; undefined when there are none. @throws AppError unsupported; store.corrupt for something else */
  get(id: string): Promise<Uint8Array | undefined>;
  /** In place of what was there. They stay the caller's to wipe. @throws AppError unsupported */
  set(id: string, octets: Uint8Array): Promise<void>;
  /** Whether there were any. @throws AppError unsupported */
  delete(id: string): Promise<boolean>;
}
