import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { lockWorkspace } from '../../main/adapters/databases/workspace-lock.ts';
import type { Database } from '../../main/ports/database.ts';
import { insertPractice, type PracticeRecords } from '../conformance/database-records.ts';
import { failureOf } from '../conformance/database-workspace.ts';
import { rowCounts, runUnit, unitRecords, unitSteps } from './databases-unit-of-everything.ts';

const isRoot = process.getuid?.() === 0;
const peopleToAUnit = 20;

let directory: string;
const pathOf = (): string => join(directory, 'keyward.db');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyward-faults-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Nothing of a unit was left behind, and the next one goes through as if nothing had been. */
async function expectWhole(database: Database, practice: PracticeRecords, before: Readonly<Record<string, number>>): Promise<void> {
  expect(rowCounts(pathOf())).toEqual(before);
  await database.check();
  await runUnit(database, unitRecords(practice, peopleToAUnit));
  const after = rowCounts(pathOf());
  expect(after['auditLeaf']).toBe((before['auditLeaf'] ?? 0) + peopleToAUnit);
  expect(after['certificate']).toBe((before['certificate'] ?? 0) + 2 * peopleToAUnit);
}

describe('a unit that breaks off', () => {
  it.each(unitSteps.map(([name]) => name))('after writing %s leaves nothing of itself', async (last) => {
    const database = await openSqliteDatabase({ directory, create: true });
    const practice = await insertPractice(database);
    await runUnit(database, unitRecords(practice, peopleToAUnit));
    const before = rowCounts(pathOf());
    const breaking = runUnit(database, unitRecords(practice, peopleToAUnit), (step) => {
      if (step === last) throw new Error(`broken after ${step}`);
    });
    expect(await failureOf(breaking)).toMatchObject({ message: `broken after ${last}` });
    await expectWhole(database, practice, before);
    await database.close();
  });
});

/** A small disk of its own for the workspace. Mounting takes root. */
function mountSmallDisk(): { readonly unmount: () => void; readonly remount: (how: 'ro' | 'rw') => void } {
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', directory]);
  return {
    unmount: () => execFileSync('/bin/umount', [directory]),
    remount: (how) => execFileSync('/bin/mount', ['-o', `remount,${how}`, directory]),
  };
}

describe.skipIf(!isRoot)('on a small disk', () => {
  let disk: ReturnType<typeof mountSmallDisk>;
  let database: Database | undefined;

  beforeEach(() => {
    disk = mountSmallDisk();
  });

  afterEach(async () => {
    await database?.close();
    database = undefined;
    disk.unmount();
  });

  const ballast = (): string => join(directory, 'ballast');

  /** Fills the disk up to so many octets. */
  function leaveFree(octets: number): void {
    const { bavail, bsize } = statfsSync(directory);
    writeFileSync(ballast(), Buffer.alloc(Math.max(bavail * bsize - octets, 0), 1));
  }

  it.each([0, 4, 12, 24, 40, 60, 90, 130])('a unit that finds %d KiB free is all there or not at all', async (kibibytes) => {
    database = await openSqliteDatabase({ directory, create: true });
    const practice = await insertPractice(database);
    await runUnit(database, unitRecords(practice, peopleToAUnit));
    const before = rowCounts(pathOf());
    leaveFree(kibibytes * 1024);
    expect(await failureOf(runUnit(database, unitRecords(practice, 4 * peopleToAUnit)))).toMatchObject({ code: 'store.full' });
    expect((await database.read.people.counts('2027')).everyone).toBe(peopleToAUnit);
    rmSync(ballast());
    await expectWhole(database, practice, before);
  });

  it('a database that cannot begin for want of room says so, and begins when there is room', async () => {
    leaveFree(0);
    expect(await failureOf(openSqliteDatabase({ directory, create: true }))).toMatchObject({ code: 'store.full' });
    rmSync(ballast());
    database = await openSqliteDatabase({ directory, create: true });
    expect(await database.read.operators.list()).toEqual([]);
  });

  it('a disk that became read-only refuses to be opened and locked, and changes nothing', async () => {
    const first = await openSqliteDatabase({ directory, create: true });
    await insertPractice(first);
    await first.close();
    const before = readFileSync(pathOf());
    disk.remount('ro');
    expect(await failureOf(openSqliteDatabase({ directory }))).toMatchObject({ code: 'store.read-only' });
    expect(() => lockWorkspace(directory)).toThrow(expect.objectContaining({ code: 'store.read-only' }));
    disk.remount('rw');
    expect(readFileSync(pathOf()).equals(before)).toBe(true);
    database = await openSqliteDatabase({ directory });
    expect(await database.read.operators.list()).toHaveLength(1);
  });
});

describe('a workspace its user may not write', () => {
  const opener = fileURLToPath(new URL('databases-opener.ts', import.meta.url));
  const nobody = 65_534;
  const openAsSomebody = (): string =>
    execFileSync(process.execPath, [opener, join(directory, 'practice'), ...(isRoot ? [String(nobody)] : [])], { encoding: 'utf8' });

  it.each([
    ['a directory that is read-only', 0o500, 0o600],
    ['a file that is read-only', 0o700, 0o400],
  ])('because of %s, is refused as read-only', async (_name, directoryMode, fileMode) => {
    const practice = join(directory, 'practice');
    mkdirSync(practice, { mode: 0o700 });
    const database = await openSqliteDatabase({ directory: practice, create: true });
    await database.close();
    if (isRoot) for (const path of [directory, practice, join(practice, 'keyward.db')]) chownSync(path, nobody, nobody);
    chmodSync(join(practice, 'keyward.db'), fileMode);
    chmodSync(practice, directoryMode);
    expect(openAsSomebody()).toBe('store.read-only');
    chmodSync(practice, 0o700);
    chmodSync(join(practice, 'keyward.db'), 0o600);
    expect(openAsSomebody()).toBe('opened');
    expect(existsSync(join(practice, 'keyward.db-wal'))).toBe(false);
  });
});

describe('a process that is killed while it writes', () => {
  it('loses no unit it has said is done, and leaves no part of one, however often it happens', async () => {
    const created = await openSqliteDatabase({ directory, create: true });
    writeFileSync(join(directory, 'practice.json'), JSON.stringify(await insertPractice(created)));
    await created.close();
    const writer = fileURLToPath(new URL('databases-writer.ts', import.meta.url));
    let promised = 0;
    for (let round = 0; round < 6; round++) {
      promised += await killAfter(writer, 2 + round * 3);
      const database = await openSqliteDatabase({ directory });
      await database.check();
      const counts = rowCounts(pathOf());
      await database.close();
      const units = (counts['auditLeaf'] ?? 0) / 10;
      expect(units).toBeGreaterThanOrEqual(promised);
      expect(units).toBeLessThanOrEqual(promised + round + 1);
      expect(counts).toMatchObject({
        person: 10 * units,
        mailbox: 10 * units,
        jobItem: 10 * units,
        sealedKey: 20 * units,
        certificateDer: 20 * units + 1,
        checkpoint: units,
      });
    }
  });

  /** Starts the writer, kills it some milliseconds after so many units, and gives how many it had said were done. */
  async function killAfter(writer: string, units: number): Promise<number> {
    const child = spawn(process.execPath, [writer, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('unit\n').length > units) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15);
    });
    await once(child, 'close');
    return said.split('unit\n').length - 1;
  }
});
