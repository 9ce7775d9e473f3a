import { expect, test } from 'vitest';
import type { Client } from '../../main/contract/client.ts';
import { addPeople, newPractice, secret } from './support/practice.ts';
import { faultyModule } from './support/faulty-module.ts';
import { pin } from './support/soft-hsm-module.ts';
import { impatient, newSoftHsm, onToken, soPin } from './support/soft-hsm.ts';

const other = '593047';

/** A practice with one card that counts tries as cards do. */
async function practiceWithCard() {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const practice = await newPractice({ tokenModules: [faultyModule(hsm.directory, 'on demand')], tokenDeadlines: impatient });
  hsm.countTries();
  hsm.countUnlockTries();
  const { client } = practice;
  const change = async (from: string, to: string, more: Partial<Parameters<Client['tokens']['changePin']>[0]> = {}) =>
    client.tokens.changePin({ token, pin: secret(from), newPin: secret(to), ...more });
  const unblock = async (code: string, to: string, more: Partial<Parameters<Client['tokens']['unblock']>[0]> = {}) =>
    client.tokens.unblock({ token, unlockCode: secret(code), newPin: secret(to), ...more });
  const shown = async () => client.tokens.show({ token });
  return { ...practice, hsm, token, change, unblock, shown };
}

const opensWith = (token: string, ownPin: string): boolean => {
  try {
    onToken(token, () => undefined, ownPin);
    return true;
  } catch {
    return false;
  }
};

const logged = async ({ client }: { readonly client: Client }) =>
  (await client.audit.list({ limit: 100 })).entries
    .toReversed()
    .flatMap(({ action, outcome, error, subject }) => (action.startsWith('token.') ? [{ action, outcome, error, subject }] : []));

test('a PIN is changed with the one that is known, and the log says so without either', async () => {
  const practice = await practiceWithCard();
  const { token, change } = practice;
  expect(await change(pin, other)).toEqual({ token, auditIndex: expect.any(Number) as number });
  expect([opensWith(token, pin), opensWith(token, other)]).toEqual([false, true]);
  const done = { outcome: 'success', error: null, subject: { token } };
  expect(await logged(practice)).toEqual([
    { action: 'token.change-pin-begin', ...done },
    { action: 'token.change-pin', ...done },
  ]);
  const everything = JSON.stringify(await practice.client.audit.list({ limit: 100 }));
  expect(everything).not.toContain(pin);
  expect(everything).not.toContain(other);
});

test('a wrong PIN costs exactly one try, changes nothing, and the log says how few are left', async () => {
  const practice = await practiceWithCard();
  const { hsm, token, change, shown } = practice;
  await expect(change('987124', other)).rejects.toMatchObject({ code: 'token.pin-incorrect', details: { pin: 'count-low' } });
  expect(hsm.triesLeft()).toBe(2);
  expect(opensWith(token, pin)).toBe(true);
  await expect(change('987124', other)).rejects.toMatchObject({ details: { pin: 'final-try' } });
  await expect(change(pin, other)).rejects.toMatchObject({ code: 'token.pin-final-try' });
  expect(hsm.triesLeft()).toBe(1);
  await expect(change('987124', other, { finalTry: true })).rejects.toMatchObject({ code: 'token.pin-locked' });
  expect(await shown()).toMatchObject({ pin: 'locked' });
  await expect(change(pin, other, { finalTry: true })).rejects.toMatchObject({ code: 'token.pin-locked' });
  const entries = await logged(practice);
  // Where the card was asked that is there before its answer; where it was not, nothing was begun.
  const begun = ['success', null, undefined];
  expect(entries.map(({ outcome, error, subject }) => [outcome, error, subject['pin']])).toEqual([
    begun,
    ['refused', 'token.pin-incorrect', 'count-low'],
    begun,
    ['refused', 'token.pin-incorrect', 'final-try'],
    ['refused', 'token.pin-final-try', 'final-try'],
    begun,
    ['refused', 'token.pin-locked', 'locked'],
    ['refused', 'token.pin-locked', 'locked'],
  ]);
  expect(JSON.stringify(entries)).not.toContain('987124');
});

test('a new PIN that the card would refuse, that cards leave the factory with, or that is the old one costs no try', async () => {
  const { hsm, change, unblock, shown } = await practiceWithCard();
  await expect(change(pin, '482')).rejects.toMatchObject({ code: 'token.pin-length', details: { minimum: 4, maximum: 255 } });
  await expect(change(pin, '123456')).rejects.toMatchObject({ code: 'token.pin-factory' });
  await expect(change(pin, pin)).rejects.toMatchObject({ code: 'token.pin-unchanged' });
  await expect(unblock(soPin, '0000')).rejects.toMatchObject({ code: 'token.pin-factory' });
  await expect(unblock(soPin, '1')).rejects.toMatchObject({ code: 'token.pin-length' });
  expect([hsm.triesLeft(), hsm.unlockTriesLeft()]).toEqual([3, 3]);
  expect(await shown()).toMatchObject({ pin: 'fine', unlockCode: 'fine' });
});

