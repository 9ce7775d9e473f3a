import { describe, expect, it } from 'vitest';
import { codeOf } from './support/operators.ts';
import { addPeople, enroll, newPractice, openPractice, secret } from './support/practice.ts';

describe('making a practice', () => {
  it('makes operator, authorities and log in one unit, and signs the operator in', async () => {
    const { client, made } = await newPractice();
    const { signedIn, practiceName } = await client.workspace.status({});
    expect(practiceName).toBe('Ridgeway Family Practice');
    expect(signedIn).toEqual({ operatorId: made.operatorId, name: 'admin', role: 'administrator', personId: null });
    const { authorities } = await client.authorities.list({});
    expect(authorities.map(({ name, parentId }) => [name, parentId])).toEqual([
      ['Ridgeway Family Practice Root', null],
      ['Ridgeway Family Practice Issuing 1', made.rootAuthorityId],
    ]);
    expect(await client.audit.verify({})).toMatchObject({ holds: true, entries: 1, signedSize: 1 });
  });

  it('refuses a second practice in the same place and logs the attempt', async () => {
    const { client } = await newPractice();
    await expect(client.workspace.init({ name: 'Another', passphrase: secret() })).rejects.toMatchObject({ code: 'conflict' });
    const { entries } = await client.audit.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ action: 'workspace.init', outcome: 'refused', error: 'conflict' });
    expect((await client.authorities.list({})).authorities).toHaveLength(2);
  });

  it.each([
    ['an address for lists that is not http', { publishUrl: 'https://pki.ridgeway.example' }],
    ['an algorithm no authority can have', { rootAlgorithm: 'rsa-2048' as 'p256' }],
    ['a name of nothing but spaces', { name: '   ' }],
  ])('refuses %s and leaves no practice behind', async (_, choices) => {
    const practice = await openPractice();
    await expect(practice.client.workspace.init({ name: 'Ridgeway', passphrase: secret(), ...choices })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    expect(await practice.client.workspace.status({})).toMatchObject({ isInitialised: false, signedIn: null });
  });

  it('refuses an empty passphrase', async () => {
    const practice = await openPractice();
    await expect(practice.client.workspace.init({ name: 'Ridgeway', passphrase: secret('') })).rejects.toMatchObject({
      code: 'input.empty',
    });
  });
});

describe('signing in', () => {
  it('gives back what was there after the core was closed, and signs what was entered meanwhile', async () => {
    const first = await newPractice();
    const [person = ''] = await addPeople(first, 1);
    await enroll(first, [person]);
    await first.door.close();
    const again = await openPractice({ workspaceDirectory: first.directory });
    await expect(again.client.people.list({})).rejects.toMatchObject({ code: 'session.locked' });
    await expect(again.client.session.signIn({ passphrase: secret('wrong') })).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    expect(await again.client.session.signIn({ passphrase: secret() })).toMatchObject({ name: 'admin', unsignedEntries: 1 });
    expect((await again.client.people.show({ person })).standing).toBe('covered');
    expect(await again.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  });

  it('answers a wrong passphrase and a name nobody has in the same way', async () => {
    const { clientOf } = await newPractice();
    const other = clientOf('stranger');
    const wrong = await other.session.signIn({ operator: 'admin', passphrase: secret('wrong') }).catch((error: unknown) => error);
    const nobody = await other.session.signIn({ operator: 'mallory', passphrase: secret('wrong') }).catch((error: unknown) => error);
    const seen = ({ code, message, details, hint }: { code: string; message: string; details: object; hint: string }) => ({
      code,
      message,
      details,
      hint,
    });
    expect(seen(nobody as never)).toEqual(seen(wrong as never));
  });

  it('makes wrong tries cost more and more time, across a restart', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z');
    const clock = { now: () => new Date(now) };
    const first = await newPractice({ clock });
    const guess = (client: typeof first.client) => client.session.signIn({ passphrase: secret('wrong') });
    for (let tries = 0; tries < 3; tries++) await expect(guess(first.client)).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    await expect(guess(first.client)).rejects.toMatchObject({ code: 'session.too-soon', details: { seconds: 2 } });
    await first.door.close();
    const again = await openPractice({ clock, workspaceDirectory: first.directory });
    await expect(again.client.session.signIn({ passphrase: secret() })).rejects.toMatchObject({ code: 'session.too-soon' });
    now += 2000;
    expect(await again.client.session.signIn({ passphrase: secret() })).toMatchObject({ name: 'admin' });
  });

  it('counts guesses that are made all at once', async () => {
    const { client } = await newPractice();
    const guesses = await Promise.allSettled(Array.from({ length: 6 }, () => client.session.signIn({ passphrase: secret('wrong') })));
    const codes = guesses.map((guess) => (guess.status === 'rejected' ? (guess.reason as { code: string }).code : 'in'));
    expect(codes.filter((code) => code === 'session.sign-in-failed')).toHaveLength(3);
    expect(codes.filter((code) => code === 'session.too-soon')).toHaveLength(3);
  });

  it('opens with the recovery code once, sets a new passphrase, and replaces the code', async () => {
    const { client, clientOf, recoveryCode } = await newPractice();
    const other = clientOf('second');
    const recovered = await other.session.recover({ recoveryCode: secret(recoveryCode), newPassphrase: secret('a new one entirely') });
    expect(Buffer.from(codeOf(recovered).reveal()).toString()).not.toBe(recoveryCode);
    await client.session.lock({});
    await expect(client.session.signIn({ passphrase: secret() })).rejects.toMatchObject({ code: 'session.sign-in-failed' });
    expect(await client.session.signIn({ passphrase: secret('a new one entirely') })).toMatchObject({ name: 'admin' });
    await expect(other.session.recover({ recoveryCode: secret(recoveryCode), newPassphrase: secret() })).rejects.toMatchObject({
      code: 'session.sign-in-failed',
    });
  });

  it('keeps sessions apart: one caller signing in lets no other in', async () => {
    const { clientOf } = await newPractice();
    await expect(clientOf('second').people.list({})).rejects.toMatchObject({ code: 'session.locked' });
  });

  it('locks: the same caller is a stranger again', async () => {
    const { client } = await newPractice();
    await client.session.lock({});
    await expect(client.people.list({})).rejects.toMatchObject({ code: 'session.locked' });
    await expect(client.audit.list({})).rejects.toMatchObject({ code: 'session.locked' });
  });
});
