import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { connectionOver } from '../../main/cli/connection.ts';
import { openTools } from '../../main/compose.ts';
import { FileContent } from '../../main/contract/secret.ts';
import { openCheckpoint, signCheckpoint } from '../../main/domain/audit/checkpoint.ts';
import { formatVerifierKey, noteKey, parseVerifierKey } from '../../main/domain/audit/signed-note.ts';
import { hasher, newSigner, sha256, verifyEd25519 } from '../domain/audit/primitives.ts';
import { deskWithPractice, newDesk, staff, type Desk } from './support/command-line.ts';

/** Somebody without Keyward: the script an auditor could write from README.txt. */
function byStranger(folder: string, ...vkey: readonly string[]): { readonly holds: boolean; readonly said: string } {
  const script = fileURLToPath(new URL('../auditor/verify_log.py', import.meta.url));
  const { status, stdout } = spawnSync('python3', [script, folder, ...vkey], { encoding: 'utf8' });
  return { holds: status === 0, said: stdout.trim() };
}

async function byKeyward(folder: string, ...more: readonly string[]): Promise<readonly [number, unknown]> {
  const { exit, stdout } = await newDesk().run('audit', 'verify-log', folder, ...more, '--json');
  const answer = JSON.parse(stdout) as { firstWrong?: unknown; error?: { code: string } };
  return [exit, answer.firstWrong ?? answer.error?.code];
}

const entriesFile = 'entries/000000000000.jsonl';

/** A practice with some entries, and its log saved. */
async function exportedLog(): Promise<{ desk: Desk; folder: string; entries: number; vkey: string }> {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  const folder = desk.path('log');
  const { entries, signedSize, key } = await desk.json<{ entries: number; signedSize: number; key: string }>(
    'audit',
    'export',
    '--out',
    folder,
  );
  expect(signedSize).toBe(entries);
  return { desk, folder, entries, vkey: key };
}

it('an exported log is found whole by Keyward without its workspace and by a stranger, and the export is in the log', async () => {
  const { desk, folder, entries, vkey } = await exportedLog();
  expect(readdirSync(folder).toSorted()).toEqual(['README.txt', 'checkpoint', 'entries', 'leaf-hashes', 'log-key']);
  expect(readFileSync(join(folder, 'log-key'), 'utf8')).toBe(`${vkey}\n`);
  expect(await newDesk().json('audit', 'verify-log', folder, '--vkey', vkey)).toEqual({
    holds: true,
    entries,
    checkpoints: 1,
    signedSize: entries,
    unsignedTail: 0,
    key: vkey,
    keyFrom: 'given',
  });
  expect(await newDesk().json('audit', 'verify-log', folder)).toMatchObject({ holds: true, keyFrom: 'bundle' });
  expect(byStranger(folder, vkey)).toEqual({ holds: true, said: `${entries} entries, ${entries} of them signed` });
  const log = await desk.json<{ entries: { action: string }[] }>('audit', 'list', '--limit', '5');
  expect(log.entries.map(({ action }) => action)).toContain('audit.export');
  expect((await desk.run('audit', 'export', '--out', folder, '--json')).exit).toBe(3);
  expect(await byKeyward(desk.path('nowhere'))).toEqual([3, 'not-found']);
});

