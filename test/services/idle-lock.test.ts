import { describe, expect, it } from 'vitest';
import { createClient, type Client } from '../../main/contract/client.ts';
import { addOperator, passphraseOf } from './support/operators.ts';
import { addPeople, newPractice, secret, type OpenPractice } from './support/practice.ts';

const minute = 60_000;
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'in',
    (error: unknown) => (error as { code: string }).code,
  );

/** A practice on a clock that only the test moves, looked through every few milliseconds. */
async function practiceAtRest() {
  const time = { now: Date.parse('2026-11-23T12:00:00Z') };
  const practice = await newPractice({ clock: { now: () => new Date(time.now) }, lookForIdleEvery: 5 });
  const window = windowOf(practice, 'window');
  await window.session.signIn({ operator: 'admin', passphrase: secret() });
  return { ...practice, time, window };
}

const windowOf = ({ door }: OpenPractice, connection: string): Client =>
  createClient((name, input) => door.call(name, input, { connection, host: 'window' }));

const ended = (practice: OpenPractice) => practice.next('session.ended', () => true);

/** Resolves when the core has looked for idle sessions with the time as it is: another one, which never acts, was ended. */
async function looked(practice: OpenPractice & { readonly time: { now: number } }): Promise<void> {
  const canary = windowOf(practice, 'canary');
  await canary.session.signIn({ operator: 'canary', passphrase: secret(passphraseOf('canary')) });
  const end = practice.next('session.ended', () => true);
  practice.time.now += 60 * minute;
  await end;
  practice.time.now -= 60 * minute;
}

describe('the idle lock', () => {
  it('ends a session at the window after ten minutes without use, tells the window, and is in the log', async () => {
    const practice = await practiceAtRest();
    const told = ended(practice);
    practice.time.now += 10 * minute;
    expect(await told).toEqual({ operator: practice.made.operatorId, why: 'idle' });
    expect(await refusal(practice.window.people.list({}))).toBe('session.locked');
    expect((await practice.window.workspace.status({})).signedIn).toBeNull();
    const { entries } = await practice.client.audit.list({ actions: ['session.lock'] });
    expect(entries).toMatchObject([{ operator: 'admin', subject: { why: 'idle' }, origin: { host: 'core' }, outcome: 'success' }]);
    expect(await practice.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  });

  it('counts from the last command and from the last sign that somebody is there, not from what the window asks by itself', async () => {
    const practice = await practiceAtRest();
    practice.time.now += 6 * minute;
    await practice.window.people.add({ name: 'Ada Lovelace', emails: ['ada@ridgeway.example'] });
    practice.time.now += 6 * minute;
    await practice.window.session.stay({});
    practice.time.now += 6 * minute;
    await practice.window.people.list({});
    const told = ended(practice);
    practice.time.now += 4 * minute;
    await told;
    expect(await refusal(practice.window.people.list({}))).toBe('session.locked');
  });

  it('leaves command lines alone, which end with their command', async () => {
    const practice = await practiceAtRest();
    const told = ended(practice);
    practice.time.now += 600 * minute;
    await told;
    expect(await refusal(practice.client.people.list({}))).toBe('in');
  });

  it('does not come early, nor because the clock was set back', async () => {
    const practice = await practiceAtRest();
    await addOperator(practice, 'canary', 'staff');
    practice.time.now -= 1000 * minute;
    await practice.window.session.stay({});
    const before = practice.time.now;
    const other = windowOf(practice, 'other');
    await other.session.signIn({ operator: 'canary', passphrase: secret(passphraseOf('canary')) });
    practice.time.now = before + 5 * minute;
    await practice.window.session.stay({});
    const told = ended(practice);
    practice.time.now = before + 10 * minute;
    expect(await told).toMatchObject({ why: 'idle' });
    expect(await refusal(practice.window.people.list({}))).toBe('in');
  });

  it('is set by an administrator within bounds, holds at once, and is in the log', async () => {
    const practice = await practiceAtRest();
    expect(await practice.window.policies.show({})).toMatchObject({ idleLockMinutes: 10, jobsGoOnLocked: true });
    for (const idleLockMinutes of [0, 61, 2.5, -1])
      expect(await refusal(practice.window.policies.set({ idleLockMinutes })), String(idleLockMinutes)).toBe('input.invalid');
    expect(await practice.window.policies.set({ idleLockMinutes: 2 })).toMatchObject({ idleLockMinutes: 2, jobsGoOnLocked: true });
    const told = ended(practice);
    practice.time.now += 2 * minute;
    await told;
    const { entries } = await practice.client.audit.list({ actions: ['policy.set'], outcomes: ['success'] });
    expect(entries).toMatchObject([{ subject: { idleLockMinutes: 2, jobsGoOnLocked: true, before: 10, didGoOn: true } }]);
    const { client: ana } = await addOperator(practice, 'Ana', 'registrar');
    expect(await refusal(ana.policies.set({ idleLockMinutes: 60 }))).toBe('session.not-permitted');
    expect(await ana.policies.show({})).toMatchObject({ idleLockMinutes: 2 });
  });

  it('wipes a sign-in that has waited too long for its code', async () => {
    const practice = await practiceAtRest();
    await addOperator(practice, 'canary', 'staff');
    await looked(practice);
    expect(await refusal(practice.window.session.confirm({ code: secret('123456') }))).toBe('session.locked');
  });
});

describe('a running enrolment', () => {
  const small = { peopleInUnit: 1 };

  it('waits while nobody who began it is signed in, where the policy says so, and goes on at the next sign-in', async () => {
    const practice = await newPractice(small);
    await practice.client.policies.set({ jobsGoOnLocked: false });
    const people = await addPeople(practice, 40);
    const window = windowOf(practice, 'window');
    await window.session.signIn({ passphrase: secret() });
    await practice.client.session.lock({});
    const { job } = await window.enrollment.start({ people });
    await practice.next('enrollment.progress', (payload) => payload.id === job && payload.done > 0);
    const stopped = practice.next('enrollment.progress', (payload) => payload.id === job && payload.state === 'stopped');
    await window.session.lock({});
    expect((await stopped).done).toBeLessThan(40);
    const done = practice.next('enrollment.progress', (payload) => payload.id === job && payload.state === 'done');
    await window.session.signIn({ passphrase: secret() });
    expect(await done).toMatchObject({ done: 40, failed: 0 });
    const { entries } = await window.audit.list({ actions: ['enrollment.pause'] });
    expect(entries).toMatchObject([{ operator: 'admin', subject: { job }, origin: { host: 'core' } }]);
    expect(await window.audit.verify({})).toMatchObject({ holds: true });
  });

  it('goes on while the same operator is signed in elsewhere', async () => {
    const practice = await newPractice(small);
    const people = await addPeople(practice, 20);
    const window = windowOf(practice, 'window');
    await window.session.signIn({ passphrase: secret() });
    await practice.client.policies.set({ jobsGoOnLocked: false });
    const { job } = await window.enrollment.start({ people });
    await practice.next('enrollment.progress', (payload) => payload.id === job && payload.done > 0);
    const done = practice.next('enrollment.progress', (payload) => payload.id === job && payload.state !== 'running');
    await window.session.lock({});
    expect(await done).toMatchObject({ state: 'done', done: 20 });
  });
});
