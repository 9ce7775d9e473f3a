import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../main/contract/client.ts';
import { appCode, keyFromBase32 } from './support/authenticator.ts';
import { addOperator, codeOf, passphraseOf, withRawDatabase } from './support/operators.ts';
import { newPractice, openPractice, passphrase, secret } from './support/practice.ts';

interface App {
  readonly key: Buffer;
  readonly recoveryCodes: readonly string[];
}

/** A practice on a clock that stands still, where the administrator has turned a second factor on. */
async function withFactor() {
  const start = Date.parse('2026-11-23T12:00:15Z');
  const time = { now: start };
  const clock = { now: () => new Date(time.now) };
  const practice = await newPractice({ clock });
  const app = await turnOn(practice.client, time);
  return { ...practice, ...app, clock, time, code: (ahead = 0) => appCode(app.key, time.now + ahead * 30_000) };
}

async function turnOn(client: Client, time: { now: number }): Promise<App> {
  const begun = await client.account.beginSecondFactor({});
  const key = keyFromBase32(Buffer.from(begun.secret.reveal()).toString());
  const on = await client.account.turnOnSecondFactor({ code: secret(appCode(key, time.now)) });
  time.now += 60_000;
  return { key, recoveryCodes: Buffer.from(on.recoveryCodes.reveal()).toString().split('\n') };
}

const begin = (client: Client, operator = 'admin', words: string = passphrase) =>
  client.session.signIn({ operator, passphrase: secret(words) });
const codeOfRefusal = (call: Promise<unknown>) =>
  call.then(
    () => 'in',
    (error: unknown) => (error as { code: string }).code,
  );

