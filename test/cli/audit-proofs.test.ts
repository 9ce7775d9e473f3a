import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vectorBytes } from '../domain/reading/vectors.ts';
import { newDesk } from './support/command-line.ts';

interface Answer {
  readonly id: unknown;
  readonly exit: number;
  readonly result?: { readonly valid: boolean; readonly findings: readonly unknown[] };
  readonly error?: { readonly code: string };
}

/** The answers to many requests in one process. */
async function ask(requests: readonly object[]): Promise<Answer[]> {
  const { exit, stdout } = await newDesk().runWith(requests.map((request) => JSON.stringify(request)).join('\n'), '--jsonl');
  expect(exit).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

interface Vector {
  readonly name: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
}

const vectors = <T>(kind: string): (T & Vector)[] =>
  JSON.parse(Buffer.from(vectorBytes(`transparency-dev/${kind}.json`)).toString()) as (T & Vector)[];
const inclusions = vectors<{ leafIdx: number; treeSize: number; root: string; leafHash: string }>('inclusion');
const consistencies = vectors<{ size1: number; size2: number; root1: string; root2: string }>('consistency');

const inclusionRequests = inclusions.map(({ name, leafIdx, treeSize, root, leafHash, proof }) => {
  const hashes = { leafHash, path: proof, rootHash: root };
  return { id: name, command: 'audit verify-inclusion', index: leafIdx, treeSize, ...hashes };
});
const consistencyRequests = consistencies.map(({ name, size1, size2, root1, root2, proof }) => {
  return { id: name, command: 'audit verify-consistency', size1, root1, size2, root2, path: proof };
});

/** One request for each octet of each hash, with one bit of that octet changed. */
function mutated<T extends { readonly path: readonly string[] | null }>(request: T, names: readonly (keyof T)[]): T[] {
  const flips = (text: string): string[] => {
    const octets = Buffer.from(text, 'base64');
    return Array.from(octets, (octet, at) => Buffer.from(octets.with(at, octet ^ (1 << (at % 8)))).toString('base64'));
  };
  const inPath = (request.path ?? []).flatMap((hash, at) =>
    flips(hash).map((other) => ({ ...request, path: request.path?.with(at, other) })),
  );
  return [...names.flatMap((name) => flips(String(request[name])).map((other) => ({ ...request, [name]: other }))), ...inPath] as T[];
}

describe('keyward audit verify-inclusion and verify-consistency', () => {
  it.each([
    ['verify-inclusion', inclusionRequests, inclusions],
    ['verify-consistency', consistencyRequests, consistencies],
  ])('%s says what transparency-dev says of its 98 proofs', async (_, requests, expected) => {
    const answers = await ask(requests);
    const holds = answers.filter(({ exit }) => exit === 0).map(({ id }) => id);
    expect(holds).toEqual(expected.filter(({ wantErr }) => !wantErr).map(({ name }) => name));
    expect(holds).toHaveLength(6);
    const refusals = answers.filter(({ exit }) => exit !== 0).map(({ exit, result, error }) => [exit, result?.valid ?? error?.code]);
    expect(refusals.filter(([exit, why]) => !(exit === 1 ? why === false : exit === 2 && why === 'input.invalid'))).toEqual([]);
  });

  it('refuse every good proof with one bit changed in any octet of any hash, and with a hash more or less', async () => {
    const good = inclusionRequests.filter((_, at) => inclusions[at]?.wantErr === false);
    const goodConsistencies = consistencyRequests.filter(({ root1 }, at) => consistencies[at]?.wantErr === false && root1.length === 44);
    const requests = [
      ...good.flatMap((request) => mutated(request, ['leafHash', 'rootHash'])),
      ...good.map((request) => ({ ...request, path: [...(request.path ?? []), request.leafHash] })),
      ...good.filter(({ path }) => path !== null && path.length > 0).map((request) => ({ ...request, path: request.path?.slice(1) })),
      ...goodConsistencies.flatMap((request) => mutated(request, ['root1', 'root2'])),
      ...goodConsistencies.map((request) => ({ ...request, path: [...(request.path ?? []), request.root1] })),
    ];
    const answers = await ask(requests);
    expect(answers.length).toBeGreaterThan(1200);
    expect(answers.filter(({ exit }) => exit !== 1)).toEqual([]);
  });

  it('answer 2 for what is no proof', async () => {
    const [good] = inclusionRequests.slice(-1);
    const wrong = [
      { index: -1 },
      { index: 1.5 },
      { treeSize: 2 ** 53 },
      { leafHash: '*' },
      { leafHash: 'QQ' },
      { rootHash: null },
      { path: 'QUJD' },
    ];
    const answers = await ask(wrong.map((change) => ({ ...good, ...change })));
    expect(answers.map(({ exit, error }) => [exit, error?.code])).toEqual(wrong.map(() => [2, 'input.invalid']));
  });

  it('take a proof from a file with other members, and from stdin', async () => {
    const desk = newDesk();
    const proof = JSON.stringify({ ...inclusionRequests.at(-1), ...inclusionRequests.find(({ id }) => id === '2/happy-path'), note: null });
    expect(await desk.json('audit', 'verify-inclusion', desk.put('proof', proof))).toEqual({ valid: true, findings: [] });
    expect((await desk.run('audit', 'verify-inclusion', desk.put('proof', '{"leafHash":3}'), '--json')).exit).toBe(2);
    expect((await desk.run('audit', 'verify-inclusion', desk.put('proof', 'leaf'), '--json')).exit).toBe(2);
    const program = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));
    const run = (input: string) =>
      spawnSync(process.execPath, [program, 'audit', 'verify-inclusion', '--json'], { input, encoding: 'utf8' });
    expect(run(proof)).toMatchObject({ status: 0, stdout: '{"valid":true,"findings":[]}\n' });
    expect(run(proof.replace('"index":5', '"index":4'))).toMatchObject({ status: 1 });
  });

  it('leave stdin to the lines', async () => {
    const answers = await ask([
      { id: 1, command: 'audit verify-inclusion' },
      { id: 2, command: 'audit verify-note', file: '-', vkey: 'x' },
    ]);
    expect(answers.map(({ exit }) => exit)).toEqual([2, 2]);
  });
});

