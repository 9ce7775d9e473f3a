import { mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directoryFolder } from '../../main/adapters/checkpoint-folders/directory.ts';

const name = 'log-000000000012.checkpoint';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-checkpoint-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder that checkpoints are kept in', () => {
  it('names those of one log, the newest first, and reads them', async () => {
    const older = 'log-000000000003.checkpoint';
    await directoryFolder.write(folder, older, 'older');
    await directoryFolder.write(folder, name, 'newer');
    writeFileSync(join(folder, 'other-000000000099.checkpoint'), 'of another log');
    writeFileSync(join(folder, 'log-notes.txt'), 'no checkpoint');
    expect(await directoryFolder.names(folder, 'log-')).toEqual([name, older]);
    expect(await directoryFolder.read(folder, name)).toEqual({ file: name, note: 'newer' });
  });

  it('keeps what is there: a checkpoint is never written over', async () => {
    await directoryFolder.write(folder, name, 'first');
    await directoryFolder.write(folder, name, 'second');
    expect(await directoryFolder.read(folder, name)).toEqual({ file: name, note: 'first' });
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('writes nothing where it cannot be told whether something is there', async () => {
    symlinkSync(name, join(folder, name));
    await expect(directoryFolder.write(folder, name, 'note')).rejects.toMatchObject({ code: 'internal', details: { what: 'folder' } });
    expect(readlinkSync(join(folder, name))).toBe(name);
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('says what is wrong with a folder that is not there, or is a file', async () => {
    const missing = join(folder, 'unplugged');
    await expect(directoryFolder.names(missing, 'log-')).rejects.toMatchObject({ code: 'not-found', details: { what: 'folder' } });
    await expect(directoryFolder.write(missing, name, 'note')).rejects.toMatchObject({ code: 'not-found' });
    writeFileSync(missing, '');
    await expect(directoryFolder.names(missing, 'log-')).rejects.toMatchObject({ code: 'not-found' });
    await expect(directoryFolder.write(missing, name, 'note')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not read what is too large to be a checkpoint', async () => {
    writeFileSync(join(folder, name), 'x'.repeat(100_001));
    await expect(directoryFolder.read(folder, name)).rejects.toMatchObject({ code: 'input.too-large', details: { file: name } });
  });
});
