import { base64Decode, base64Encode } from '../domain/encoding/base64.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { GrantRecord, VoucherRecord } from '../ports/stores/vault.ts';
import type { VouchedOperator } from '../ports/vault.ts';

/** The computer that goes on alone: its key pair, sealed under what its keychain holds, and what is granted to it. */
export interface DeviceRecord {
  readonly id: string;
  /** What the computer is called. */
  readonly machine: string;
  readonly publicKey: Uint8Array;
  /** How the private half is sealed. */
  readonly parameters: string;
  readonly sealed: Uint8Array;
  /** The private half of `unattended`, wrapped for it. */
  readonly grant: Pick<GrantRecord, 'enc' | 'ciphertext'>;
  /** Made by who opened `unattended`: without it, it is granted nothing again. */
  readonly voucher: Uint8Array;
  readonly enabledBy: string;
  readonly enabledAt: string;
}

/** What a voucher of it is about. No operator has this role. */
export const asVouched = ({ id, publicKey }: Pick<DeviceRecord, 'id' | 'publicKey'>): VouchedOperator => ({
  id,
  role: 'device',
  publicKey,
});

export const voucherOf = ({ id, voucher }: DeviceRecord): VoucherRecord => ({ operatorId: id, compartment: 'unattended', code: voucher });

/** @throws AppError store.corrupt */
export async function findDevice(stores: ReadStores): Promise<DeviceRecord | undefined> {
  const text = await stores.settings.get('device');
  const stored = text === undefined ? null : (JSON.parse(text) as StoredDevice | null);
  if (stored === null) return undefined;
  const { publicKey, sealed, enc, ciphertext, voucher, ...plain } = stored;
  const grant = { enc: octets(enc), ciphertext: octets(ciphertext) };
  return { ...plain, grant, publicKey: octets(publicKey), sealed: octets(sealed), voucher: octets(voucher) };
}

type StoredDevice = Pick<DeviceRecord, 'id' | 'machine' | 'parameters' | 'enabledBy' | 'enabledAt'> &
  Readonly<Record<'publicKey' | 'sealed' | 'enc' | 'ciphertext' | 'voucher', string>>;

export async function putDevice(stores: Stores, device: DeviceRecord | null): Promise<void> {
  await stores.settings.put('device', JSON.stringify(device === null ? null : stored(device)));
}

function stored({ publicKey, sealed, voucher, grant: { enc, ciphertext }, ...plain }: DeviceRecord): StoredDevice {
  const written = { publicKey: base64Encode(publicKey), sealed: base64Encode(sealed), voucher: base64Encode(voucher) };
  return { ...plain, ...written, enc: base64Encode(enc), ciphertext: base64Encode(ciphertext) };
}

function octets(text: string): Uint8Array {
  const decoded = base64Decode(text);
  if (decoded === undefined) throw new AppError('store.corrupt', 'What a computer opens cannot be read.', { what: 'device key' });
  return decoded;
}

/** What is granted to an operator, or to the computer of this id. */
export async function grantsOf(stores: ReadStores, id: string): Promise<readonly GrantRecord[]> {
  const device = await findDevice(stores);
  if (device?.id === id) return [{ compartment: 'unattended', operatorId: id, ...device.grant }];
  return stores.vault.grants(id);
}
