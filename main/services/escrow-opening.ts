import type { Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { parseSheet, type EscrowSheet } from '../domain/vault/escrow-sheet.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { EscrowRequestRecord, EscrowWay, SheetsRecord, ShareRecord } from '../ports/stores/escrow.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { CompartmentRecord } from '../ports/stores/vault.ts';
import type { OpenCompartment, UnlockedOperator, Vault } from '../ports/vault.ts';
import { findSheets, officersOf } from './escrow-dealing.ts';
import { vouchedOperators, withOpenParts } from './operator-roster.ts';
import type { Session } from './open-session.ts';

export interface EscrowOpeningParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** What somebody has to open the escrow with, beside their own keys. */
export interface EscrowMeans {
  /** An approved request of theirs, with another officer's share in it. */
  readonly request?: EscrowRequestRecord | undefined;
  readonly sheets?: Secret | undefined;
  readonly alone: boolean;
}

/** The escrow, open; the caller's to wipe. */
export interface OpenedEscrow {
  readonly open: OpenCompartment;
  readonly way: EscrowWay;
}

/**
 * Opens the escrow: alone with the whole key, with sheets, or with the own share and one that was lent for this request.
 * @throws AppError escrow.not-whole, escrow.not-approved, escrow.no-share, escrow.share-damaged, escrow.too-few-sheets, input.invalid
 */
export async function openEscrow({ read, vault }: EscrowOpeningParts, session: Session, means: EscrowMeans): Promise<OpenedEscrow> {
  const stores = read();
  const record = await escrowRecord(stores);
  if (means.alone) return { open: await openAlone(stores, session.unlocked, record), way: 'alone' };
  if (means.sheets !== undefined)
    return {
      open: await withSheets(stores, vault, means.sheets, (sheets, shares) => openOnPaper(vault, record, sheets, shares)),
      way: 'sheets',
    };
  if (means.request?.state !== 'approved') throw new AppError('escrow.not-approved', 'No other officer has approved this yet.');
  return { open: await openTogether(stores, vault, session.unlocked, record, means.request), way: 'officers' };
}

export async function escrowRecord(stores: ReadStores): Promise<CompartmentRecord> {
  const record = (await stores.vault.compartments()).find(({ compartment }) => compartment === 'escrow');
  if (record === undefined) throw new AppError('store.corrupt', 'A part of the vault is missing.', { what: 'escrow' });
  return record;
}

/** Whether somebody has a whole copy of the key. */
export const hasWhole = async (stores: ReadStores, operatorId: string): Promise<boolean> =>
  (await stores.vault.grants(operatorId)).some(({ compartment }) => compartment === 'escrow');

export async function openAlone(stores: ReadStores, operator: UnlockedOperator, record: CompartmentRecord): Promise<OpenCompartment> {
  const grant = (await stores.vault.grants(operator.operatorId)).find(({ compartment }) => compartment === 'escrow');
  if (grant === undefined) throw new AppError('escrow.not-whole', 'Nobody opens the escrow alone here.');
  return operator.openCompartment(record, grant);
}

/** The own share as it is kept. @throws AppError escrow.no-share */
export async function ownShare(stores: ReadStores, operatorId: string): Promise<ShareRecord> {
  const share = (await stores.escrow.shares()).find((one) => one.operatorId === operatorId);
  if (share === undefined) throw new AppError('escrow.no-share', 'You have no share of the escrow yet.');
  return share;
}

async function openTogether(
  stores: ReadStores,
  vault: Vault,
  operator: UnlockedOperator,
  record: CompartmentRecord,
  { id, enc, ciphertext }: EscrowRequestRecord,
): Promise<OpenCompartment> {
  if (enc === null || ciphertext === null) throw new AppError('escrow.not-approved', 'The lent share is gone.');
  const own = await operator.openShare('escrow', await ownShare(stores, operator.operatorId));
  const lent = await operator.openLoan({ enc, ciphertext }, id);
  try {
    return await vault.openShared(record, [own, lent]);
  } finally {
    own.fill(0);
    lent.fill(0);
  }
}

/** @throws AppError escrow.too-few-sheets, escrow.share-damaged, input.invalid with `group` */
export async function withSheets<T>(
  stores: ReadStores,
  vault: Vault,
  typed: Secret,
  use: (sheets: SheetsRecord, shares: readonly EscrowSheet[]) => Promise<T>,
): Promise<T> {
  const printed = await findSheets(stores);
  if (printed === null) throw new AppError('not-found', 'No sheets were printed.', { what: 'sheets' });
  const read: EscrowSheet[] = [];
  try {
    for (const line of linesOf(typed.reveal())) read.push(parseSheet(line));
    const distinct = [...new Map(read.map((sheet) => [sheet.number, sheet])).values()];
    const wrong = distinct.find(({ set, number, share }) => set !== printed.id || !vault.isPrinted(printed, number, share));
    if (wrong !== undefined)
      throw new AppError('escrow.share-damaged', 'A sheet is damaged or of another set.', { share: `sheet ${wrong.number}` });
    return await use(printed, distinct);
  } finally {
    for (const { share } of read) share.fill(0);
  }
}

async function openOnPaper(
  vault: Vault,
  record: CompartmentRecord,
  sheets: SheetsRecord,
  given: readonly EscrowSheet[],
): Promise<OpenCompartment> {
  if (given.length < sheets.threshold)
    throw new AppError('escrow.too-few-sheets', 'More sheets are needed.', { given: given.length, needed: sheets.threshold });
  return vault.openWithSheets(
    record,
    sheets,
    given.map(({ share }) => share),
  );
}

/** Views on the octets, one for each line that is not empty. */
function linesOf(octets: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < octets.length;) {
    const end = octets.indexOf(0x0a, from);
    const line = octets.subarray(from, end < 0 ? octets.length : end);
    if (line.some((octet) => octet > 0x20)) lines.push(line);
    from = end < 0 ? octets.length : end + 1;
  }
  return lines;
}

/**
 * The officers who are here, each with what stands behind their record: nobody is handed a share by writing into the database.
 * @throws AppError integrity.operator-changed
 */
export const vouchedOfficers = async (stores: ReadStores, operator: UnlockedOperator): Promise<readonly OperatorRecord[]> =>
  withOpenParts(
    stores,
    operator,
    () => false,
    async (open) => officersOf(await vouchedOperators(stores, open, operator)),
  );
