import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';

/** A witness as the workspace remembers it. */
export interface WitnessRecord {
  readonly name: string;
  readonly url: string;
  readonly vkey: string;
  /** What it cosigned last: it is asked for what came after. */
  readonly cosigned: { readonly size: number; readonly time: string } | null;
  readonly failure: { readonly since: string; readonly error: ErrorCode } | null;
}

export async function readWitnesses({ settings }: Pick<ReadStores, 'settings'>): Promise<readonly WitnessRecord[]> {
  const text = await settings.get('witnesses');
  return text === undefined ? [] : (JSON.parse(text) as readonly WitnessRecord[]);
}

export const writeWitnesses = ({ settings }: Stores, witnesses: readonly WitnessRecord[]): Promise<void> =>
  settings.put('witnesses', JSON.stringify(witnesses));

/** @throws AppError not-found */
export async function requireWitness(stores: Pick<ReadStores, 'settings'>, name: string): Promise<WitnessRecord> {
  const witness = (await readWitnesses(stores)).find((one) => one.name === name);
  if (witness === undefined) throw new AppError('not-found', 'There is no witness of this name.', { what: 'witness', id: name });
  return witness;
}

/** Changes one of them in a unit; one that was removed meanwhile stays removed. */
export async function changeWitness(stores: Stores, name: string, change: Partial<WitnessRecord>): Promise<void> {
  const witnesses = await readWitnesses(stores);
  await writeWitnesses(
    stores,
    witnesses.map((witness) => (witness.name === name ? { ...witness, ...change } : witness)),
  );
}