describe('a second factor', () => {
  it('is on only once a code of the app confirmed it', async () => {
    const { client, clientOf } = await newPractice();
    const { secret: shown } = await client.account.beginSecondFactor({});
    expect(await client.account.secondFactor({})).toEqual({ since: null, codesLeft: 0 });
    const right = appCode(keyFromBase32(Buffer.from(shown.reveal()).toString()), Date.now() + 3_600_000);
    expect(await codeOfRefusal(client.account.turnOnSecondFactor({ code: secret(right) }))).toBe('session.code-wrong');
    expect(await begin(clientOf('other'))).toMatchObject({ name: 'admin' });
    expect(await codeOfRefusal(clientOf('third').account.turnOnSecondFactor({ code: secret(right) }))).toBe('session.locked');
    expect(await codeOfRefusal(clientOf('other').account.turnOnSecondFactor({ code: secret('123456') }))).toBe('conflict');
  });

  it('tells the app a secret of 160 bits, and gives eight recovery codes once', async () => {
    const { client, key, recoveryCodes } = await withFactor();
    expect(key).toHaveLength(20);
    expect(new Set(recoveryCodes).size).toBe(8);
    for (const code of recoveryCodes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(await client.account.secondFactor({})).toMatchObject({ codesLeft: 8 });
    expect(await codeOfRefusal(client.account.beginSecondFactor({}))).toBe('conflict');
    expect((await client.operators.list({})).operators).toMatchObject([{ name: 'admin', hasSecondFactor: true }]);
  });

  it('is asked for after the passphrase, and until then nothing may be done', async () => {
    const { clientOf, code, client } = await withFactor();
    const other = clientOf('other');
    expect(await begin(other)).toEqual({ codeNeeded: true });
    expect((await other.workspace.status({})).signedIn).toBeNull();
    expect(await codeOfRefusal(other.people.list({}))).toBe('session.locked');
    expect(await other.session.confirm({ code: secret(code()) })).toMatchObject({ name: 'admin' });
    await other.people.list({});
    const { entries } = await client.audit.list({ limit: 3 });
    expect(entries.map(({ action, outcome, operator, subject }) => [action, outcome, operator, subject])).toEqual(
      expect.arrayContaining([
        ['session.confirm', 'success', 'admin', {}],
        ['session.sign-in', 'success', 'admin', { name: 'admin', awaits: 'code' }],
      ]),
    );
  });

  it('is for the connection that gave the passphrase, and for five minutes', async () => {
    const { clientOf, code, time, door } = await withFactor();
    const other = clientOf('other');
    await begin(other);
    expect(await codeOfRefusal(clientOf('third').session.confirm({ code: secret(code()) }))).toBe('session.locked');
    time.now += 301_000;
    expect(await codeOfRefusal(other.session.confirm({ code: secret(code()) }))).toBe('session.locked');
    await begin(other);
    door.disconnect('other');
    expect(await codeOfRefusal(other.session.confirm({ code: secret(code()) }))).toBe('session.locked');
  });

  it('accepts a code once, on whatever connection, and after a restart too', async () => {
    const practice = await withFactor();
    const used = practice.code();
    const [one, two] = [practice.clientOf('one'), practice.clientOf('two')];
    await begin(one);
    await begin(two);
    await one.session.confirm({ code: secret(used) });
    expect(await codeOfRefusal(two.session.confirm({ code: secret(used) }))).toBe('session.code-wrong');
    await practice.door.close();
    const again = await openPractice({ clock: practice.clock, workspaceDirectory: practice.directory });
    await begin(again.client);
    expect(await codeOfRefusal(again.client.session.confirm({ code: secret(used) }))).toBe('session.code-wrong');
    expect(await again.client.session.confirm({ code: secret(practice.code(1)) })).toMatchObject({ name: 'admin' });
  });

  it('does not accept at sign-in the code that turned it on', async () => {
    const time = { now: Date.parse('2026-11-23T12:00:15Z') };
    const { client, clientOf } = await newPractice({ clock: { now: () => new Date(time.now) } });
    const { key } = await turnOn(client, time);
    time.now -= 60_000;
    await begin(clientOf('other'));
    expect(await codeOfRefusal(clientOf('other').session.confirm({ code: secret(appCode(key, time.now)) }))).toBe('session.code-wrong');
  });

  it('takes each recovery code once, in place of the app', async () => {
    const { clientOf, recoveryCodes, client } = await withFactor();
    const [first = ''] = recoveryCodes;
    const other = clientOf('other');
    await begin(other);
    expect(await other.session.confirm({ code: secret(first.toLowerCase().replace('-', ' ')) })).toMatchObject({ name: 'admin' });
    expect(await client.account.secondFactor({})).toMatchObject({ codesLeft: 7 });
    await begin(other);
    expect(await codeOfRefusal(other.session.confirm({ code: secret(first) }))).toBe('session.code-wrong');
  });

  it('counts wrong codes with wrong passphrases; a right passphrase between them ends nothing', async () => {
    const { clientOf, code, time } = await withFactor();
    const other = clientOf('other');
    for (const wrong of ['000000', 'AAAAA-AAAAA']) {
      await begin(other);
      expect(await codeOfRefusal(other.session.confirm({ code: secret(wrong) }))).toBe('session.code-wrong');
    }
    expect(await codeOfRefusal(other.session.confirm({ code: secret('12 34') }))).toBe('input.invalid');
    expect(await codeOfRefusal(begin(other, 'admin', 'wrong'))).toBe('session.sign-in-failed');
    expect(await codeOfRefusal(other.session.confirm({ code: secret(code()) }))).toBe('session.too-soon');
    expect(await codeOfRefusal(begin(other))).toBe('session.too-soon');
    time.now += 2000;
    expect(await codeOfRefusal(other.session.confirm({ code: secret(code()) }))).toBe('in');
  });

  it('is asked for after the recovery code of the vault too, and nothing changes before', async () => {
    const { clientOf, code, recoveryCode } = await withFactor();
    const other = clientOf('other');
    const recover = () => other.session.recover({ recoveryCode: secret(recoveryCode), newPassphrase: secret('a new one entirely') });
    expect(await recover()).toEqual({ codeNeeded: true });
    expect(await begin(clientOf('third'))).toEqual({ codeNeeded: true });
    const entered = await other.session.confirm({ code: secret(code()) });
    expect(Buffer.from(codeOf(entered).reveal()).toString()).not.toBe(recoveryCode);
    expect(await codeOfRefusal(begin(clientOf('third')))).toBe('session.sign-in-failed');
    expect(await begin(clientOf('third'), 'admin', 'a new one entirely')).toEqual({ codeNeeded: true });
  });

  it('is turned off by oneself with a code and not with a wrong one', async () => {
    const { client, clientOf, code } = await withFactor();
    expect(await codeOfRefusal(client.account.turnOffSecondFactor({ code: secret('000000') }))).toBe('session.code-wrong');
    await client.account.turnOffSecondFactor({ code: secret(code()) });
    expect(await client.account.secondFactor({})).toEqual({ since: null, codesLeft: 0 });
    expect(await begin(clientOf('other'))).toMatchObject({ name: 'admin' });
    expect(await codeOfRefusal(client.account.turnOffSecondFactor({ code: secret(code()) }))).toBe('conflict');
  });

  it('is reset by an administrator for somebody else alone, in the log', async () => {
    const practice = await withFactor();
    const { client: ana } = await addOperator(practice, 'Ana', 'registrar');
    await turnOn(ana, practice.time);
    expect(await codeOfRefusal(ana.operators.resetSecondFactor({ operator: 'admin' }))).toBe('session.not-permitted');
    expect(await codeOfRefusal(practice.client.operators.resetSecondFactor({ operator: 'admin' }))).toBe('session.own-second-factor');
    expect(await codeOfRefusal(practice.client.operators.resetSecondFactor({ operator: 'nobody' }))).toBe('not-found');
    await practice.client.operators.resetSecondFactor({ operator: 'Ana' });
    const { entries } = await practice.client.audit.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ action: 'operator.reset-second-factor', outcome: 'success', operator: 'admin' });
    expect(await begin(practice.clientOf('other'), 'Ana', passphraseOf('Ana'))).toMatchObject({ name: 'Ana' });
    expect(await codeOfRefusal(practice.client.operators.resetSecondFactor({ operator: 'Ana' }))).toBe('conflict');
  });

  it('ends for who is removed while their code is still to come', async () => {
    const practice = await withFactor();
    const { client: ana } = await addOperator(practice, 'Ana', 'staff');
    const { key } = await turnOn(ana, practice.time);
    const other = practice.clientOf('other');
    await begin(other, 'Ana', passphraseOf('Ana'));
    await practice.client.operators.remove({ operator: 'Ana' });
    expect(await codeOfRefusal(other.session.confirm({ code: secret(appCode(key, practice.time.now)) }))).toBe('session.locked');
  });

  it('leaves neither its secret nor a recovery code in the workspace, plain or hashed without a key', async () => {
    const practice = await withFactor();
    const { directory, key, recoveryCodes } = practice;
    await withRawDatabase(practice, async ({ read }) => {
      const [admin] = await read.operators.list();
      const codes = await read.secondFactors.codes(admin?.id ?? '');
      expect(codes).toHaveLength(8);
      const letters = recoveryCodes.map((code) => code.replace('-', ''));
      const guesses = letters.flatMap((code) => [code, code.toLowerCase()].map((text) => createHmac('sha256', '').update(text).digest()));
      for (const { hash } of codes) expect(guesses.some((guess) => guess.equals(hash))).toBe(false);
    });
    for (const file of readdirSync(directory)) {
      const content = readFileSync(join(directory, file));
      for (const needle of [key, ...recoveryCodes.map((code) => Buffer.from(code.replace('-', '')))])
        expect(content.includes(needle), file).toBe(false);
    }
  });
});
