import { parentPort, workerData } from 'node:worker_threads';
import { openCheckpointer } from '../adapters/databases/sqlite-checkpoints.ts';

/** The thread that moves the write-ahead log into the database while others write. */
const checkpoint = openCheckpointer(String(workerData));

parentPort?.on('message', () => {
  checkpoint();
  parentPort?.postMessage('done');
});
