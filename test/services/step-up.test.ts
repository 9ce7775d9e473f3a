import { describe, expect, it } from 'vitest';
import { contract } from '../../main/contract/contract.ts';
import { createClient } from '../../main/contract/client.ts';
import { permissions } from '../../main/domain/access/permissions.ts';
import { asksWhoIsThere } from '../../main/domain/access/step-up.ts';
import { newPractice, secret } from './support/practice.ts';

const minute = 60_000;
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  );

/** A practice on a clock that only the test moves, with its administrator at a window. */
async function atTheWindow() {
  const time = { now: Date.parse('2026-11-23T12:00:00Z') };
  const practice = await newPractice({ clock: { now: () => new Date(time.now) } });
  const window = createClient((name, input) => practice.door.call(name, input, { connection: 'window', host: 'window' }));
  await window.session.signIn({ operator: 'admin', passphrase: secret() });
  return { practice, window, pass: (minutes: number) => void (time.now += minutes * minute) };
}

describe('an act that asks who is there', () => {
  it('is let through soon after the sign-in, refused later with nothing changed, and let through again once the passphrase is given', async () => {
    const { practice, window, pass } = await atTheWindow();
    expect(await window.session.proof({})).toEqual({ isFresh: true, card: null });
    await window.policies.set({ idleLockMinutes: 20 });
    pass(5);
    expect(await window.session.proof({})).toMatchObject({ isFresh: false });
    expect(await codeOf(window.policies.set({ idleLockMinutes: 60 }))).toBe('session.proof-needed');
    expect(await window.policies.show({})).toMatchObject({ idleLockMinutes: 20 });
    await window.session.prove({ passphrase: secret() });
    await window.policies.set({ idleLockMinutes: 30 });
    const { entries } = await practice.client.audit.list({ actions: ['session.prove', 'policy.set'] });
    expect(entries.map(({ action, outcome, error }) => [action, outcome, error])).toEqual([
      ['policy.set', 'success', null],
      ['session.prove', 'success', null],
      ['policy.set', 'refused', 'session.proof-needed'],
      ['policy.set', 'success', null],
    ]);
  });

  it('takes no wrong passphrase, which counts beside failed sign-ins, and the session goes on', async () => {
    const { window, pass } = await atTheWindow();
    pass(6);
    for (let time = 0; time < 3; time++)
      expect(await codeOf(window.session.prove({ passphrase: secret('not it') }))).toMatch(/^session\.(sign-in-failed|too-soon)$/);
    expect(await codeOf(window.session.prove({ passphrase: secret() }))).toBe('session.too-soon');
    expect(await codeOf(window.policies.set({ idleLockMinutes: 60 }))).toBe('session.proof-needed');
    expect(await codeOf(window.people.list({}))).toBe('done');
    pass(60);
    await window.session.prove({ passphrase: secret() });
    expect(await codeOf(window.policies.set({ idleLockMinutes: 60 }))).toBe('done');
  });

  it('is nobody’s on another connection, counts for nothing where the clock was set back, and is not asked for at a command line', async () => {
    const { practice, window, pass } = await atTheWindow();
    const other = createClient((name, input) => practice.door.call(name, input, { connection: 'other', host: 'window' }));
    expect(await codeOf(other.session.prove({ passphrase: secret() }))).toBe('session.locked');
    pass(-1);
    expect(await codeOf(window.policies.set({ idleLockMinutes: 20 }))).toBe('session.proof-needed');
    pass(60);
    expect(await codeOf(practice.client.policies.set({ idleLockMinutes: 20 }))).toBe('done');
  });

  it('is every act by which a private key leaves, or somebody is given or loses power, and no reading', () => {
    const acts = Object.keys(permissions).filter(asksWhoIsThere);
    const isCommand = (name: string) => {
      const [area = '', call = ''] = name.split('.');
      return (contract as unknown as Record<string, Record<string, { verb: string }>>)[area]?.[call]?.verb === 'command';
    };
    expect(acts.filter((name) => !isCommand(name))).toEqual([]);
    expect(acts).toEqual(
      expect.arrayContaining([
        'certificates.exportPrivateKey',
        'openpgp.exportSecret',
        'offline.exportKey',
        'operators.setRole',
        'policies.set',
      ]),
    );
  });
});
