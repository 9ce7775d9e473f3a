import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createClient, type Client } from '../../main/contract/client.ts';
import { attributeType, keyType, mechanismType, objectClass } from '../../native/pkcs11/constants.ts';
import { addOperator, passphraseOf, withRawDatabase } from './support/operators.ts';
import { addPeople, cheapVault, enroll, newPractice, passphrase, secret } from './support/practice.ts';
import { faultyModule } from './support/faulty-module.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { impatient, newSoftHsm, objectsOn, onToken } from './support/soft-hsm.ts';

const wrongPin = '987124';

/** A practice with a card that counts tries as cards do, and a window beside the command line. */
async function practiceWithCard(more: { readonly proofLasts?: number } = {}) {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Admin');
  const practice = await newPractice({ tokenModules: [faultyModule(hsm.directory, 'on demand')], tokenDeadlines: impatient, ...more });
  hsm.countTries();
  const { client, door } = practice;
  const window = createClient((name, input) => door.call(name, input, { connection: 'window', host: 'window' }));
  const register = async (by: Client = client, words: string = passphrase, ownPin = pin) =>
    by.account.addCard({ token, pin: secret(ownPin), passphrase: secret(words) });
  const enter = async (by: Client, more: Partial<Parameters<Client['session']['signInWithCard']>[0]> = {}) =>
    by.session.signInWithCard({ token, pin: secret(pin), ...more });
  return { ...practice, hsm, token, window, register, enter };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'in',
    (error: unknown) => (error as { code: string }).code,
  );

test('a registered card opens everything its operator opens, without passphrase and without the code of a second factor', async () => {
  const practice = await practiceWithCard();
  const { token, register, enter, client, window } = practice;
  expect(await window.session.cards({})).toEqual({ cards: [] });
  expect(await register()).toEqual({ token });
  expect(await client.account.cards({})).toEqual({ cards: [{ token, since: expect.any(String) as string }] });
  expect(await window.session.cards({})).toEqual({
    cards: [{ token, label: 'Admin', pin: 'fine', isPinTypedAtReader: false, operators: ['admin'] }],
  });
  expect(await enter(window)).toMatchObject({ name: 'admin', role: 'administrator' });
  const { authorities } = await window.authorities.list({});
  await window.authorities.crl({ authority: authorities[0]?.id ?? '' });
  const { entries } = await window.audit.list({ limit: 10 });
  // A window that was signed in renews lists by itself, before or after what is asked for here.
  const asked = entries.filter(({ action }) => action !== 'authority.renew-lists');
  const told = asked.map(({ action, outcome, subject }) => [action, outcome, subject['token']]);
  expect(told.toReversed().slice(-4)).toEqual([
    ['account.add-card-begin', 'success', token],
    ['account.add-card', 'success', token],
    ['session.sign-in', 'success', token],
    ['authority.crl', 'success', undefined],
  ]);
  expect(JSON.stringify(entries)).not.toContain(pin);
});

test('only the card opens what is kept for it: the key does not leave it, and the database alone opens nothing', async () => {
  const practice = await practiceWithCard();
  await practice.register();
  const [key] = objectsOn(practice.token);
  const sensitive = onToken(practice.token, (session) => {
    const [object = Buffer.alloc(0)] = session.find([{ type: attributeType.class, value: objectClass.privateKey }]);
    return [attributeType.sensitive, attributeType.extractable, attributeType.sign].map((type) => session.attribute(object, type)?.[0]);
  });
  expect(sensitive).toEqual([1, 0, 0]);
  await withRawDatabase(practice, async ({ read }) => {
    const [operator] = await read.operators.list();
    const card = operator && (await read.operatorCards.find(operator.id, practice.token));
    if (operator === undefined || card === undefined) throw new Error('no card was registered');
    expect(card.ckaId).toBe(key?.id);
    const opening = { operatorId: operator.id, method: 'card' as const, parameters: card.parameters, sealed: card.sealed };
    const open = async (octets: Uint8Array, challenge = card.challenge) =>
      codeOf(cheapVault().unlockWithSecret({ operator, opening }, octets, challenge));
    const right = onToken(practice.token, (session) => {
      const [object = Buffer.alloc(0)] = session.find([{ type: attributeType.class, value: objectClass.privateKey }]);
      return session.agree(object, card.challenge);
    });
    expect(await open(right)).toBe('in');
    expect(await open(Buffer.alloc(32))).toBe('session.sign-in-failed');
    expect(await open(right, Buffer.alloc(65, 4))).toBe('session.sign-in-failed');
  });
});

