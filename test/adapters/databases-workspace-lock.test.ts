import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { lockWorkspace } from '../../main/adapters/databases/workspace-lock.ts';

const holder = fileURLToPath(new URL('databases-lock-holder.ts', import.meta.url));
let directory: string;
let children: ChildProcess[] = [];

beforeEach(async () => {
  directory = join(mkdtempSync(join(tmpdir(), 'keyward-lock-')), 'practice');
  const database = await openSqliteDatabase({ directory, create: true });
  await database.close();
});

afterEach(async () => {
  for (const child of children) await kill(child);
  children = [];
  rmSync(join(directory, '..'), { recursive: true });
});

/** Another process that has taken the workspace. */
async function holdElsewhere(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [holder, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('held\n');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('the lock on a workspace', () => {
  it('keeps a second process out until the first one releases it', async () => {
    const child = await holdElsewhere();
    expect(() => lockWorkspace(directory)).toThrow(expect.objectContaining({ code: 'store.busy' }));
    child.stdin?.write('stop');
    await once(child, 'exit');
    lockWorkspace(directory).release();
  });

  it('ends with a process that is killed', async () => {
    const child = await holdElsewhere();
    await kill(child);
    const lock = lockWorkspace(directory);
    expect(() => lockWorkspace(directory)).toThrow(expect.objectContaining({ code: 'store.busy' }));
    lock.release();
  });

  it('keeps the same process out a second time, until it is released, and releasing twice does nothing', () => {
    const lock = lockWorkspace(directory);
    expect(() => lockWorkspace(directory)).toThrow(expect.objectContaining({ code: 'store.busy' }));
    lock.release();
    const next = lockWorkspace(directory);
    lock.release();
    expect(() => lockWorkspace(directory)).toThrow(expect.objectContaining({ code: 'store.busy' }));
    next.release();
  });

  it('still keeps other processes out after this one has tried a second time', async () => {
    const lock = lockWorkspace(directory);
    expect(() => lockWorkspace(directory)).toThrow(expect.objectContaining({ code: 'store.busy' }));
    const child = spawn(process.execPath, [holder, directory], { stdio: ['pipe', 'pipe', 'ignore'] });
    children.push(child);
    expect(await once(child, 'exit')).toEqual([1, null]);
    lock.release();
  });

  it('leaves the database open to its holder', async () => {
    const lock = lockWorkspace(directory);
    const database = await openSqliteDatabase({ directory });
    await database.unit((stores) => stores.settings.put('defaults', '1'));
    expect(await database.read.settings.get('defaults')).toBe('1');
    await database.close();
    lock.release();
  });

  it('is refused where there is no practice, and leaves nothing there', () => {
    const elsewhere = join(directory, 'elsewhere');
    expect(() => lockWorkspace(elsewhere)).toThrow(expect.objectContaining({ code: 'store.not-initialised' }));
    rmSync(join(directory, 'keyward.db'));
    expect(() => lockWorkspace(directory)).toThrow(expect.objectContaining({ code: 'store.not-initialised' }));
    expect([existsSync(elsewhere), existsSync(join(directory, 'workspace.lock'))]).toEqual([false, false]);
  });

  it('makes the directory, for its owner only, where a practice is to be made', () => {
    const elsewhere = join(directory, 'elsewhere');
    const lock = lockWorkspace(elsewhere, { create: true });
    expect(statSync(elsewhere).mode & 0o777).toBe(0o700);
    expect(statSync(join(elsewhere, 'workspace.lock')).mode & 0o777).toBe(0o600);
    expect(() => lockWorkspace(elsewhere, { create: true })).toThrow(expect.objectContaining({ code: 'store.busy' }));
    lock.release();
  });

  it('does not change the mode of a directory that was there before', () => {
    chmodSync(directory, 0o755);
    lockWorkspace(directory, { create: true }).release();
    expect(statSync(directory).mode & 0o777).toBe(0o755);
  });
});
