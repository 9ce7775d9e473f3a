import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClient } from '../../main/contract/client.ts';
import { newPractice, secret } from './support/practice.ts';

const [hour, day] = [3_600_000, 86_400_000];
type Host = 'window' | 'command-line';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** A practice with nobody signed in, whose clock is moved, and what its log says of lists made by themselves. */
async function practiceInTime() {
  let now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const { client, door, clientOf } = await newPractice({ clock: { now: () => now } });
  await client.authorities.publish({});
  await client.session.lock({});
  const at = (host: Host) => createClient((name, input) => door.call(name, input, { connection: host, host }));
  const reader = clientOf('reader');
  await reader.session.signIn({ operator: 'admin', passphrase: secret() });
  return {
    at,
    reader,
    pass: (days: number) => void (now = new Date(now.getTime() + days * day)),
    signIn: async (host: Host) => void (await at(host).session.signIn({ operator: 'admin', passphrase: secret() })),
    /** Numbers of the root's and the issuing authority's newest lists. */
    numbers: async () => (await reader.authorities.list({})).authorities.map(({ latestList }) => latestList?.number),
    entries: async () => {
      const { entries } = await reader.audit.list({ actions: ['authority.renew-lists'] });
      return entries.map(({ operator, outcome, origin }) => [operator, outcome, origin.host]);
    },
  };
}

/** A list takes as long as the machine is busy. */
const patience = { timeout: 20_000 };

it('a list that is due is made when somebody signs in at the window, once, and entered as the core’s work with their keys', async () => {
  const { pass, signIn, numbers, entries } = await practiceInTime();
  const before = await numbers();
  pass(7);
  await signIn('window');
  await vi.waitFor(async () => expect(await entries()).toEqual([['admin', 'success', 'core']]), patience);
  expect(await numbers()).toEqual([before[0], (before[1] ?? 0) + 1]);
  await signIn('window');
  await vi.advanceTimersByTimeAsync(2 * hour);
  expect(await entries()).toHaveLength(1);
});

it('a list that becomes due while somebody is at the window is made within the hour, and none after they have locked', async () => {
  const { at, pass, signIn, numbers, entries } = await practiceInTime();
  const [, before = 0] = await numbers();
  await signIn('window');
  pass(8);
  await at('window').session.stay({});
  await vi.advanceTimersByTimeAsync(hour);
  await vi.waitFor(async () => expect((await numbers())[1]).toBe(before + 1), patience);
  await at('window').session.lock({});
  pass(8);
  await vi.advanceTimersByTimeAsync(3 * hour);
  expect(await entries()).toHaveLength(1);
});

it('signing in on the command line makes no list: there it is asked for', async () => {
  const { pass, signIn, numbers, entries } = await practiceInTime();
  const before = await numbers();
  pass(8);
  await signIn('command-line');
  await vi.advanceTimersByTimeAsync(2 * hour);
  expect([await numbers(), await entries()]).toEqual([before, []]);
});

it('somebody at the window whose role may not sign lists makes none, and no failure is entered', async () => {
  const { at, reader, pass, numbers, entries } = await practiceInTime();
  for (const role of ['auditor', 'registrar'] as const) await reader.operators.add({ name: role, role, passphrase: secret() });
  const before = await numbers();
  pass(8);
  for (const operator of ['auditor', 'registrar']) await at('window').session.signIn({ operator, passphrase: secret() });
  await vi.advanceTimersByTimeAsync(2 * hour);
  expect([await numbers(), await entries()]).toEqual([before, []]);
});
