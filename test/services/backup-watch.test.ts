import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../main/contract/client.ts';
import { newPractice, secret, temporaryDirectory } from './support/practice.ts';

const [hour, day] = [3_600_000, 86_400_000];
/** Backups take as long as the disk does. */
const eventually = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 30_000, interval: 20 });
type Host = 'window' | 'command-line';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** A practice with a backup key whose clock is moved, a folder for its backups, and somebody who reads meanwhile. */
async function practiceInTime() {
  let now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const { client, door } = await newPractice({ clock: { now: () => now } });
  await client.backup.makeKey({});
  const folder = join(temporaryDirectory(), 'safe');
  mkdirSync(folder);
  const at = (host: Host) => createClient((name, input) => door.call(name, input, { connection: host, host }));
  return {
    client,
    folder,
    at,
    pass: (days: number) => void (now = new Date(now.getTime() + days * day)),
    signIn: async (host: Host) => void (await at(host).session.signIn({ operator: 'admin', passphrase: secret() })),
    schedule: (days: number, keep: number) => client.backup.schedule({ schedule: { folder, days, keep } }),
    files: () => readdirSync(folder).toSorted(),
    entries: async () => {
      const { entries } = await client.audit.list({ actions: ['backup.create', 'backup.remove'] });
      return entries.map(({ action, operator, outcome, origin }) => [action, operator, outcome, origin.host]);
    },
    todo: async () => (await client.reports.overview({})).todo.map(({ kind }) => kind).filter((kind) => kind.startsWith('backup')),
  };
}

const made = ['backup.create', null, 'success', 'core'];
const failed = ['backup.create', null, 'failed', 'core'];

describe('a schedule for backups', () => {
  it('makes one when somebody signs in at the window and one is due, as the core’s work, and no second one', async () => {
    const { schedule, signIn, files, entries } = await practiceInTime();
    await schedule(7, 3);
    await signIn('window');
    await eventually(async () => expect(await entries()).toEqual([made]));
    expect(files()).toHaveLength(1);
    await signIn('window');
    await vi.advanceTimersByTimeAsync(5 * hour);
    expect(await entries()).toEqual([made]);
  });

  it('makes the next one within the hour it is due, also while the window is locked', async () => {
    const { schedule, signIn, at, pass, entries } = await practiceInTime();
    await schedule(7, 3);
    await signIn('window');
    await eventually(async () => expect(await entries()).toEqual([made]));
    await at('window').session.lock({});
    pass(6);
    await vi.advanceTimersByTimeAsync(hour);
    expect(await entries()).toHaveLength(1);
    pass(1);
    await vi.advanceTimersByTimeAsync(hour);
    await eventually(async () => expect(await entries()).toEqual([made, made]));
  });

  it('keeps the newest of its own and says what it removes; what was made by hand and what is not its own stays', async () => {
    const { client, folder, schedule, signIn, pass, files, entries } = await practiceInTime();
    await client.backup.create({ folder, name: 'by-hand.tar.age' });
    await schedule(1, 2);
    await signIn('window');
    const after = async (count: number) => {
      pass(1);
      await vi.advanceTimersByTimeAsync(hour);
      await eventually(async () => expect((await entries()).filter(([action]) => action === 'backup.create')).toHaveLength(count));
    };
    await after(2);
    const [first = ''] = files().filter((name) => name !== 'by-hand.tar.age');
    writeFileSync(join(folder, first), 'something else by now');
    for (const count of [3, 4]) await after(count);
    await eventually(async () => expect((await entries()).at(0)?.[0]).toBe('backup.remove'));
    expect(files()).toHaveLength(4);
    expect(files()).toEqual(expect.arrayContaining(['by-hand.tar.age', first]));
    await after(5);
    await eventually(() => expect(files()).toHaveLength(4));
    expect((await client.backup.status({})).backups.map(({ isScheduled }) => isScheduled)).toEqual([true, true, false]);
  });

  it('says on the overview when it fails, enters it once a day, and is quiet again when it works', async () => {
    const { client, folder, schedule, signIn, pass, entries, todo } = await practiceInTime();
    await schedule(7, 3);
    renameSync(folder, `${folder}-gone`);
    await signIn('window');
    await eventually(async () => expect(await entries()).toEqual([failed]));
    expect([await todo(), (await client.backup.status({})).failure?.error]).toEqual([['backup-failed'], 'not-found']);
    await vi.advanceTimersByTimeAsync(5 * hour);
    expect(await entries()).toEqual([failed]);
    renameSync(`${folder}-gone`, folder);
    pass(1);
    await vi.advanceTimersByTimeAsync(hour);
    await eventually(async () => expect(await entries()).toEqual([made, failed]));
    expect([await todo(), (await client.backup.status({})).failure]).toEqual([[], null]);
  });

  it('makes none on the command line, without a schedule, or once it is ended', async () => {
    const { client, schedule, signIn, pass, files } = await practiceInTime();
    await signIn('window');
    await schedule(7, 3);
    await client.backup.schedule({ schedule: null });
    pass(8);
    await signIn('command-line');
    await vi.advanceTimersByTimeAsync(2 * hour);
    expect(files()).toEqual([]);
  });

  it('is refused for a folder that is not there, without a key, and to whoever is no administrator', async () => {
    const { client, folder, at, schedule } = await practiceInTime();
    const fresh = await newPractice();
    const wanted = { schedule: { folder, days: 7, keep: 3 } };
    await expect(fresh.client.backup.schedule(wanted)).rejects.toMatchObject({ code: 'input.no-backup-key' });
    await client.operators.add({ name: 'Olga', role: 'security-officer', passphrase: secret() });
    await at('window').session.signIn({ operator: 'Olga', passphrase: secret() });
    await expect(at('window').backup.schedule(wanted)).rejects.toMatchObject({ code: 'session.not-permitted' });
    rmSync(folder, { recursive: true });
    await expect(schedule(7, 3)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the reminder on the overview', () => {
  it('comes when a practice has gone two weeks without a backup, and goes with one', async () => {
    const { client, folder, pass, todo } = await practiceInTime();
    pass(13);
    expect(await todo()).toEqual([]);
    pass(2);
    expect(await todo()).toEqual(['backup-none']);
    await client.backup.create({ folder });
    expect(await todo()).toEqual([]);
    pass(15);
    expect(await todo()).toEqual(['backup-old']);
  });

  it('comes two days after a planned backup was not made', async () => {
    const { client, folder, schedule, pass, todo } = await practiceInTime();
    await client.backup.create({ folder });
    await schedule(3, 3);
    pass(5);
    expect(await todo()).toEqual([]);
    pass(1);
    expect(await todo()).toEqual(['backup-old']);
  });
});