test('nobody’s key is made behind a PIN that cards leave the factory with', async () => {
  const practice = await practiceWithCard();
  const [person = ''] = await addPeople(practice, 1);
  const enrolling = practice.client.tokens.enroll({ person, token: practice.token, pin: secret('123456') });
  await expect(enrolling).rejects.toMatchObject({ code: 'token.pin-factory' });
  expect(practice.hsm.triesLeft()).toBe(3);
  const initialising = practice.client.tokens.initialize({
    module: 'SoftHSM',
    label: 'New',
    soPin: secret('12345678'),
    pin: secret(pin),
  });
  await expect(initialising).rejects.toMatchObject({ code: 'token.pin-factory' });
  expect((await practice.client.tokens.list({})).tokens).toHaveLength(1);
});

test('a locked PIN is replaced by the unlock code, and all tries are back', async () => {
  const practice = await practiceWithCard();
  const { hsm, token, change, unblock, shown } = practice;
  for (const finalTry of [false, false, true])
    await expect(change('987124', other, { finalTry })).rejects.toMatchObject({ code: expect.stringMatching(/^token\.pin-/) as string });
  expect(await shown()).toMatchObject({ pin: 'locked' });
  expect(await unblock(soPin, other)).toMatchObject({ token });
  expect(hsm.triesLeft()).toBe(3);
  expect(await shown()).toMatchObject({ pin: 'fine' });
  expect(opensWith(token, other)).toBe(true);
  expect((await logged(practice)).at(-1)).toMatchObject({ action: 'token.unblock', outcome: 'success' });
});

test('a wrong unlock code costs exactly one of its own tries, its last is asked for, and then nothing opens the card', async () => {
  const practice = await practiceWithCard();
  const { hsm, token, unblock, shown } = practice;
  await expect(unblock('11223344', other)).rejects.toMatchObject({
    code: 'token.unlock-code-incorrect',
    details: { unlockCode: 'count-low' },
  });
  await expect(unblock('11223344', other)).rejects.toMatchObject({ details: { unlockCode: 'final-try' } });
  await expect(unblock(soPin, other)).rejects.toMatchObject({ code: 'token.unlock-code-final-try' });
  expect([hsm.triesLeft(), hsm.unlockTriesLeft()]).toEqual([3, 1]);
  await expect(unblock('11223344', other, { finalTry: true })).rejects.toMatchObject({ code: 'token.unlock-code-locked' });
  await expect(unblock(soPin, other, { finalTry: true })).rejects.toMatchObject({ code: 'token.unlock-code-locked' });
  expect(await shown()).toMatchObject({ pin: 'fine', unlockCode: 'locked' });
  expect(opensWith(token, pin)).toBe(true);
  expect(JSON.stringify(await logged(practice))).not.toContain('11223344');
});

test('what a driver cannot do is said as that, and nothing is changed', async () => {
  const { hsm, token, change, unblock } = await practiceWithCard();
  const unsupported = String(0x54);
  hsm.fail('C_SetPIN', 'before', unsupported);
  await expect(change(pin, other)).rejects.toMatchObject({ code: 'token.unsupported' });
  hsm.fail('C_InitPIN', 'before', unsupported);
  await expect(unblock(soPin, other)).rejects.toMatchObject({ code: 'token.unsupported' });
  hsm.fail('C_SetPIN', 'before', 'crash');
  await expect(change(pin, other)).rejects.toMatchObject({ code: 'token.module-crashed' });
  hsm.fail();
  expect(opensWith(token, pin)).toBe(true);
});

test('with a PIN pad the PIN is typed on the reader: keys are made and used, it is changed, and a wrong one costs exactly one try', async () => {
  const practice = await practiceWithCard();
  const { hsm, token, client, change, shown } = practice;
  await expect(change('', '')).rejects.toMatchObject({ code: 'token.pin-length' });
  const [person = ''] = await addPeople(practice, 1);
  const enrol = async () => client.tokens.enroll({ person, token, pin: secret('') });
  await expect(enrol()).rejects.toMatchObject({ code: 'token.pin-refused' });
  expect(hsm.triesLeft()).toBe(3);
  hsm.typeOnPad('987124');
  expect(await shown()).toMatchObject({ isPinTypedAtReader: true });
  await expect(enrol()).rejects.toMatchObject({ code: 'token.pin-incorrect', details: { pin: 'count-low' } });
  expect(hsm.triesLeft()).toBe(2);
  hsm.typeOnPad(pin);
  hsm.fail('C_Login', 'before', String(0x7));
  await expect(enrol()).rejects.toMatchObject({ code: 'token.pin-pad-unused' });
  hsm.fail('C_Login', 'before', String(0x50));
  await expect(enrol()).rejects.toMatchObject({ code: 'cancelled' });
  hsm.fail();
  expect(await enrol()).toMatchObject({ unfinished: null });

  await client.account.addCard({ token, pin: secret(''), passphrase: secret() });
  expect(await client.session.cards({})).toMatchObject({ cards: [{ token, isPinTypedAtReader: true }] });
  expect(await practice.clientOf('another').session.signInWithCard({ token, pin: secret('') })).toMatchObject({ name: 'admin' });
  const [root] = (await client.authorities.list({})).authorities;
  const onToken = { token, pin: secret('') };
  const { authority } = await client.authorities.create({ name: 'Card CA', under: root?.id ?? '', algorithm: 'p256', use: true, onToken });
  await client.authorities.closeKey({ authority });
  await client.authorities.openKey({ authority, pin: secret('') });
  await client.authorities.crl({ authority });

  hsm.typeOnPad(pin, other);
  expect(await change('', '')).toMatchObject({ token });
  expect([opensWith(token, pin), opensWith(token, other)]).toEqual([false, true]);
});
