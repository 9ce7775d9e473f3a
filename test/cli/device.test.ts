import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { privateKeychain } from '../services/support/private-keychain.ts';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

const keychain = await privateKeychain();
beforeEach(() => keychain.unlocked());

/** A practice whose lists were handed out. */
async function deskWithLists(): Promise<Desk> {
  const desk = await deskWithPractice();
  await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
  await desk.json('authority', 'publish', '--out', desk.path('published'));
  return desk;
}

/** As a timer runs it: no passphrase is there. */
const alone = async (desk: Desk, out: string) => {
  const { exit, stdout } = await desk.run('device', 'run', '--out', desk.path(out), '--passphrase-file', desk.path('none'), '--json');
  return [exit, (JSON.parse(stdout) as { error?: { code: string } }).error?.code] as const;
};

describe('keyward device', () => {
  it('is let to go on alone, writes the lists that openssl reads with nobody signed in, and is ended', async () => {
    const desk = await deskWithLists();
    expect(await alone(desk, 'before')).toEqual([4, 'device.not-enabled']);
    const { stdout } = await desk.run('device', 'enable');
    expect(stdout).toContain('keyward device run --out DIR');
    expect(await alone(desk, 'out')).toEqual([0, undefined]);
    const lists = readdirSync(desk.path('out')).filter((name) => name.endsWith('.crl'));
    expect(lists.length).toBeGreaterThan(1);
    for (const name of lists)
      expect(
        execFileSync('openssl', ['crl', '-inform', 'DER', '-in', name, '-noout', '-issuer'], { cwd: desk.path('out'), encoding: 'utf8' }),
      ).toMatch(/^issuer=/);
    expect(await desk.json('device', 'status')).toMatchObject({ state: 'ready' });
    await desk.json('device', 'disable');
    expect(await alone(desk, 'after')).toEqual([4, 'device.not-enabled']);
  });

  it('is refused in words where no keychain is, and nothing is changed', async () => {
    const desk = await deskWithLists();
    await keychain.absent();
    const { exit, stdout } = await desk.run('device', 'enable', '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([
      4,
      { error: { code: expect.stringMatching(/^device\./), hint: expect.stringMatching(/\w/) } },
    ]);
    expect((await desk.json<{ state: string }>('device', 'status')).state).toBe('off');
  });
});

it('keyward enroll --store keychain seals under the desktop’s keychain, says what that is worth, and fails closed when it is locked', async () => {
  const desk = await deskWithPractice();
  const { exit, stderr } = await desk.run('enroll', '--csv', desk.put('staff.csv', staff), '--store', 'keychain');
  expect([exit, stderr]).toEqual([0, expect.stringContaining('any program of the session can read what is unlocked')]);
  const { certificates } = await desk.json<{ certificates: { id: string; personId: string | null }[] }>('certificate', 'list');
  const id = certificates.find(({ personId }) => personId !== null)?.id ?? '';
  expect(await desk.json('certificate', 'show', id)).toMatchObject({ isInKeychain: true });
  const words = ['certificate', 'export', id, '--format', 'p12-modern', '--out', desk.path('keys.p12')];
  await keychain.locked();
  const locked = await desk.run(...words, '--json');
  expect([locked.exit, (JSON.parse(locked.stdout) as { error: { code: string } }).error.code]).toEqual([4, 'device.keychain-unusable']);
  await keychain.unlocked();
  await desk.json(...words);
});