test('a wrong PIN costs one try and a longer wait, the last try is asked for, a locked card is not tried', async () => {
  const { hsm, register, enter, window } = await practiceWithCard();
  await register();
  const wrong = async (finalTry = false) => enter(window, { pin: secret(wrongPin), finalTry });
  await expect(wrong()).rejects.toMatchObject({ code: 'token.pin-incorrect', details: { pin: 'count-low' } });
  expect(hsm.triesLeft()).toBe(2);
  await expect(wrong()).rejects.toMatchObject({ details: { pin: 'final-try' } });
  expect(await codeOf(enter(window))).toBe('token.pin-final-try');
  expect(hsm.triesLeft()).toBe(1);
  expect(await codeOf(wrong(true))).toBe('token.pin-locked');
  expect((await window.session.cards({})).cards).toMatchObject([{ pin: 'locked' }]);
  expect(await codeOf(enter(window, { finalTry: true }))).toBe('token.pin-locked');
  expect(await codeOf(window.session.signIn({ passphrase: secret() }))).toBe('in');
});

test('wrong PINs count beside wrong passphrases', async () => {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Admin');
  const { client, clientOf } = await newPractice({ tokenModules: [softHsmModule], tokenDeadlines: impatient });
  await client.account.addCard({ token, pin: secret(pin), passphrase: secret() });
  const other = clientOf('other');
  await codeOf(other.session.signIn({ passphrase: secret('wrong') }));
  for (let at = 0; at < 2; at++) await codeOf(other.session.signInWithCard({ token, pin: secret(wrongPin) }));
  expect(await codeOf(other.session.signInWithCard({ token, pin: secret(pin) }))).toBe('session.too-soon');
});

test('registering takes the passphrase once more, before the card is asked, and happens once', async () => {
  const { hsm, token, register, client } = await practiceWithCard();
  expect(await codeOf(register(client, 'not the passphrase'))).toBe('session.sign-in-failed');
  expect(await codeOf(register(client, passphrase, wrongPin))).toBe('token.pin-incorrect');
  expect(hsm.triesLeft()).toBe(2);
  expect(objectsOn(token)).toEqual([]);
  expect(await codeOf(register(client, passphrase, '123456'))).toBe('token.pin-factory');
  expect(await codeOf(register())).toBe('in');
  expect(await codeOf(register())).toBe('conflict');
  await client.account.removeCard({ token: token.slice(-6) });
  expect(await codeOf(register())).toBe('in');
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, publicKeys: 1 }]);
});

test('nobody else’s card opens, nor one taken away, lost, or of somebody who was removed', async () => {
  const practice = await practiceWithCard();
  const { token, client, register, enter, clientOf } = practice;
  const door = clientOf('door');
  expect(await codeOf(enter(door))).toBe('session.card-unknown');
  const ana = await addOperator(practice, 'Ana', 'registrar');
  await register(ana.client, passphraseOf('Ana'));
  expect(await enter(door)).toMatchObject({ name: 'Ana', role: 'registrar' });
  expect(await codeOf(enter(door, { operator: 'admin' }))).toBe('session.card-unknown');
  expect(await codeOf(enter(door, { operator: 'nobody' }))).toBe('session.card-unknown');
  await register();
  expect(await codeOf(enter(door))).toBe('session.operator-unnamed');
  expect(await enter(door, { operator: 'admin' })).toMatchObject({ name: 'admin' });
  expect(await codeOf(client.account.removeCard({ token: 'ffffffff' }))).toBe('not-found');
  await client.account.removeCard({ token });
  expect(await codeOf(enter(door, { operator: 'admin' }))).toBe('session.card-unknown');
  await client.tokens.reportLost({ token });
  expect(await codeOf(enter(door))).toBe('token.lost');
  expect((await door.session.cards({})).cards).toEqual([]);
  await client.tokens.takeBack({ token });
  expect(await enter(door)).toMatchObject({ name: 'Ana' });
  await client.operators.remove({ operator: 'Ana' });
  expect(await codeOf(enter(door))).toBe('session.card-unknown');
});

