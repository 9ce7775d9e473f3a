import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { dealEscrow, keepsWhole, officersOf, writeDeal, type EscrowDeal } from './escrow-dealing.ts';
import { escrowRecord, hasWhole, openAlone, vouchedOfficers } from './escrow-opening.ts';
import { presentOperators } from './operator-roster.ts';
import { readPolicies } from './policies.ts';

/**
 * Whoever signs in with a whole copy of the escrow's key, where nobody is to have one, shares it: so does a workspace from before there
 * were shares, and one whose policy was to be ready for an emergency. A record that somebody wrote keeps it whole until it is clear: the
 * next change of an operator names it.
 */
export async function prepareSplit(
  stores: ReadStores,
  operator: OperatorRecord,
  unlocked: UnlockedOperator,
): Promise<EscrowDeal | undefined> {
  if (!(await hasWhole(stores, operator.id))) return undefined;
  const { breakGlass } = await readPolicies(stores);
  if (keepsWhole(officersOf(await presentOperators(stores)), breakGlass)) return undefined;
  const open = await openAlone(stores, unlocked, await escrowRecord(stores));
  try {
    return await dealEscrow(stores, open, await vouchedOfficers(stores, unlocked));
  } catch (error) {
    if (error instanceof AppError && error.code === 'integrity.operator-changed') return undefined;
    throw error;
  } finally {
    open.wipe();
  }
}

/** Writes it within a unit. Who left before is from now on in the escrow only, as who leaves after. @throws AppError stale */
export async function recordSplit(stores: Stores, deal: EscrowDeal): Promise<void> {
  await writeDeal(stores, deal);
  await stores.vault.leaveToEscrow('left');
}
