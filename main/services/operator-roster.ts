import { opensCompartment } from '../domain/access/compartment-access.ts';
import { isSameOctets } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import type { Compartment } from '../domain/vault/compartment.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { OpenCompartment, UnlockedOperator } from '../ports/vault.ts';

/** Who can sign in here, by name. */
export const presentOperators = async (stores: ReadStores): Promise<readonly OperatorRecord[]> =>
  (await stores.operators.list()).filter(({ removedAt }) => removedAt === null);

/**
 * Whoever was found before a unit began is still there within it, as who they were then.
 * @throws AppError session.sign-in-failed when they were removed or got another role meanwhile
 */
export async function requirePresent({ operators }: ReadStores, operator: OperatorRecord): Promise<void> {
  const now = await operators.find(operator.id);
  if (now?.role !== operator.role || now.removedAt !== null) throw new AppError('session.sign-in-failed', 'The sign-in failed.');
}

/** Every part of the vault that somebody opens, open; the escrow only where they have the whole key. */
export type OpenVault = ReadonlyMap<Compartment, OpenCompartment>;

/**
 * Opens the whole vault, as only administrators can, for `use`; everything is wiped afterwards.
 * @throws AppError session.not-permitted for who does not open every part but the escrow, store.corrupt
 */
export const withOpenVault = async <T>(stores: ReadStores, operator: UnlockedOperator, use: (vault: OpenVault) => Promise<T>): Promise<T> =>
  withOpenParts(stores, operator, (compartment) => compartment !== 'escrow', use);

/**
 * Opens what somebody can open, for `use`; everything is wiped afterwards.
 * @throws AppError session.not-permitted for who does not open what is needed, store.corrupt
 */
export async function withOpenParts<T>(
  stores: ReadStores,
  operator: UnlockedOperator,
  isNeeded: (compartment: Compartment) => boolean,
  use: (vault: OpenVault) => Promise<T>,
): Promise<T> {
  const grants = await stores.vault.grants(operator.operatorId);
  const open = new Map<Compartment, OpenCompartment>();
  try {
    for (const record of await stores.vault.compartments()) {
      const grant = grants.find(({ compartment }) => compartment === record.compartment);
      if (grant === undefined && !isNeeded(record.compartment)) continue;
      if (grant === undefined)
        throw new AppError('session.not-permitted', 'Your keys do not open this part of the vault.', { compartment: record.compartment });
      open.set(record.compartment, await operator.openCompartment(record, grant));
    }
    return await use(open);
  } finally {
    for (const compartment of open.values()) compartment.wipe();
  }
}

/**
 * Who is here, each with an id, role and public half that every open part of the vault but the escrow vouches for: whoever can write the
 * database but opens only some parts, or none, is granted nothing by it. The one who asks is known by their own key pair.
 * @throws AppError integrity.operator-changed naming whose record was written by somebody else
 */
export async function vouchedOperators(stores: ReadStores, vault: OpenVault, asking: UnlockedOperator): Promise<readonly OperatorRecord[]> {
  const operators = await presentOperators(stores);
  for (const operator of operators) {
    const isVouched = operator.id === asking.operatorId ? isOwn(operator, asking) : await isVouchedByAll(stores, vault, operator);
    if (!isVouched)
      throw new AppError('integrity.operator-changed', 'The record of an operator was changed outside Keyward.', {
        operator: operator.name,
      });
  }
  return operators;
}

const isOwn = ({ publicKey, role }: OperatorRecord, asking: UnlockedOperator): boolean =>
  opensCompartment(role, 'escrow') && isSameOctets(publicKey, asking.publicKey);

async function isVouchedByAll(stores: ReadStores, vault: OpenVault, operator: OperatorRecord): Promise<boolean> {
  const vouchers = await stores.vault.vouchers(operator.id);
  const vouching = [...vault.values()].filter(({ record }) => record.compartment !== 'escrow');
  return vouching.every((compartment) => {
    const voucher = vouchers.find((candidate) => candidate.compartment === compartment.record.compartment);
    return voucher !== undefined && compartment.isVouched(operator, voucher);
  });
}
