import { onTestFinished } from 'vitest';
import { runWitness, type Witness } from './witness-process.ts';

export type { Witness } from './witness-process.ts';

/** A witness for as long as the test runs. */
export async function startWitness(logKey: string, name?: string): Promise<Witness> {
  const witness = await runWitness(logKey, name);
  onTestFinished(witness.stop);
  return witness;
}
