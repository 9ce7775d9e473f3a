import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createThunderbird } from '../../main/adapters/mail-clients/thunderbird/thunderbird.ts';
import { privateDirectory } from '../domain/pfx/engines.ts';
import { accountOf, newProfile, snapshot, testPlaces } from '../mail/support/profile.ts';
import { enroll, newPractice, openPractice, secret } from '../services/support/practice.ts';
import { buildProcess } from '../setup/built-process.ts';

const program = await buildProcess(new URL('mail-exporting-process.ts', import.meta.url));
const address = 'ada@ridgeway.example';

/** A closed practice with one person, and a profile of hers. */
async function prepare() {
  const directory = privateDirectory();
  mkdirSync(join(directory, 'temporary'), { mode: 0o700 });
  const mailClients = [createThunderbird({ places: testPlaces(directory) })];
  const practice = await newPractice({ mailClients });
  const { person } = await practice.client.people.add({ name: 'Ada Lovelace', emails: [address] });
  await enroll(practice, [person]);
  await practice.door.close();
  const reopen = async () => {
    const again = await openPractice({ workspaceDirectory: practice.directory, mailClients });
    await again.client.session.signIn({ passphrase: secret() });
    return again;
  };
  const profile = newProfile(directory, address);
  return {
    directory,
    workspace: practice.directory,
    person,
    profile,
    target: { person, client: 'thunderbird', target: profile } as const,
    reopen,
  };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Runs the process to the act at which it stops, and kills it there. */
async function killAt({ workspace, directory, person, profile }: Prepared, kind: string, turn: number): Promise<void> {
  const child = spawn(process.execPath, [program, workspace, directory, person, profile, kind, String(turn)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  expect(child.exitCode, 'it must stop before it has ended').toBeNull();
  child.kill('SIGKILL');
  await ended;
}

it.each([
  ['tool', 3],
  ['file', 1],
  ['file', 2],
  ['file', 4],
  ['tool', 12],
] as const)('killed at %s %d, the profile is whole again after the next start, and the log says what happened', async (kind, turn) => {
  const prepared = await prepare();
  const before = snapshot(prepared.profile);
  await killAt(prepared, kind, turn);
  const { client } = await prepared.reopen();
  expect(snapshot(prepared.profile)).toEqual(before);
  expect(readdirSync(join(prepared.directory, 'temporary'))).toEqual([]);
  const [entry] = (await client.audit.list({ actions: ['mail.export'] })).entries;
  expect(entry).toMatchObject({
    outcome: 'failed',
    error: 'client.interrupted',
    origin: { host: 'core' },
    subject: { person: prepared.person },
  });
  expect(await client.audit.verify({})).toMatchObject({ holds: true });
  expect((await client.people.show({ person: prepared.person })).mailSetups).toEqual([]);
  expect(await client.mail.export(prepared.target)).toMatchObject({ checked: true });
});

it('killed once everything is recorded, the profile stays set up and the way back goes', async () => {
  const prepared = await prepare();
  await killAt(prepared, 'keep', 1);
  expect(existsSync(join(prepared.profile, '.keyward-undo'))).toBe(true);
  const { client } = await prepared.reopen();
  expect(existsSync(join(prepared.profile, '.keyward-undo'))).toBe(false);
  expect(await client.mail.check(prepared.target)).toMatchObject({ isReady: true });
  expect((await client.people.show({ person: prepared.person })).mailSetups).toMatchObject([{ isCurrent: true }]);
});

it('killed, and then used: what the mail program wrote since is left alone and said, and the next set-up starts from there', async () => {
  const prepared = await prepare();
  await killAt(prepared, 'file', 2);
  writeFileSync(join(prepared.profile, 'prefs.js'), `${accountOf(address)}user_pref("mine", true);\n`);
  const after = snapshot(prepared.profile);
  const { client } = await prepared.reopen();
  expect(snapshot(prepared.profile)).toEqual(after);
  const [entry] = (await client.audit.list({ actions: ['mail.export'] })).entries;
  expect(entry).toMatchObject({ outcome: 'failed', subject: { profile: 'changed-since' } });
  expect(await client.mail.export(prepared.target)).toMatchObject({ checked: true });
  expect(await client.mail.check(prepared.target)).toMatchObject({ isReady: true });
  expect(existsSync(join(prepared.profile, '.keyward-undo'))).toBe(false);
});
