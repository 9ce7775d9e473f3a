import { opensCompartment } from '../domain/access/compartment-access.ts';
import { isSameOctets } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { CompartmentRotation, GrantRecord, VoucherRecord } from '../ports/stores/vault.ts';
import type { OpenCompartment, UnlockedOperator, Vault } from '../ports/vault.ts';
import { asVouched, findDevice, putDevice, voucherOf, type DeviceRecord } from './device-record.ts';
import { prepareEscrow, writeEscrow, type EscrowChange } from './escrow-change.ts';
import type { Entitled } from './escrow-dealing.ts';
import { presentOperators, vouchedOperators, withOpenVault, type OpenVault } from './operator-roster.ts';

/** What another list of operators means for the vault, made and not yet written. */
export interface AccessChange {
  /** Who was there when it was made. */
  readonly before: readonly OperatorRecord[];
  readonly rotations: readonly CompartmentRotation[];
  readonly grants: readonly GrantRecord[];
  readonly vouchers: readonly VoucherRecord[];
  readonly escrow: EscrowChange;
  /** The computer that goes on alone, with another grant; null where it is to open nothing any more; undefined where nothing changes for it. */
  readonly device?: DeviceRecord | null | undefined;
}

/**
 * Makes what gives every operator exactly the parts of the vault that their role opens. A part that somebody opened and is to open no
 * more gets another key pair: everything wrapped for the old one is wrapped for the new, and granted anew to those who remain.
 * The escrow, which no operator opens alone where there are two officers, goes its own way.
 * @throws AppError session.not-permitted for who does not open every other part; integrity.operator-changed; escrow.would-lose;
 * store.corrupt; whatever `change` throws
 */
export async function prepareAccess(
  { read, vault: keyStore }: { readonly read: () => ReadStores; readonly vault: Vault },
  asking: UnlockedOperator,
  change: (before: readonly OperatorRecord[]) => readonly Entitled[],
  device: 'stays' | 'goes' = 'stays',
): Promise<AccessChange> {
  const stores = read();
  return withOpenVault(stores, asking, async (vault) => {
    const before = await vouchedOperators(stores, vault, asking);
    const after = change(before);
    const parts: PartChange[] = [];
    try {
      for (const open of vault.values())
        if (open.record.compartment !== 'escrow') parts.push(await changePart(stores, open, before, after, device));
      return {
        before,
        rotations: parts.flatMap(({ rotation }) => rotation ?? []),
        grants: parts.flatMap(({ grants }) => grants),
        device: device === 'goes' ? null : await grantAgain(stores, vault, parts),
        escrow: await prepareEscrow({ vault: keyStore, stores }, vault, before, after),
        vouchers: after.flatMap((operator) => parts.map(({ open }) => open.vouch(operator))),
      };
    } finally {
      for (const { open } of parts) open.wipe();
    }
  });
}

interface PartChange {
  /** As it is from now on. */
  readonly open: OpenCompartment;
  readonly rotation?: CompartmentRotation;
  readonly grants: readonly GrantRecord[];
}

async function changePart(
  stores: ReadStores,
  open: OpenCompartment,
  before: readonly Entitled[],
  after: readonly Entitled[],
  device: 'stays' | 'goes',
): Promise<PartChange> {
  const { compartment, publicKey } = open.record;
  const [had, have] = [before, after].map((operators) => operators.filter(({ role }) => opensCompartment(role, compartment)));
  const newcomers = have?.filter(({ id }) => !had?.some((one) => one.id === id)) ?? [];
  const isAsBefore =
    had?.every(({ id }) => have?.some((one) => one.id === id)) === true && !(device === 'goes' && compartment === 'unattended');
  if (isAsBefore) return { open, grants: await grantTo(open, newcomers) };
  const next = await open.rotate(await stores.vault.sealingKeys(compartment));
  const grants = await grantTo(next.compartment, have ?? []);
  const rotation = { compartment, before: publicKey, after: next.compartment.record.publicKey, sealingKeys: next.sealingKeys, grants };
  return { open: next.compartment, rotation, grants: [] };
}

/** The computer opens the part that was locked anew, if it is the one that was vouched for; else nothing any more. */
async function grantAgain(stores: ReadStores, vault: OpenVault, parts: readonly PartChange[]): Promise<DeviceRecord | null | undefined> {
  const device = await findDevice(stores);
  const part = parts.find(({ open, rotation }) => open.record.compartment === 'unattended' && rotation !== undefined);
  if (device === undefined || part === undefined) return undefined;
  if (vault.get('unattended')?.isVouched(asVouched(device), voucherOf(device)) !== true) return null;
  const { enc, ciphertext } = await part.open.grantTo(device);
  return { ...device, grant: { enc, ciphertext }, voucher: part.open.vouch(asVouched(device)).code };
}

const grantTo = async (open: OpenCompartment, operators: readonly Entitled[]): Promise<readonly GrantRecord[]> =>
  Promise.all(operators.map((operator) => open.grantTo(operator)));

/**
 * Writes it within a unit: all of it or nothing, so that no moment leaves the vault half locked.
 * @throws AppError stale when operators, or what is wrapped for a part that is locked anew, changed meanwhile
 */
export async function writeAccess(stores: Stores, { before, rotations, grants, vouchers, escrow, device }: AccessChange): Promise<void> {
  const now = await presentOperators(stores);
  if (now.length !== before.length || !now.every((operator) => before.some((one) => isSame(one, operator))))
    throw new AppError('stale', 'The operators have changed meanwhile.', { what: 'operators' });
  for (const rotation of rotations) await stores.vault.rotateCompartment(rotation);
  await writeEscrow(stores, escrow);
  await stores.vault.insertGrants(grants);
  await stores.vault.putVouchers(vouchers);
  if (device !== undefined) await putDevice(stores, device);
}

const isSame = (one: OperatorRecord, other: OperatorRecord): boolean =>
  one.id === other.id && one.role === other.role && isSameOctets(one.publicKey, other.publicKey);
