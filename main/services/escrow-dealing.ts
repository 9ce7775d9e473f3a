import { opensCompartment } from '../domain/access/compartment-access.ts';
import { base64Decode, base64Encode } from '../domain/encoding/base64.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { SheetsRecord, ShareRecord } from '../ports/stores/escrow.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { CompartmentRotation } from '../ports/stores/vault.ts';
import type { OpenCompartment } from '../ports/vault.ts';
import { readPolicies } from './policies.ts';

export type Entitled = Pick<OperatorRecord, 'id' | 'role' | 'publicKey'>;

/** The escrow under another key pair, for these officers; made and not yet written. */
export interface EscrowDeal {
  readonly rotation: CompartmentRotation;
  readonly shares: readonly ShareRecord[];
  readonly sheets: SheetsRecord | null;
}

/** Administrators and security officers: with a second one, or with sheets, they open the escrow. */
export const officersOf = <T extends Pick<OperatorRecord, 'role'>>(operators: readonly T[]): readonly T[] =>
  operators.filter(({ role }) => opensCompartment(role, 'escrow'));

/** Whether each officer has the whole key: there is only one, or the policy is to be ready for an emergency. */
export const keepsWhole = (officers: readonly unknown[], breakGlass: boolean): boolean => officers.length < 2 || breakGlass;

/**
 * Another key pair for the escrow, which is open: what somebody kept of the old one, or of its shares, opens nothing of what is in the
 * database from then on. Its private half goes out in shares, any two of which open it, and sealed to the sheets; whole only where
 * `keepsWhole` says so.
 */
export async function dealEscrow(
  stores: ReadStores,
  open: OpenCompartment,
  officers: readonly Entitled[],
  freshSheets?: (next: OpenCompartment) => Promise<SheetsRecord>,
): Promise<EscrowDeal> {
  const { breakGlass } = await readPolicies(stores);
  const printed = await findSheets(stores);
  const { compartment: next, sealingKeys } = await open.rotate(await stores.vault.sealingKeys('escrow'));
  try {
    const grants = keepsWhole(officers, breakGlass) ? await Promise.all(officers.map((officer) => next.grantTo(officer))) : [];
    return {
      rotation: { compartment: 'escrow', before: open.record.publicKey, after: next.record.publicKey, sealingKeys, grants },
      shares: officers.length < 2 ? [] : await next.shareAmong(officers),
      sheets: freshSheets === undefined ? printed && (await next.sealForSheets(printed)) : await freshSheets(next),
    };
  } finally {
    next.wipe();
  }
}

/** Writes it within a unit. @throws AppError stale when the escrow has another key pair, or something was sealed for it, meanwhile */
export async function writeDeal(stores: Stores, { rotation, shares, sheets }: EscrowDeal): Promise<void> {
  await stores.vault.rotateCompartment(rotation);
  await stores.escrow.replaceShares(shares);
  if (sheets !== null) await stores.settings.put('escrow-sheets', writeSheets(sheets));
}

/** The sheets that are printed now. @throws AppError store.corrupt */
export async function findSheets(stores: ReadStores): Promise<SheetsRecord | null> {
  const text = await stores.settings.get('escrow-sheets');
  if (text === undefined) return null;
  const { publicKey, enc, ciphertext, ...plain } = JSON.parse(text) as Omit<SheetsRecord, 'publicKey' | 'enc' | 'ciphertext'> &
    StoredOctets;
  return { ...plain, publicKey: octets(publicKey), enc: octets(enc), ciphertext: octets(ciphertext) };
}

interface StoredOctets {
  readonly publicKey: string;
  readonly enc: string;
  readonly ciphertext: string;
}

const writeSheets = ({ publicKey, enc, ciphertext, ...plain }: SheetsRecord): string =>
  JSON.stringify({ ...plain, publicKey: base64Encode(publicKey), enc: base64Encode(enc), ciphertext: base64Encode(ciphertext) });

function octets(text: string): Uint8Array {
  const decoded = base64Decode(text);
  if (decoded === undefined) throw new AppError('store.corrupt', 'What the sheets open cannot be read.', { what: 'sheets' });
  return decoded;
}
