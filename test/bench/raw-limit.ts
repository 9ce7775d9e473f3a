import { generateKeyPair, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/**
 * What node:crypto alone reaches on all cores: a key pair, its two halves exported, one signature by the issuer. No
 * certificate is encoded, nothing is sealed, written or logged.
 */
export interface RawOrder {
  readonly subject: 'p256' | 'rsa-3072';
  readonly issuer: 'p256' | 'p384' | 'rsa-4096';
  readonly seconds: number;
}

const curves = { p256: 'prime256v1', p384: 'secp384r1' } as const;
const digests = { p256: 'sha256', p384: 'sha384', 'rsa-4096': 'sha256' } as const;
const toBeSigned = Buffer.alloc(600, 0x5a);

/** Certificates a second, all cores together. */
async function rawLimit(order: RawOrder): Promise<number> {
  if (order.subject !== 'p256') return rawOnPool(order);
  const threads = Array.from({ length: availableParallelism() }, () => new Worker(new URL(import.meta.url), { workerData: order }));
  const counts = await Promise.all(threads.map((thread) => new Promise<number>((resolve) => thread.once('message', resolve))));
  return counts.reduce((sum, count) => sum + count, 0) / order.seconds;
}

function issuerKey(issuer: RawOrder['issuer']): KeyObject {
  if (issuer === 'rsa-4096') return generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey;
  return generateKeyPairSync('ec', { namedCurve: curves[issuer] }).privateKey;
}

function rawInline({ issuer, seconds }: RawOrder): number {
  const key = issuerKey(issuer);
  const end = performance.now() + seconds * 1000;
  let count = 0;
  for (; performance.now() < end; count++) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    privateKey.export({ format: 'der', type: 'pkcs8' });
    publicKey.export({ format: 'der', type: 'spki' });
    sign(digests[issuer], toBeSigned, key);
  }
  return count;
}

const generate = promisify(generateKeyPair);
const signOnPool = promisify(sign);

async function rawOnPool({ issuer, seconds }: RawOrder): Promise<number> {
  const key = issuerKey(issuer);
  const begin = performance.now();
  let count = 0;
  const work = async () => {
    while (performance.now() - begin < seconds * 1000) {
      const encodings = {
        publicKeyEncoding: { format: 'der', type: 'spki' },
        privateKeyEncoding: { format: 'der', type: 'pkcs8' },
      } as const;
      await generate('rsa', { modulusLength: 3072, ...encodings });
      await signOnPool(digests[issuer], toBeSigned, key);
      count++;
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work));
  return count / ((performance.now() - begin) / 1000);
}

/** A thread of it answers with its count, the process with the sum to the bench that started it. */
if (isMainThread) process.once('message', (order: RawOrder) => void rawLimit(order).then((perSecond) => process.send?.(perSecond)));
else parentPort?.postMessage(rawInline(workerData as RawOrder));