describe('keyward audit verify-note', () => {
  const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const enoch = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const byPeter = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
  const byEnoch = '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
  const forged = byPeter.replace('x08go/ZJ', 'x08go/ZK');
  const note = `${text}\n${byPeter}`;
  const inLine = (content: string | Uint8Array, vkey: string | string[]) => {
    const command = 'audit verify-note';
    return { id: 0, command, file: { base64: Buffer.from(content).toString('base64') }, vkey };
  };

  it('names the known signers and gives the text, whoever else has signed', async () => {
    const desk = newDesk();
    const file = desk.put('note', `${text}\n${byEnoch}${byPeter}`);
    const signers = [{ name: 'PeterNeumann', keyId: 'c74f20a3' }];
    expect(await desk.json('audit', 'verify-note', file, '--vkey', peter)).toEqual({ valid: true, signers, text, findings: [] });
    expect(await desk.json('audit', 'verify-note', file, '--vkey', peter, '--vkey', enoch)).toMatchObject({
      valid: true,
      signers: [{}, {}],
    });
  });

  it('answers 1 where no known key signed, and where a known one signed wrongly beside a good one', async () => {
    const answers = await ask([
      inLine(note, enoch),
      inLine(`${text}\n${forged}`, peter),
      inLine(`${text}\n${byEnoch}${forged}`, [enoch, peter]),
    ]);
    expect(answers.map(({ exit, result }) => [exit, result?.valid, result?.findings])).toEqual([
      [1, false, [expect.objectContaining({ code: 'note.unknown-signers' })]],
      [1, false, [expect.objectContaining({ code: 'note.wrong-signature' })]],
      [1, false, [expect.objectContaining({ code: 'note.wrong-signature' })]],
    ]);
  });

  it('answers 2 for a mangled key, the id of another key, and another algorithm', async () => {
    const keys = [
      '',
      'PeterNeumann',
      peter.slice(0, -1),
      `${peter}=`,
      peter.replace('c74f20a3', 'c74f20a4'),
      peter.replace('c74f20a3', 'C74F20A3'),
      peter.replace('+ARpc', '+ARpd'),
      peter.replace('PeterNeumann', 'Peter Neumann'),
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
      'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    ];
    const answers = await ask(keys.map((key) => inLine(note, key)));
    expect(answers.map(({ exit, error }) => [exit, error?.code])).toEqual(keys.map(() => [2, 'input.invalid']));
  });

  it('never holds with any octet changed, cut off or doubled', async () => {
    const octets = Buffer.from(note);
    const changed = [...octets].flatMap((octet, at) => [
      octets.with(at, octet ^ 1),
      octets.with(at, octet ^ 0x80),
      octets.subarray(0, at),
      Buffer.concat([octets.subarray(0, at), octets.subarray(at + 1)]),
      Buffer.concat([octets.subarray(0, at + 1), octets.subarray(at)]),
    ]);
    const answers = await ask(changed.map((each) => inLine(each, peter)));
    expect(answers).toHaveLength(octets.length * 5);
    expect(answers.filter(({ exit }) => exit !== 1 && exit !== 2)).toEqual([]);
  });
});
