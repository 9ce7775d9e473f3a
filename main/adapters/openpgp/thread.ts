import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { OpenPgp } from '../../ports/openpgp.ts';
import { movable, type OpenPgpAct, type OpenPgpActs, type OpenPgpAnswer, type OpenPgpRequest } from './thread-protocol.ts';

/**
 * OpenPGP in a thread that is started for one act and ends with it: a password takes half a second of plain work, and what
 * the library leaves behind ends with the thread's memory. `entry` is the worker's module.
 */
export function createOpenPgpThreads(entry: URL): OpenPgp {
  return {
    generate: (order) => ask(entry, { act: 'generate', given: order }, []),
    armorCertificate: (certificate) => ask(entry, { act: 'armor', given: { certificate } }, []),
    verify: (order) => ask(entry, { act: 'verify', given: order }, []),
    decrypt: async (order) => {
      const [key, password] = [movable(order.key), movable(order.password ?? new Uint8Array())];
      const given = { ...order, key, password: order.password && password };
      return ask(entry, { act: 'decrypt', given }, [key.buffer, ...(order.password ? [password.buffer] : [])]);
    },
    unlocks: (key, password) => {
      const given = { key: movable(key), password: movable(password) };
      return ask(entry, { act: 'unlocks', given }, [given.key.buffer, given.password.buffer]);
    },
    protect: async ({ certificate, isChance, ...secrets }, password) => {
      const [subkey, moved] = [movable(secrets.subkey), movable(password)];
      const primaryKey = secrets.primaryKey && movable(secrets.primaryKey);
      const given = { secrets: { certificate, primaryKey, subkey, isChance }, password: moved };
      return ask(entry, { act: 'protect', given }, [subkey.buffer, moved.buffer, ...(primaryKey === undefined ? [] : [primaryKey.buffer])]);
    },
  };
}

function ask<A extends OpenPgpAct>(
  entry: URL,
  request: Extract<OpenPgpRequest, { readonly act: A }>,
  moved: readonly ArrayBuffer[],
): Promise<OpenPgpActs[A]['made']> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { stdin: false });
    worker.once('message', (answer: OpenPgpAnswer<A>) => {
      if (answer.ok) resolve(answer.made);
      else reject(new AppError(answer.error.code, answer.error.message, answer.error.details));
    });
    worker.once('error', () => reject(lost()));
    worker.once('exit', () => reject(lost()));
    worker.postMessage(request, moved);
  });
}

const lost = (): AppError => new AppError('internal', 'The thread that works on OpenPGP keys has ended; nothing was made.');
