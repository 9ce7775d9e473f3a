import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { MailPackage } from '../../main/contract/mail.ts';
import type { Clock } from '../../main/ports/clock.ts';
import { deskWithPractice, type Desk } from '../cli/support/command-line.ts';
import { privateDirectory, run } from '../domain/pfx/engines.ts';
import { addPeople, enroll, newPractice, openPractice, secret } from '../services/support/practice.ts';

interface Delivered {
  readonly delivery: string;
  readonly packages: readonly { readonly id: string; readonly file: string | null; readonly error: { readonly code: string } | null }[];
}

/** A desk with so many people who have certificates. */
async function deskWithPeople(count: number): Promise<{ readonly desk: Desk; readonly addresses: readonly string[] }> {
  const desk = await deskWithPractice();
  const addresses = Array.from({ length: count }, (_, at) => `p${at}@ridgeway.example`);
  const rows = addresses.map((address, at) => `Person ${at},${address}`);
  await desk.json('enroll', '--csv', desk.put('staff.csv', `name,email\n${rows.join('\n')}\n`), '--yes');
  return { desk, addresses };
}

/** Unpacks a package with Python's own reader, which checks every CRC, and opens its keys with the password of the slip. */
function openPackage(file: string, password: string) {
  const folder = privateDirectory();
  expect(run('python3', ['-m', 'zipfile', '-t', file], { cwd: folder })).toMatchObject({ succeeded: true });
  expect(run('python3', ['-m', 'zipfile', '-e', file, folder], { cwd: folder })).toMatchObject({ succeeded: true });
  writeFileSync(join(folder, '.password'), password, { mode: 0o600 });
  const pfx = readdirSync(folder).find((name) => name.endsWith('.p12') || name.endsWith('.pfx')) ?? '';
  const opened = run('openssl', ['pkcs12', '-in', pfx, '-passin', 'file:.password', '-nodes'], { cwd: folder });
  return {
    names: readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort(),
    opened,
    folder,
  };
}

const passwordOn = (slip: string): string => /^Password: (\S+)$/m.exec(readFileSync(slip, 'utf8'))?.[1] ?? '';

