import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader, type LogReader } from '../adapters/databases/sqlite-log-reader.ts';
import type { VerifierAnswer, VerifierStart } from '../adapters/stretch-verifiers/protocol.ts';
import { verifyStretchOf } from '../adapters/stretch-verifiers/verify-stretch.ts';
import { sha256 } from '../adapters/primitives/sha256.ts';
import { verifyEd25519 } from '../adapters/primitives/verify-ed25519.ts';
import { createTreeHasher } from '../domain/audit/hash.ts';
import { parseVerifierKey } from '../domain/audit/signed-note.ts';
import { AppError } from '../domain/errors.ts';
import type { StretchOrder } from '../ports/stretch-verifier.ts';

/** A thread that recomputes parts of a log, one after another. */
const { directory, vkey } = workerData as VerifierStart;
const primitives = { hasher: createTreeHasher(sha256), verifyEd25519 };
let reader: LogReader | undefined;

parentPort?.on('message', (order: StretchOrder) => void answer(order).then((made) => parentPort?.postMessage(made)));

async function answer(order: StretchOrder): Promise<VerifierAnswer> {
  try {
    reader ??= openLogReader(directory);
    return { ok: true, made: await verifyStretchOf(reader, parseVerifierKey(vkey, sha256), order, primitives) };
  } catch (error) {
    const { code, message, details } = error instanceof AppError ? error : new AppError('internal', 'The log could not be verified.');
    return { ok: false, error: { code, message, details } };
  }
}
