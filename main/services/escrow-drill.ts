import type { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { escrowRecord, hasWhole, openAlone, withSheets, type EscrowOpeningParts } from './escrow-opening.ts';
import { damaged } from './escrow-request.ts';
import type { Commit } from './handler.ts';
import type { Session } from './open-session.ts';

interface Drilled {
  readonly shares: readonly string[];
  readonly sheets: readonly number[];
  readonly isOpened: boolean;
}

/**
 * Proves that what would open the escrow does, and shows nothing: everybody's share is kept as it was written, the own one opens, and so
 * do the sheets that are given, together where there are enough. @throws AppError escrow.share-damaged with the name of the share
 */
export async function drill(
  { read, vault }: EscrowOpeningParts,
  { sheets: typed }: { readonly sheets?: Secret | undefined },
  { operator, unlocked }: Session,
): Promise<Commit<Drilled>> {
  const stores = read();
  const shares = await provenShares({ stores, vault }, operator, unlocked);
  const record = await escrowRecord(stores);
  if (await hasWhole(stores, operator.id)) (await openAlone(stores, unlocked, record).catch(damaged(operator.name))).wipe();
  const sheets: number[] = [];
  let isOpened = false;
  if (typed !== undefined)
    await withSheets(stores, vault, typed, async (printed, given) => {
      sheets.push(...given.map(({ number }) => number));
      if (given.length < printed.threshold) return;
      const taken = given.map(({ share }) => share);
      (await vault.openWithSheets(record, printed, taken).catch(damaged(`sheets ${sheets.join(', ')}`))).wipe();
      isOpened = true;
    });
  return async () => ({ value: { shares, sheets, isOpened }, subject: { shares: shares.length, sheets: sheets.length, isOpened } });
}

/** Names of whose shares are good as far as it can be seen. */
async function provenShares(
  { stores, vault }: { readonly stores: ReadStores; readonly vault: EscrowOpeningParts['vault'] },
  operator: { readonly id: string },
  unlocked: UnlockedOperator,
): Promise<string[]> {
  const names = new Map((await stores.operators.list()).map(({ id, name }) => [id, name]));
  const proven: string[] = [];
  for (const share of await stores.escrow.shares()) {
    const name = names.get(share.operatorId) ?? share.operatorId;
    if (!vault.isIntact(share)) throw new AppError('escrow.share-damaged', 'A share was damaged where it is kept.', { share: name });
    if (share.operatorId === operator.id) (await unlocked.openShare('escrow', share).catch(damaged(name))).fill(0);
    proven.push(name);
  }
  return proven;
}
