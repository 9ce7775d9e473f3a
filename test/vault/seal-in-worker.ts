import { parentPort } from 'node:worker_threads';
import { sealPrivateKey } from '../../main/adapters/key-stores/vault/seal.ts';
import type { SealRequest } from '../../main/ports/vault.ts';

/** A worker thread that seals what it is sent, as the issuing worker does. */
parentPort?.once('message', (request: SealRequest) => parentPort?.postMessage(sealPrivateKey(request)));
