import { describe, expect, it } from 'vitest';
import { vectorDer } from '../domain/reading/vectors.ts';
import { newDesk, type Run } from './support/command-line.ts';

const codeOf = ({ stdout }: Run): string => (JSON.parse(stdout) as { error: { code: string } }).error.code;

describe('keyward key check', () => {
  const key = vectorDer('rfc9216/carlos-s-signing-private-key-material.key');
  const rsa = vectorDer('rfc9216/alice-s-signing-private-key-material.key');

  it('answers 0 for a key that fits, 2 with the offset for half a key, and the same by lines', async () => {
    const desk = newDesk();
    expect(await desk.json('key', 'check', desk.put('key', key))).toEqual({ algorithm: 'ed25519', consistent: true, faults: [] });
    const half = await desk.run('key', 'check', desk.put('half', rsa.subarray(0, 200)), '--json');
    expect([half.exit, codeOf(half)]).toEqual([2, 'input.malformed-der']);
    expect(half.stdout).toContain('"offset":1');
    const line = { id: 7, command: 'key check', file: { base64: Buffer.from(key).toString('base64') } };
    const lines = await desk.runWith(`${JSON.stringify(line)}\n`, '--jsonl');
    expect(JSON.parse(lines.stdout)).toEqual({ id: 7, exit: 0, result: { algorithm: 'ed25519', consistent: true, faults: [] } });
  });

  it('answers 1 for a key in which one bit is wrong, and never shows the key', async () => {
    const desk = newDesk();
    const changed = Uint8Array.from(rsa);
    changed[800] = (changed[800] ?? 0) ^ 1;
    const run = await desk.run('key', 'check', desk.put('key', changed), '--json');
    expect(run.exit).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ algorithm: 'rsa-2048', consistent: false });
    expect(run.stdout.length).toBeLessThan(200);
  });
});
