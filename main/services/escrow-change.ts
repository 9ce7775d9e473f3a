import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { CompartmentRestart, SealedKeyRecord, SealingKeyRecord } from '../ports/stores/vault.ts';
import type { OpenCompartment, OpenSealingKey, Vault } from '../ports/vault.ts';
import { dealEscrow, findSheets, keepsWhole, officersOf, writeDeal, type Entitled, type EscrowDeal } from './escrow-dealing.ts';
import type { OpenVault } from './operator-roster.ts';
import { readPolicies } from './policies.ts';

/** What another list of operators means for the escrow. */
export interface EscrowChange {
  readonly deal?: EscrowDeal;
  readonly restart?: CompartmentRestart;
  /** Whose share goes. */
  readonly gone: readonly string[];
}

/**
 * Whoever has the whole key shares it anew among the officers there are then. Where it exists in shares only, nobody shares it alone: a
 * new officer has none until two of them, or one with the sheets, share it anew; whoever is an officer no more loses theirs. Where too few
 * would be left to open it, and there are no sheets, it begins again, with all that the other parts of the vault open.
 * @throws AppError escrow.would-lose when it alone opens something; store.corrupt
 */
export async function prepareEscrow(
  parts: { readonly vault: Vault; readonly stores: ReadStores },
  open: OpenVault,
  before: readonly Entitled[],
  after: readonly Entitled[],
): Promise<EscrowChange> {
  const { stores } = parts;
  const [had, have] = [officersOf(before), officersOf(after)];
  const whole = open.get('escrow');
  if (whole !== undefined) {
    const { breakGlass } = await readPolicies(stores);
    const isSame = had.length === have.length && had.every(({ id }) => have.some((one) => one.id === id));
    return isSame && keepsWhole(have, breakGlass) ? { gone: [] } : { deal: await dealEscrow(stores, whole, have), gone: [] };
  }
  const holders = (await stores.escrow.shares()).map(({ operatorId }) => operatorId);
  const gone = holders.filter((id) => !have.some((officer) => officer.id === id));
  const isShort = gone.length > 0 && holders.length - gone.length < 2 && (await findSheets(stores)) === null;
  return isShort ? { gone, restart: await restartEscrow(parts, open, have) } : { gone };
}

/** Writes it within a unit. @throws AppError stale */
export async function writeEscrow(stores: Stores, { deal, restart, gone }: EscrowChange): Promise<void> {
  if (deal !== undefined) await writeDeal(stores, deal);
  if (restart !== undefined) await stores.vault.restartCompartment(restart);
  if (gone.length > 0) await stores.escrow.removeShares(restart === undefined ? gone : (await stores.escrow.shares()).map(holderOf));
}

const holderOf = ({ operatorId }: { readonly operatorId: string }): string => operatorId;

async function restartEscrow(
  { vault, stores }: { readonly vault: Vault; readonly stores: ReadStores },
  open: OpenVault,
  officers: readonly Entitled[],
): Promise<CompartmentRestart> {
  const before = (await stores.vault.compartments()).find(({ compartment }) => compartment === 'escrow');
  const fresh = (await vault.createCompartments()).filter((one) => one.record.compartment === 'escrow' || one.wipe());
  const [next] = fresh;
  if (before === undefined || next === undefined)
    throw new AppError('store.corrupt', 'A part of the vault is missing.', { what: 'escrow' });
  try {
    const sealingKey = await vault.createSealingKey(next.record);
    const { sealedFor: _, ...record } = sealingKey.record;
    return {
      compartment: 'escrow',
      before: before.publicKey,
      after: next.record.publicKey,
      sealingKeys: [record],
      grants: await Promise.all(officers.map((officer) => next.grantTo(officer))),
      sealedKeys: await wrapAgain({ vault, stores }, open, sealingKey.open),
    };
  } finally {
    next.wipe();
  }
}

/** What was sealed for the escrow, without those wraps and with a new one. @throws AppError escrow.would-lose */
async function wrapAgain(
  { vault, stores }: { readonly vault: Vault; readonly stores: ReadStores },
  open: OpenVault,
  also: OpenSealingKey,
): Promise<SealedKeyRecord[]> {
  const old = new Set((await stores.vault.sealingKeys('escrow')).map(({ id }) => id));
  const records = (await stores.vault.sealedFor('escrow')).map((record) => ({
    ...record,
    wraps: record.wraps.filter(({ sealingKeyId }) => !old.has(sealingKeyId)),
  }));
  const lost = records.filter(({ wraps }) => wraps.length === 0).length;
  if (lost > 0) throw new AppError('escrow.would-lose', 'Too few officers would be left to open the escrow.', { count: lost });
  const opened = new Map<string, OpenSealingKey>();
  return Promise.all(records.map(async (record) => vault.wrapAlso(record, await firstOpened(stores, open, record, opened), also)));
}

async function firstOpened(
  stores: ReadStores,
  open: OpenVault,
  { wraps, keyId }: SealedKeyRecord,
  opened: Map<string, OpenSealingKey>,
): Promise<OpenSealingKey> {
  for (const { sealingKeyId } of wraps) {
    const record = await stores.vault.sealingKey(sealingKeyId);
    const under = record && (opened.get(sealingKeyId) ?? (await openWith(open.get(record.compartment), record)));
    if (under === undefined) continue;
    opened.set(sealingKeyId, under);
    return under;
  }
  throw new AppError('store.corrupt', 'A sealed key has no part of the vault that opens it.', { what: 'sealed key', id: keyId });
}

const openWith = async (part: OpenCompartment | undefined, record: SealingKeyRecord): Promise<OpenSealingKey | undefined> =>
  part?.openSealingKey(record);
