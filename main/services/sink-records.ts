import type { SinkTarget } from '../domain/audit-formats/sink-target.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';

/** Since when a sink has not worked. */
export interface SinkFailure {
  readonly since: string;
  readonly error: ErrorCode;
  readonly tries: number;
  readonly nextTry: string;
}

/** A sink as the workspace remembers it. Its queue is the log itself: `next` is the first entry that it has not taken. */
export interface SinkRecord {
  readonly name: string;
  readonly target: SinkTarget;
  readonly next: number;
  readonly deliveredAt: string | null;
  readonly failure: SinkFailure | null;
}

export async function readSinks({ settings }: Pick<ReadStores, 'settings'>): Promise<readonly SinkRecord[]> {
  const text = await settings.get('audit-sinks');
  return text === undefined ? [] : (JSON.parse(text) as readonly SinkRecord[]);
}

export const writeSinks = ({ settings }: Stores, sinks: readonly SinkRecord[]): Promise<void> =>
  settings.put('audit-sinks', JSON.stringify(sinks));

export async function findSink(stores: Pick<ReadStores, 'settings'>, name: string): Promise<SinkRecord | undefined> {
  return (await readSinks(stores)).find((sink) => sink.name === name);
}

/** @throws AppError not-found */
export async function requireSink(stores: Pick<ReadStores, 'settings'>, name: string): Promise<SinkRecord> {
  const sink = await findSink(stores, name);
  if (sink === undefined) throw new AppError('not-found', 'There is no sink of this name.', { what: 'sink', id: name });
  return sink;
}

/** Changes one of them in a unit; one that was removed meanwhile stays removed. */
export async function changeSink(stores: Stores, name: string, change: Partial<SinkRecord>): Promise<void> {
  await writeSinks(
    stores,
    (await readSinks(stores)).map((sink) => (sink.name === name ? { ...sink, ...change } : sink)),
  );
}
