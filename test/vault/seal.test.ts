import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { SealedKeyRecord } from '../../main/ports/stores/vault.ts';
import type { OpenSealingKey } from '../../main/ports/vault.ts';
import { cheapVault as vault, flipped, openCompartmentNamed, present, refusalCode } from './support.ts';

const pkcs8 = Buffer.from('a private key in PKCS #8');

async function sealingKeys(): Promise<{ people: OpenSealingKey; escrow: OpenSealingKey; stranger: OpenSealingKey }> {
  const [people, escrow, stranger] = await Promise.all(
    (['people', 'escrow', 'people'] as const).map(async (name) => vault.createSealingKey((await openCompartmentNamed(name)).record)),
  );
  return { people: present(people).open, escrow: present(escrow).open, stranger: present(stranger).open };
}

test('a key sealed for people and escrow has one ciphertext and opens under either', async () => {
  const { people, escrow, stranger } = await sealingKeys();
  const record = vault.seal({ keyId: 'key-1', pkcs8, under: [people, escrow] });
  expect(record.wraps.map(({ sealingKeyId }) => sealingKeyId)).toEqual([people.id, escrow.id]);
  expect(Buffer.from(vault.open(record, people)).equals(pkcs8)).toBe(true);
  expect(Buffer.from(vault.open(record, escrow)).equals(pkcs8)).toBe(true);
  expect(await refusalCode(() => vault.open(record, stranger))).toBe('not-found');
  expect(await refusalCode(() => vault.open(record, { ...stranger, id: people.id }))).toBe('store.corrupt');
});

test('records that were exchanged do not open', async () => {
  const { people, escrow } = await sealingKeys();
  const first = vault.seal({ keyId: 'key-1', pkcs8, under: [people, escrow] });
  const second = vault.seal({ keyId: 'key-2', pkcs8, under: [people, escrow] });
  const [toPeople, toEscrow] = [present(first.wraps[0]), present(first.wraps[1])];
  const exchanged: readonly SealedKeyRecord[] = [
    { ...first, keyId: 'key-2' },
    { ...first, sealed: second.sealed },
    { ...first, wraps: second.wraps },
    { ...second, sealed: first.sealed, wraps: first.wraps },
    { ...first, wraps: [{ ...toPeople, wrapped: toEscrow.wrapped }] },
    { ...first, sealed: toPeople.wrapped },
  ];
  for (const record of exchanged) expect(await refusalCode(() => vault.open(record, people))).toBe('store.corrupt');
});

test('no altered octet goes unseen, and neither does a cut', async () => {
  const { people } = await sealingKeys();
  const record = vault.seal({ keyId: 'key-1', pkcs8, under: [people] });
  for (let index = 0; index < record.sealed.length; index++) {
    expect(await refusalCode(() => vault.open({ ...record, sealed: flipped(record.sealed, index) }, people))).toBe('store.corrupt');
  }
  for (const length of [0, 11, 12, 27, record.sealed.length - 1]) {
    expect(await refusalCode(() => vault.open({ ...record, sealed: record.sealed.subarray(0, length) }, people))).toBe('store.corrupt');
  }
});

test('sealing the same key twice repeats neither nonce nor data key, and leaves the key to its owner', async () => {
  const { people } = await sealingKeys();
  const records = Array.from({ length: 2000 }, () => vault.seal({ keyId: 'key-1', pkcs8, under: [people] }));
  const nonces = records.flatMap(({ sealed, wraps }) =>
    [sealed, ...wraps.map(({ wrapped }) => wrapped)].map((value) => Buffer.from(value.subarray(0, 12)).toString('hex')),
  );
  expect(new Set(nonces).size).toBe(4000);
  expect(new Set(records.map(({ sealed }) => Buffer.from(sealed.subarray(12, 28)).toString('hex'))).size).toBe(2000);
  expect(pkcs8.toString()).toBe('a private key in PKCS #8');
});

test('a key is never sealed for nobody', async () => {
  expect(await refusalCode(() => vault.seal({ keyId: 'key-1', pkcs8, under: [] }))).toBe('internal');
});

test('a worker thread seals with a sealing key it was sent', async () => {
  const { people } = await sealingKeys();
  const worker = new Worker(new URL('./seal-in-worker.ts', import.meta.url));
  try {
    worker.postMessage({ keyId: 'key-1', pkcs8: Uint8Array.from(pkcs8), under: [people] });
    const [record] = (await once(worker, 'message')) as [SealedKeyRecord];
    expect(Buffer.from(vault.open(record, people)).equals(pkcs8)).toBe(true);
  } finally {
    await worker.terminate();
  }
});