describe('keyward mail deliver', () => {
  it('makes a package for each person, whose password lies in another folder and opens its keys', async () => {
    const { desk, addresses } = await deskWithPeople(2);
    const [out, passwords] = [desk.path('out'), desk.path('passwords')];
    const made = await desk.json<Delivered>('mail', 'deliver', ...addresses, '--client', 'files', '--out', out, '--passwords', passwords);
    expect(made.packages).toHaveLength(2);
    for (const { file } of made.packages) {
      const [zip, slip] = [join(out, file ?? ''), join(passwords, (file ?? '').replace('.zip', '.txt'))];
      const password = passwordOn(slip);
      expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){5}$/);
      const { names, opened } = openPackage(zip, password);
      expect(opened.succeeded, opened.output).toBe(true);
      expect(names).toEqual([
        'authorities.pem',
        'issuing-1.crt',
        expect.stringMatching(/@ridgeway\.example\.p12$/),
        'read-this-first.html',
        'root-1.crt',
      ]);
      expect(readFileSync(zip).includes(password)).toBe(false);
      expect([statSync(zip).mode & 0o777, statSync(slip).mode & 0o777]).toEqual([0o600, 0o600]);
    }
    expect(readdirSync(out)).toHaveLength(2);
    const { packages } = await desk.json<{ packages: readonly MailPackage[] }>('mail', 'packages', '--delivery', made.delivery);
    expect(packages.map(({ state }) => state)).toEqual(['waiting', 'waiting']);

    const [first] = packages;
    const other = await desk.run('mail', 'pick-up', first?.id ?? '', '--file', join(out, made.packages[1]?.file ?? ''), '--json');
    expect([other.exit, JSON.parse(other.stdout)]).toMatchObject([2, { error: { code: 'input.invalid' } }]);
    const picked = ['mail', 'pick-up', first?.id ?? '', '--file', join(out, made.packages[0]?.file ?? ''), '--note', 'showed her badge'];
    expect(await desk.json(...picked)).toMatchObject({ state: 'picked-up' });
    expect((await desk.run(...picked)).exit).toBe(3);
    const log = await desk.json<{ entries: readonly { readonly action: string; readonly outcome: string; readonly reason?: string }[] }>(
      'audit',
      'list',
    );
    expect(log.entries.find(({ action, outcome }) => action === 'mail.pick-up' && outcome === 'success')).toMatchObject({
      reason: 'showed her badge',
    });
  });

  it('shows the password of a single package once, and refuses to put passwords beside packages', async () => {
    const { desk, addresses } = await deskWithPeople(2);
    const [one = ''] = addresses;
    const alone = await desk.run('mail', 'deliver', one, '--client', 'outlook', '--out', desk.path('out'), '--json');
    expect(alone.exit).toBe(0);
    expect(alone.stderr.match(/password \(shown once/g)).toHaveLength(1);
    expect(alone.stdout).not.toContain(/handed? it over separately\): (\S+)/.exec(alone.stderr)?.[1] ?? 'no password');
    const refuse = async (...more: readonly string[]) => {
      const { exit, stdout } = await desk.run('mail', 'deliver', ...more, '--json');
      return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
    };
    const both = [...addresses, '--client', 'files', '--out', desk.path('both')];
    expect(await refuse(...both)).toEqual([2, 'input.invalid']);
    expect(await refuse(...both, '--passwords', desk.path('both'))).toEqual([2, 'input.invalid']);
    expect(await refuse(...both, '--passwords', join(desk.path('both'), 'within'))).toEqual([2, 'input.invalid']);
    expect(await refuse('nobody@ridgeway.example', '--client', 'files', '--out', desk.path('both'))).toEqual([3, 'not-found']);
    expect(await refuse(one, '--client', 'exchange-online', '--out', desk.path('both'))).toEqual([2, 'input.invalid']);
    expect(existsSync(desk.path('both'))).toBe(false);
  });

  it('says for each person what stood in the way, and makes the rest', async () => {
    const { desk, addresses } = await deskWithPeople(1);
    await desk.json('people', 'import', desk.put('more.csv', 'name,email\nNobody Yet,nobody@ridgeway.example\n'));
    const people = ['nobody@ridgeway.example', ...addresses];
    const order = [
      'mail',
      'deliver',
      ...people,
      '--client',
      'files',
      '--out',
      desk.path('out'),
      '--passwords',
      desk.path('slips'),
      '--json',
    ];
    const { exit, stdout } = await desk.run(...order);
    const { packages, delivery } = JSON.parse(stdout) as Delivered;
    expect([exit, packages.map(({ error }) => error?.code ?? null)]).toEqual([1, ['client.no-certificate', null]]);
    await desk.json('enroll', 'nobody@ridgeway.example');
    const rest = ['--continue', delivery, '--out', desk.path('out'), '--passwords', desk.path('slips')];
    expect((await desk.json<Delivered>('mail', 'deliver', ...rest)).packages).toMatchObject([{ error: null }]);
    expect((await desk.json<Delivered>('mail', 'deliver', ...rest)).packages).toEqual([]);
    const older = [
      'mail',
      'deliver',
      ...people,
      '--client',
      'gmail',
      '--out',
      desk.path('old'),
      '--passwords',
      desk.path('slips'),
      '--json',
    ];
    const unfit = JSON.parse((await desk.run(...older)).stdout) as Delivered;
    expect(unfit.packages.map(({ error }) => error?.code)).toEqual(['client.unfit', 'client.unfit']);
  });

  it('killed in the middle, goes on with what is owed: one good package for everybody', async () => {
    const { desk, addresses } = await deskWithPeople(5);
    const [out, passwords] = [desk.path('out'), desk.path('passwords')];
    const places = ['--out', out, '--passwords', passwords, '--json'];
    const entry = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));
    const order = ['mail', 'deliver', ...addresses, '--client', 'files', ...places];
    const signed = ['--workspace', desk.path('workspace'), '--passphrase-file', desk.path('passphrase')];
    const child = spawn(process.execPath, [entry, ...signed, ...order], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(child, 'exit');
    while (!existsSync(out) || readdirSync(out).filter((name) => name.endsWith('.zip')).length < 1) {
      expect(child.exitCode, 'it must not end before it is killed').toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill('SIGKILL');
    await ended;
    const before = (await desk.json<{ packages: readonly MailPackage[] }>('mail', 'packages')).packages;
    expect(before).toHaveLength(5);
    const owed = before.filter(({ state }) => state !== 'waiting').length;
    expect(owed).toBeGreaterThan(0);
    const rest = await desk.json<Delivered>('mail', 'deliver', '--continue', before[0]?.delivery ?? '', ...places);
    expect(rest.packages).toHaveLength(owed);
    const { packages } = await desk.json<{ packages: readonly MailPackage[] }>('mail', 'packages');
    expect(packages.every(({ state }) => state === 'waiting')).toBe(true);
    const files = readdirSync(out).filter((name) => name.endsWith('.zip'));
    expect(files).toHaveLength(5);
    for (const file of files) {
      const { opened } = openPackage(join(out, file), passwordOn(join(passwords, basename(file).replace('.zip', '.txt'))));
      expect(opened.succeeded, file).toBe(true);
    }
    expect((await desk.run('audit', 'verify')).exit).toBe(0);
  });
});

describe('a package nobody fetches', () => {
  it('is refused from its last moment on, and written down once as expired', async () => {
    let now = new Date();
    const clock: Clock = { now: () => now };
    const practice = await newPractice({ clock });
    const { client } = practice;
    const [person = ''] = await addPeople(practice, 1);
    await enroll(practice, [person]);
    const make = async () => {
      const { packages } = await client.mail.deliver({ people: [person], client: 'files', days: 1 });
      const id = packages[0]?.id ?? '';
      await client.mail.makePackage({ package: id });
      await client.mail.savedPackage({ package: id });
      return id;
    };
    const withdrawn = await make();
    const id = await make();
    const states = async () => (await client.mail.packages({ person })).packages.map((one) => [one.id, one.state]);
    expect(Object.fromEntries(await states())).toEqual({ [withdrawn]: 'withdrawn', [id]: 'waiting' });
    await expect(client.mail.savedPackage({ package: id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(client.mail.makePackage({ package: id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(client.mail.pickUp({ package: withdrawn })).rejects.toMatchObject({ code: 'conflict' });
    expect((await client.mail.expire({})).packages).toEqual([]);
    now = new Date(now.getTime() + 86_400_001);
    await practice.door.close();
    const later = await openPractice({ workspaceDirectory: practice.directory, clock });
    await later.client.session.signIn({ passphrase: secret() });
    await expect(later.client.mail.pickUp({ package: id })).rejects.toMatchObject({ code: 'client.package-expired' });
    expect((await later.client.mail.expire({})).packages).toMatchObject([{ id, state: 'expired' }]);
    expect((await later.client.mail.expire({})).packages).toEqual([]);
    await expect(later.client.mail.pickUp({ package: id })).rejects.toMatchObject({ code: 'client.package-expired' });
  });

  it('is made for nobody who has left', async () => {
    const practice = await newPractice();
    const [person = ''] = await addPeople(practice, 1);
    await practice.client.people.leave({ person });
    await expect(practice.client.mail.deliver({ people: [person], client: 'files' })).rejects.toMatchObject({ code: 'conflict' });
  });
});