test('a card that shows the serial number of another, or was wiped, opens nothing', async () => {
  const { token, register, enter, window } = await practiceWithCard();
  await register();
  onToken(token, (session) =>
    session.find([{ type: attributeType.class, value: objectClass.privateKey }]).forEach((key) => session.destroyObject(key)),
  );
  expect(await codeOf(enter(window))).toBe('session.sign-in-failed');
});

/** Puts a pair on the card that somebody made elsewhere. */
const withForeignKey = (token: string): void =>
  onToken(token, (session) => {
    const own = [
      { type: attributeType.token, value: true },
      { type: attributeType.id, value: Buffer.from('9d', 'hex') },
    ];
    session.generateKeyPair(
      { mechanism: mechanismType.rsaPkcsKeyPairGen },
      [...own, { type: attributeType.modulusBits, value: 2048 }, { type: attributeType.publicExponent, value: Buffer.of(1, 0, 1) }],
      [...own, { type: attributeType.private, value: true }, { type: attributeType.decrypt, value: true }],
    );
  });

/** Shows the public half of the key of a certificate beside it, as many cards do. */
const withPublicHalf = (token: string, pem: Uint8Array): void =>
  onToken(token, (session) => {
    const { x = '', y = '' } = new X509Certificate(pem).publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([Buffer.of(4, 65, 4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    const [key = Buffer.alloc(0)] = session.find([{ type: attributeType.class, value: objectClass.privateKey }]);
    session.createObject([
      { type: attributeType.class, value: objectClass.publicKey },
      { type: attributeType.keyType, value: keyType.ec },
      { type: attributeType.token, value: true },
      { type: attributeType.id, value: session.attribute(key, attributeType.id) ?? Buffer.alloc(0) },
      { type: attributeType.ecParams, value: Buffer.from('06082a8648ce3d030107', 'hex') },
      { type: attributeType.ecPoint, value: point },
    ]);
  });

test('a card on which no keys are made opens with the key it has', async () => {
  const { hsm, token, register, enter, window } = await practiceWithCard();
  const makesNone = () => hsm.fail('C_GenerateKeyPair', 'before', String(0x54));
  makesNone();
  expect(await codeOf(register())).toBe('token.mechanism-unsupported');
  hsm.fail();
  withForeignKey(token);
  makesNone();
  expect(await codeOf(register())).toBe('in');
  expect(await enter(window)).toMatchObject({ name: 'admin' });
});

test('a key that the vault has too opens nobody’s keys: whoever opens that part of the vault would have them', async () => {
  const practice = await practiceWithCard();
  const { hsm, token, client, register } = practice;
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  const { certificates } = await client.people.show({ person });
  const certificate = certificates.find(({ purpose }) => purpose === 'encrypt')?.id ?? '';
  await client.tokens.import({ certificate, token, pin: secret(pin) });
  const { bytes } = await client.certificates.export({ certificate, format: 'pem' });
  withPublicHalf(token, bytes);
  hsm.fail('C_GenerateKeyPair', 'before', String(0x54));
  expect(await codeOf(register())).toBe('token.mechanism-unsupported');
});

test('the window locks when its card is taken out, and only that session', async () => {
  const practice = await practiceWithCard();
  const { hsm, register, enter, window, client, next } = practice;
  await register();
  await enter(window);
  const ended = next('session.ended', () => true);
  hsm.pullOut();
  expect(await ended).toMatchObject({ why: 'card' });
  expect(await codeOf(window.people.list({}))).toBe('session.locked');
  const { entries } = await client.audit.list({ limit: 1 });
  expect(entries[0]).toMatchObject({ action: 'session.lock', subject: { why: 'card' }, outcome: 'success' });
});

test('whoever signed in with a card gives it once more before an act that asks who is there; a wrong PIN costs a try of the card and lets nothing through', async () => {
  const practice = await practiceWithCard({ proofLasts: 0 });
  const { token, register, enter, window, client } = practice;
  await register();
  await enter(window);
  expect(await window.session.proof({})).toEqual({ isFresh: false, card: token });
  expect(await codeOf(window.session.proveWithCard({ token, pin: secret(wrongPin) }))).toBe('token.pin-incorrect');
  expect(await codeOf(window.policies.set({ idleLockMinutes: 60 }))).toBe('session.proof-needed');
  await window.session.proveWithCard({ token, pin: secret(pin) });
  const { entries } = await client.audit.list({ actions: ['session.prove'] });
  expect(entries.map(({ outcome, subject }) => [outcome, subject['token']])).toEqual([
    ['success', token],
    ['refused', token],
  ]);
});
