import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { translating } from './sqlite-errors.ts';

/** What moves the pages of the write-ahead log into the database, once they are many. */
export interface Checkpoints {
  /** To be called after each unit. Never fails: what was committed is committed. */
  afterUnit(): void;
  close(): Promise<void>;
}

/** SQLite's own way, within the commit that makes the log long. */
export const checkpointsInCommit: Checkpoints = { afterUnit: () => undefined, close: () => Promise.resolve() };

/** A log of this many octets says that much is being written: SQLite keeps it shorter in daily work. */
const longLog = 4 * 2 ** 20;
/** Milliseconds between two checkpoints: pages that change with every unit are written once for many of them. */
const pause = 250;
/** Pages after which the commit does it all the same, so that the log stays short when the thread cannot keep up. */
const pagesInCommit = { alone: 1000, besideThread: 4000 } as const;

/**
 * A thread with a connection of its own for the database at `path`, begun when much is written for the first time: a
 * checkpoint waits for the disk, and the loop of a commit would wait with it. Only commits make anything durable, so a
 * thread that fails loses nothing: commits then do its work again. `entry` is the thread's module.
 */
export function checkpointsBeside(writer: DatabaseSync, path: string, entry: URL): Checkpoints {
  let thread: Worker | undefined;
  let isFailed = false;
  let restsUntil = 0;
  const setPagesInCommit = (pages: number) => translating(() => writer.exec(`pragma wal_autocheckpoint = ${pages}`));
  const fail = () => {
    isFailed = true;
    if (thread !== undefined && writer.isOpen) setPagesInCommit(pagesInCommit.alone);
  };
  const start = (): Worker => {
    const worker = new Worker(entry, { workerData: path, stdin: false, resourceLimits: { maxYoungGenerationSizeMb: 1 } });
    worker.on('message', () => (restsUntil = performance.now() + pause));
    worker.once('error', fail);
    worker.unref();
    setPagesInCommit(pagesInCommit.besideThread);
    return worker;
  };
  const ask = () => {
    if (isFailed || performance.now() < restsUntil || (thread === undefined && logSize(path) < longLog)) return;
    restsUntil = Infinity;
    thread ??= start();
    thread.postMessage('checkpoint');
  };
  return {
    afterUnit() {
      try {
        ask();
      } catch {
        fail();
      }
    },
    async close() {
      await thread?.terminate();
    },
  };
}

const logSize = (path: string): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/** What the thread does: a passive checkpoint, which neither waits for readers and the writer nor holds them up. */
export function openCheckpointer(path: string): () => void {
  const database = new DatabaseSync(path, { timeout: 0 });
  database.exec('pragma synchronous = full');
  const statement = database.prepare('pragma wal_checkpoint(passive)');
  return () => void statement.get();
}