it('an exported log that was changed is named at the first wrong entry, by Keyward and by the stranger', async () => {
  const { folder, entries, vkey } = await exportedLog();
  const read = (name: string) => readFileSync(join(folder, name));
  const lines = read(entriesFile).toString('utf8').split('\n').slice(0, -1);
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  const [hashes, note] = [read('leaf-hashes'), read('checkpoint').toString('utf8')];
  const rows = (changed: readonly string[]) => write(entriesFile, changed.map((line) => `${line}\n`).join(''));
  const rehash = (changed: readonly string[]) =>
    write('leaf-hashes', Buffer.from(changed.map((line) => hasher.leaf(line)).join(''), 'latin1'));
  const other = newSigner();
  const key = parseVerifierKey(vkey, sha256);
  const otherKey = noteKey(key.name, other.publicKey, sha256);
  const swapped = lines.with(2, lines[3] ?? '').with(3, lines[2] ?? '');
  const rewritten = lines.with(1, (lines[1] ?? '').replace('"success"', '"refused"'));
  const resigned = signCheckpoint(openCheckpoint(note, key, verifyEd25519), otherKey, other.sign);

  const cases: readonly [string, () => void, unknown][] = [
    ['one letter of an entry', () => rows(rewritten), { kind: 'leaf-changed', index: 1 }],
    ['two entries swapped', () => rows(swapped), { kind: 'leaf-changed', index: 2 }],
    ['an entry twice', () => rows([...lines.slice(0, 3), ...lines.slice(2)]), { kind: 'leaf-changed', index: 3 }],
    ['an entry left out', () => rows(lines.toSpliced(2, 1)), { kind: 'leaf-changed', index: 2 }],
    ['an entry put in', () => rows(lines.toSpliced(2, 0, lines[0] ?? '')), { kind: 'leaf-changed', index: 2 }],
    ['an entry put on', () => rows([...lines, lines[0] ?? '']), { kind: 'leaf-changed', index: entries }],
    ['the last entry cut off', () => rows(lines.slice(0, -1)), { kind: 'truncated', index: entries - 1, checkpoint: entries }],
    ['no entries', () => rmSync(join(folder, entriesFile)), { kind: 'truncated', index: 0, checkpoint: entries }],
    ['octets that are no text', () => write(entriesFile, read(entriesFile).with(9, 0xff)), { kind: 'leaf-changed', index: 0 }],
    ['a stored hash', () => write('leaf-hashes', hashes.with(33, (hashes[33] ?? 0) ^ 1)), { kind: 'leaf-hash-changed', index: 1 }],
    ['a hash too many', () => write('leaf-hashes', Buffer.concat([hashes, hashes.subarray(32)])), { kind: 'leaf-missing', index: entries }],
    [
      'an entry with its hash',
      () => (rows(rewritten), rehash(rewritten)),
      { kind: 'entries-rewritten', from: 0, to: entries - 1, checkpoint: entries },
    ],
    [
      'the size in the checkpoint',
      () => write('checkpoint', note.replace(`\n${entries}\n`, `\n${entries - 1}\n`)),
      { kind: 'checkpoint-signature', checkpoint: 0 },
    ],
    ['a checkpoint of another key', () => write('checkpoint', resigned), { kind: 'checkpoint-signature', checkpoint: 0 }],
    ['a checkpoint that is none', () => write('checkpoint', 'nothing'), { kind: 'checkpoint-malformed', checkpoint: 0 }],
    ['no checkpoint', () => rmSync(join(folder, 'checkpoint')), { kind: 'never-signed' }],
  ];
  for (const [what, change, firstWrong] of cases) {
    change();
    expect([what, ...(await byKeyward(folder, '--vkey', vkey))]).toEqual([what, 9, firstWrong]);
    expect([what, byStranger(folder, vkey).holds]).toEqual([what, false]);
    write(entriesFile, `${lines.join('\n')}\n`);
    write('leaf-hashes', hashes);
    write('checkpoint', note);
    expect([what, ...(await byKeyward(folder, '--vkey', vkey))]).toEqual([what, 0, undefined]);
  }
  // With its key swapped as well only the key that was known before shows it.
  write('checkpoint', resigned);
  write('log-key', `${formatVerifierKey(otherKey)}\n`);
  expect(await byKeyward(folder)).toEqual([0, undefined]);
  expect(await byKeyward(folder, '--vkey', vkey)).toEqual([9, { kind: 'checkpoint-signature', checkpoint: 0 }]);
  write('log-key', 'mangled');
  expect(await byKeyward(folder)).toEqual([2, 'input.invalid']);
  expect(await byKeyward(folder, '--vkey', `${vkey}x`)).toEqual([2, 'input.invalid']);
});

it('no octet of an exported log can be changed unseen', async () => {
  const { folder, vkey } = await exportedLog();
  const tools = connectionOver(await openTools()).client.tools;
  const names = { entries: entriesFile, leafHashes: 'leaf-hashes', checkpoint: 'checkpoint' } as const;
  const file = (name: keyof typeof names) => new FileContent(name, readFileSync(join(folder, names[name])));
  const whole = { entries: [file('entries')], leafHashes: file('leafHashes'), checkpoint: file('checkpoint'), vkey };
  expect(await tools.verifyExportedLog(whole)).toMatchObject({ holds: true });
  for (const name of ['entries', 'leafHashes', 'checkpoint'] as const) {
    const { bytes } = file(name);
    for (let at = 0; at < bytes.length; at++) {
      const changed = new FileContent(name, bytes.with(at, (bytes[at] ?? 0) ^ (1 << (at % 8))));
      const answer = await tools.verifyExportedLog({ ...whole, [name]: name === 'entries' ? [changed] : changed });
      expect([name, at, answer.holds]).toEqual([name, at, false]);
    }
  }
});
