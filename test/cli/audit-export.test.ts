import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectionOver } from '../../main/cli/connection.ts';
import { openTools } from '../../main/compose.ts';
import { FileContent } from '../../main/contract/secret.ts';
import { openCheckpoint, signCheckpoint } from '../../main/domain/audit/checkpoint.ts';
import { entryBundle } from '../../main/domain/audit/entry-bundle.ts';
import { formatVerifierKey, noteKey, parseVerifierKey } from '../../main/domain/audit/signed-note.ts';
import { hasher, newSigner, sha256, verifyEd25519 } from '../domain/audit/primitives.ts';
import { deskWithPractice, newDesk } from './support/command-line.ts';
import { byKeyward, byStranger, byVerifier, exportedLog } from './support/exported-log.ts';

const entriesFile = 'entries/000000000000.jsonl';

it('an exported log is found whole by Keyward without its workspace, by the program in it and by a stranger, and the export is in the log', async () => {
  const { desk, folder, entries, vkey } = await exportedLog();
  const leaves = `000.p/${entries}`;
  expect(readdirSync(folder).toSorted()).toEqual(['README.txt', 'checkpoint', 'entries', 'log-key', 'tile', 'verify_log.py']);
  const tiles = readdirSync(join(folder, 'tile'), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.p/'));
  expect(tiles.toSorted()).toEqual([`0/${leaves}`, `entries/${leaves}`]);
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
  expect(byStranger(folder, vkey)).toEqual({ holds: true, said: `${entries} entries` });
  expect(byVerifier(folder, '--key', vkey)).toEqual({
    holds: true,
    said: `The log holds: ${entries} entries, complete and in order, under one signed total.\nSigned by ${vkey}, the key you gave.`,
  });
  expect(byVerifier(folder)).toMatchObject({ holds: true, said: expect.stringContaining('compare it with the one you know') as string });
  const log = await desk.json<{ entries: { action: string; subject: unknown }[] }>('audit', 'list', '--limit', '9');
  expect(log.entries).toContainEqual(expect.objectContaining({ action: 'audit.export', subject: { part: 'whole' } }));
});

it('an export is written whole or not at all, and never into a folder that holds something', async () => {
  const desk = await deskWithPractice();
  const before = readdirSync(desk.directory);
  const refused = async (...args: readonly string[]) => {
    const { exit, stdout } = await desk.run('audit', 'export', ...args, '--json');
    return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
  };
  mkdirSync(desk.path('full'));
  desk.put('full/letter.txt', 'not a log');
  expect(await refused('--out', desk.path('full'))).toEqual([3, 'conflict']);
  expect(await refused('--out', desk.put('file', ''))).toEqual([3, 'conflict']);
  expect(await refused('--out', desk.path('new'), '--from', 'yesterday')).toEqual([2, 'input.invalid']);
  expect(readdirSync(desk.path('full'))).toEqual(['letter.txt']);
  expect(readdirSync(desk.directory).toSorted()).toEqual([...before, 'file', 'full'].toSorted());
  mkdirSync(desk.path('empty'));
  await desk.json('audit', 'export', '--out', desk.path('empty'));
  expect(readdirSync(desk.path('empty'))).toHaveLength(6);
  expect(await byKeyward(desk.path('nowhere'))).toEqual([3, 'not-found']);
});

it('chosen entries are exported with their proofs, which Keyward, the program in the folder and a stranger verify', async () => {
  const { desk, vkey } = await exportedLog();
  const folder = desk.path('chosen');
  const answer = await desk.json<{ entries: number; treeSize: number }>('audit', 'export', '--out', folder, '--search', 'import');
  expect(answer).toMatchObject({ entries: 1, key: vkey, unsignedTail: 0 });
  expect(readdirSync(folder).toSorted()).toEqual(['README.txt', 'checkpoint', 'log-key', 'selected', 'verify_log.py']);
  expect(await newDesk().json('audit', 'verify-log', folder, '--vkey', vkey)).toEqual({
    holds: true,
    entries: 1,
    treeSize: answer.treeSize,
    key: vkey,
    keyFrom: 'given',
  });
  expect(byStranger(folder, vkey)).toEqual({ holds: true, said: `1 of ${answer.treeSize} entries` });
  expect(byVerifier(folder, '--key', vkey).said).toContain(`1 chosen entries are in the log of ${answer.treeSize} entries.`);
  const file = join(folder, 'selected/000000000000.jsonl');
  const line = readFileSync(file, 'utf8');
  const { path } = JSON.parse(line) as { path: string[] };
  const cases: readonly [string, string, string][] = [
    ['another outcome', line.replace('"success"', '"refused"'), 'proof-wrong'],
    ['another number', line.replace(/"index":(\d+)/, (_, number: string) => `"index":${Number(number) + 1}`), 'proof-wrong'],
    ['a number beyond the log', line.replace(/"index":\d+/, '"index":9999'), 'proof-wrong'],
    ['a shorter path', line.replace(`"${path.at(-1)}"`, '').replace(',]', ']'), 'proof-wrong'],
    ['a longer path', line.replace(']}', `,"${path[0]}"]}`), 'proof-wrong'],
    ['white space', line.replace('"index":', '"index": '), 'proof-malformed'],
    ['something else', 'nothing\n', 'proof-malformed'],
    ['another member', line.replace('"index"', '"hint":1,"index"'), 'proof-malformed'],
  ];
  for (const [what, changed, kind] of cases) {
    expect(changed).not.toBe(line);
    writeFileSync(file, changed);
    expect([what, await byKeyward(folder)]).toEqual([what, [9, { kind, line: 1 }]]);
    expect([what, byVerifier(folder).holds]).toEqual([what, false]);
    // A stranger may read more loosely, as long as nothing holds that is not in the log.
    expect([what, byStranger(folder).holds]).toEqual([what, what === 'white space']);
  }
  writeFileSync(file, `${line}${line}`);
  expect(await byKeyward(folder)).toEqual([9, { kind: 'proof-repeated', line: 2 }]);
  expect(byVerifier(folder).holds).toBe(false);
});

it('a checkpoint from before shows entries cut off since, and a past that was rewritten', async () => {
  const { desk, folder, vkey } = await exportedLog();
  const later = desk.path('later');
  await desk.json('audit', 'export', '--out', later);
  const earlier = (of: string) => ['--earlier', join(of, 'checkpoint'), '--key', vkey];
  expect(byVerifier(later, ...earlier(folder))).toMatchObject({ holds: true });
  expect(byVerifier(folder, ...earlier(folder))).toMatchObject({ holds: true });
  expect(byVerifier(folder, ...earlier(later)).said).toContain('entries were cut off');
  expect(byVerifier(later, '--earlier', desk.put('none', 'nothing'), '--key', vkey).said).toContain('is not a signed note');
});

it('an exported log that was changed is named at the first wrong entry, by Keyward and by the stranger', async () => {
  const { desk, folder, entries, vkey } = await exportedLog();
  const whole = desk.path('whole');
  cpSync(folder, whole, { recursive: true });
  const read = (name: string) => readFileSync(join(folder, name));
  const lines = read(entriesFile).toString('utf8').split('\n').slice(0, -1);
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  const [tile, bundle] = [`tile/0/000.p/${entries}`, `tile/entries/000.p/${entries}`];
  const [hashes, note] = [read(tile), read('checkpoint').toString('utf8')];
  const rows = (changed: readonly string[]) => write(entriesFile, changed.map((line) => `${line}\n`).join(''));
  const rehash = (changed: readonly string[]) => write(tile, Buffer.from(changed.map((line) => hasher.leaf(line)).join(''), 'latin1'));
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
    ['a stored hash', () => write(tile, hashes.with(33, (hashes[33] ?? 0) ^ 1)), { kind: 'leaf-hash-changed', index: 1 }],
    ['a hash too many', () => write(tile, Buffer.concat([hashes, hashes.subarray(0, 32)])), { kind: 'tile-changed', file: tile }],
    ['a tile of entries', () => write(bundle, read(bundle).with(9, 0x21)), { kind: 'tile-changed', file: bundle }],
    ['a tile of entries missing', () => rmSync(join(folder, bundle)), { kind: 'tile-missing', file: bundle }],
    ['a tile more', () => write('tile/0/001', hashes), { kind: 'tile-unexpected', file: 'tile/0/001' }],
    [
      'an entry with its hash',
      () => (rows(rewritten), rehash(rewritten), write(bundle, entryBundle(rewritten) ?? '')),
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
    expect([what, byStranger(folder, vkey).holds, byVerifier(folder, '--key', vkey).holds]).toEqual([what, false, false]);
    rmSync(folder, { recursive: true });
    cpSync(whole, folder, { recursive: true });
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
  const { folder, entries, vkey } = await exportedLog();
  const tools = connectionOver(await openTools()).client.tools;
  const file = (name: string) => new FileContent(name, readFileSync(join(folder, name)));
  const tileNames = [`tile/0/000.p/${entries}`, `tile/entries/000.p/${entries}`];
  const whole = { entries: [file(entriesFile)], tiles: tileNames.map(file), checkpoint: file('checkpoint'), vkey };
  expect(await tools.verifyExportedLog(whole)).toMatchObject({ holds: true });
  const withChanged: Record<string, (changed: FileContent) => Partial<typeof whole>> = {
    [entriesFile]: (changed) => ({ entries: [changed] }),
    checkpoint: (checkpoint) => ({ checkpoint }),
    ...Object.fromEntries(tileNames.map((name, at) => [name, (changed: FileContent) => ({ tiles: whole.tiles.with(at, changed) })])),
  };
  for (const [name, change] of Object.entries(withChanged)) {
    const { bytes } = file(name);
    for (let at = 0; at < bytes.length; at++) {
      const changed = new FileContent(name, bytes.with(at, (bytes[at] ?? 0) ^ (1 << (at % 8))));
      const answer = await tools.verifyExportedLog({ ...whole, ...change(changed) });
      expect([name, at, answer.holds]).toEqual([name, at, false]);
    }
  }
});

it('a log that was exported before there were tiles is still verified', async () => {
  const { folder, entries, vkey } = await exportedLog();
  const hashes = readFileSync(join(folder, `tile/0/000.p/${entries}`));
  rmSync(join(folder, 'tile'), { recursive: true });
  writeFileSync(join(folder, 'leaf-hashes'), hashes);
  expect(await byKeyward(folder, '--vkey', vkey)).toEqual([0, undefined]);
  writeFileSync(join(folder, 'leaf-hashes'), hashes.with(33, (hashes[33] ?? 0) ^ 1));
  expect(await byKeyward(folder, '--vkey', vkey)).toEqual([9, { kind: 'leaf-hash-changed', index: 1 }]);
  writeFileSync(join(folder, 'leaf-hashes'), Buffer.concat([hashes, hashes.subarray(32)]));
  expect(await byKeyward(folder, '--vkey', vkey)).toEqual([9, { kind: 'leaf-missing', index: entries }]);
});
