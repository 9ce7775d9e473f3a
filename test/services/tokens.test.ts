import { X509Certificate } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { CoreOptions } from '../../main/compose.ts';
import type { Client } from '../../main/contract/client.ts';
import type { ErrorCode } from '../../main/domain/errors.ts';
import type { FoundToken, ModuleReport } from '../../main/ports/tokens.ts';
import { pickToken } from '../../main/services/token-list.ts';
import { addPeople, enroll, newPractice, openPractice, secret } from './support/practice.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { faultyModule } from './support/faulty-module.ts';
import { stoppedReaderService } from './support/reader-service.ts';
import { impatient, newSoftHsm, objectsOn, type SoftHsm } from './support/soft-hsm.ts';

const parts = { tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService };

async function practiceWithToken(partsFor: (hsm: SoftHsm) => Partial<CoreOptions> = () => parts) {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const practice = await newPractice(partsFor(hsm));
  const [person = ''] = await addPeople(practice, 1);
  const onToken = async (more: Partial<Parameters<Client['tokens']['enroll']>[0]> = {}) =>
    practice.client.tokens.enroll({ person, token, pin: secret(pin), ...more });
  return { ...practice, hsm, token, person, onToken };
}

type Practice = Awaited<ReturnType<typeof practiceWithToken>>;
const certificatesOf = async ({ client, person }: Pick<Practice, 'client' | 'person'>) =>
  (await client.people.show({ person })).certificates;

/** What the log says of acts on tokens, oldest first. */
async function logged({ client }: Pick<Practice, 'client'>): Promise<string[]> {
  const { entries } = await client.audit.list({ limit: 100 });
  return entries
    .toReversed()
    .flatMap(({ action, outcome, error }) =>
      action.startsWith('token.') ? [`${action} ${outcome}${error === null ? '' : ` ${error}`}`] : [],
    );
}

test('a person gets a signing key made on the token, its certificate beside it, and a decryption key in the vault', async () => {
  const practice = await practiceWithToken();
  const { token, onToken, client } = practice;
  const made = await onToken();
  expect(made).toMatchObject({ token, unfinished: null });
  const certificates = await certificatesOf(practice);
  expect(certificates.map(({ purpose, keyStore, keyAlgorithm }) => `${purpose} ${keyStore} ${keyAlgorithm}`).sort()).toEqual([
    'encrypt vault p256',
    'sign token p256',
  ]);
  expect(new Set(made.certificates)).toEqual(new Set(certificates.map(({ id }) => id)));
  const [onIt] = objectsOn(token);
  const signing = certificates.find(({ purpose }) => purpose === 'sign');
  expect(onIt).toMatchObject({ privateKeys: 1, publicKeys: 1 });
  expect(onIt?.certificates.map((der) => new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase())).toEqual([
    signing?.sha256,
  ]);
  expect((await client.tokens.list({})).tokens).toMatchObject([
    { serialNumber: token, personName: 'Person 0', unfinished: false, certificates: [{ id: signing?.id }] },
  ]);
  expect(await logged(practice)).toEqual(['token.begin success', 'token.enroll success']);
  expect((await client.certificates.show({ certificate: signing?.id ?? '' })).validation.valid).toBe(true);
});

test('the key on the token can be of another kind than the one in the vault', async () => {
  const practice = await practiceWithToken();
  await practice.onToken({ algorithm: 'ed25519' });
  const certificates = await certificatesOf(practice);
  expect(certificates.map(({ purpose, keyAlgorithm }) => `${purpose} ${keyAlgorithm}`).sort()).toEqual(['encrypt p256', 'sign ed25519']);
});

test('who had a pair in the vault keeps the decryption key and signs with the token from now on', async () => {
  const practice = await practiceWithToken();
  await enroll(practice, [practice.person]);
  const { certificates: made } = await practice.onToken();
  const certificates = await certificatesOf(practice);
  expect(made).toHaveLength(1);
  const inUse = certificates.filter(({ isCurrent }) => isCurrent).map(({ purpose, keyStore }) => `${purpose} ${keyStore}`);
  expect(inUse.sort()).toEqual(['encrypt vault', 'sign token']);
  expect(await practice.client.people.show({ person: practice.person })).toMatchObject({ standing: 'covered' });
});

test('software does not take the place of a good key on a token: who lacks a decryption key is told to renew, and that works', async () => {
  const clock = { now: new Date('2026-03-02T09:00:00Z') };
  const practice = await practiceWithToken(() => ({ ...parts, clock: { now: () => clock.now } }));
  const { client, person } = practice;
  await enroll(practice, [person]);
  clock.now = new Date('2027-06-01T09:00:00Z');
  await practice.onToken();
  const ends = (await certificatesOf(practice)).find(({ keyStore }) => keyStore === 'vault')?.notAfter ?? '';
  clock.now = new Date(Date.parse(ends) + 1000);
  const { job } = await client.enrollment.start({ people: [person] });
  await vi.waitFor(async () => expect((await client.enrollment.job({ job, limit: 10 })).state).toBe('done'), { timeout: 20_000 });
  expect((await client.enrollment.job({ job, limit: 10 })).items).toMatchObject([
    { state: 'failed', error: { code: 'token.signs-already' } },
  ]);
  await client.certificates.renew({ person });
  const good = (await certificatesOf(practice)).filter(({ isCurrent, notAfter }) => isCurrent && notAfter > clock.now.toISOString());
  expect(good.map(({ purpose, keyStore }) => `${purpose} ${keyStore}`).sort()).toEqual(['encrypt vault', 'sign token']);
});

test('a wrong PIN changes nothing but what the token says about tries, and is in the log without the PIN', async () => {
  const practice = await practiceWithToken();
  const wrong = '987123';
  await expect(practice.onToken({ pin: secret(wrong) })).rejects.toMatchObject({
    code: 'token.pin-incorrect',
    details: { pin: 'count-low' },
  });
  expect((await practice.client.tokens.list({})).tokens[0]).toMatchObject({ pin: 'count-low', unfinished: false });
  expect(await certificatesOf(practice)).toEqual([]);
  expect(objectsOn(practice.token)).toEqual([]);
  expect(await logged(practice)).toEqual(['token.enroll refused token.pin-incorrect']);
  expect(JSON.stringify(await practice.client.audit.list({ limit: 100 }))).not.toContain(wrong);
});

test('what cannot be is refused before the token is touched', async () => {
  const practice = await practiceWithToken();
  const { client, onToken, person } = practice;
  await expect(onToken({ token: 'ffffffff' })).rejects.toMatchObject({ code: 'token.absent' });
  await expect(onToken({ person: '018f0000-0000-7000-8000-000000000001' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(onToken({ profile: 'smime-mailbox-multipurpose-dual' })).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(onToken({ profile: 'nothing' })).rejects.toMatchObject({ code: 'input.unknown-profile' });
  await client.people.leave({ person });
  await expect(onToken()).rejects.toMatchObject({ code: 'conflict' });
  expect(objectsOn(practice.token)).toEqual([]);
  expect((await client.tokens.list({})).unfinished).toEqual([]);
});

test('who signs with a token already is not given another key until the certificate is revoked', async () => {
  const practice = await practiceWithToken();
  const { onToken, client, token, hsm } = practice;
  await onToken();
  const other = hsm.addToken('Second');
  await expect(onToken({ token: other })).rejects.toMatchObject({ code: 'conflict' });
  const signing = (await certificatesOf(practice)).find(({ purpose }) => purpose === 'sign');
  await client.certificates.revoke({ certificates: [signing?.id ?? ''], reason: 'keyCompromise' });
  expect((await onToken({ token: other })).certificates).toHaveLength(1);
  expect(objectsOn(token)).toHaveLength(1);
  expect((await client.people.show({ person: practice.person })).standing).toBe('covered');
});

test('a signing key on a token is renewed on it once it ends within 30 days, and not before', async () => {
  const clock = { now: new Date('2026-03-02T09:00:00Z') };
  const practice = await practiceWithToken(() => ({ ...parts, clock: { now: () => clock.now } }));
  const { onToken, client, token } = practice;
  await onToken();
  const end = Math.min(...(await certificatesOf(practice)).map(({ notAfter }) => Date.parse(notAfter)));
  const day = 86_400_000;
  clock.now = new Date(end - 31 * day);
  await expect(onToken()).rejects.toMatchObject({ code: 'conflict' });
  clock.now = new Date(end - 29 * day);
  expect((await onToken()).certificates).toHaveLength(2);
  expect(objectsOn(token)).toHaveLength(2);
  const inUse = (await certificatesOf(practice)).filter(({ isCurrent }) => isCurrent);
  expect(inUse.map(({ purpose, keyStore }) => `${purpose} ${keyStore}`).sort()).toEqual(['encrypt vault', 'sign token']);
  expect(inUse.every(({ notAfter }) => Date.parse(notAfter) > end)).toBe(true);
  expect((await client.tokens.list({})).tokens[0]?.certificates).toHaveLength(2);
});

const inUse = (certificates: Awaited<ReturnType<typeof certificatesOf>>) =>
  certificates
    .filter(({ isCurrent }) => isCurrent)
    .map(({ purpose, keyStore, keyAlgorithm }) => `${purpose} ${keyStore} ${keyAlgorithm}`)
    .sort();

test('a decryption key that ends before the key on the token is renewed alone, and refused once the token is due', async () => {
  const day = 86_400_000;
  const clock = { now: new Date('2026-03-02T09:00:00Z') };
  const practice = await practiceWithToken(() => ({ ...parts, clock: { now: () => clock.now } }));
  const { onToken, client, person, token } = practice;
  await enroll(practice, [person]);
  const opening = (await certificatesOf(practice)).find(({ purpose }) => purpose === 'encrypt');
  clock.now = new Date(clock.now.getTime() + 60 * day);
  const { certificates: signing } = await onToken({ algorithm: 'ed25519' });
  const before = objectsOn(token);

  clock.now = new Date(Date.parse(opening?.notAfter ?? '') - 10 * day);
  await expect(onToken()).rejects.toMatchObject({ code: 'conflict' });
  const { certificates: made, ...rest } = await client.certificates.renew({ person });
  expect(rest).toEqual({ kept: [opening?.id], onToken: signing });
  expect(made).toHaveLength(1);
  const after = await certificatesOf(practice);
  expect(inUse(after)).toEqual(['encrypt vault p256', 'sign token ed25519']);
  expect(after.find(({ id }) => id === opening?.id)).toMatchObject({ isCurrent: false, keyState: 'deactivated' });
  expect(objectsOn(token)).toEqual(before);
  const onCard = after.find(({ keyStore }) => keyStore === 'token');
  expect(await client.people.show({ person })).toMatchObject({ standing: 'covered', endsAt: onCard?.notAfter });
  const kept = await client.certificates.exportPrivateKey({ certificates: [opening?.id ?? ''], format: 'p12-modern' });
  expect(kept.file.bytes.length).toBeGreaterThan(500);

  clock.now = new Date(Date.parse(onCard?.notAfter ?? '') - 10 * day);
  await expect(client.certificates.renew({ person })).rejects.toMatchObject({ code: 'token.enroll-again' });
  expect(await certificatesOf(practice)).toHaveLength(after.length);
  const { entries } = await client.audit.list({ limit: 10 });
  const renewals = entries.filter(({ action }) => action === 'certificate.renew');
  expect(renewals.map(({ outcome, error, subject }) => ({ outcome, error, subject }))).toEqual([
    { outcome: 'refused', error: 'token.enroll-again', subject: { person } },
    { outcome: 'success', error: null, subject: { person, certificates: made, kept: [opening?.id] } },
  ]);
});

test('a dual certificate is renewed beside a good key on the token, which goes on signing', async () => {
  const practice = await practiceWithToken();
  const { client, person, onToken } = practice;
  await enroll(practice, [person], { profile: 'smime-mailbox-multipurpose-dual', algorithm: 'rsa-2048' });
  const { certificates: signing } = await onToken({ profile: 'smime-mailbox-multipurpose-sign' });
  expect(await client.certificates.renew({ person })).toMatchObject({ onToken: signing });
  expect(inUse(await certificatesOf(practice))).toEqual(['dual vault rsa-2048', 'sign token p256']);
});

test('who has nothing but a key on a token is sent to the token, good or revoked', async () => {
  const practice = await practiceWithToken();
  const { client, person, onToken } = practice;
  const { certificates } = await onToken({ profile: 'smime-mailbox-multipurpose-sign' });
  await expect(client.certificates.renew({ person })).rejects.toMatchObject({ code: 'token.enroll-again' });
  await client.certificates.revoke({ certificates: [...certificates], reason: 'keyCompromise' });
  await expect(client.certificates.renew({ person })).rejects.toMatchObject({ code: 'token.enroll-again' });
  expect(await certificatesOf(practice)).toHaveLength(1);
});

test('a key on a token is not exported, and what was enrolled with it is', async () => {
  const practice = await practiceWithToken();
  await practice.onToken();
  const { client, person } = practice;
  const certificates = await certificatesOf(practice);
  const ids = certificates.map(({ id }) => id);
  await expect(client.certificates.exportPrivateKey({ certificates: ids, format: 'p12-modern' })).rejects.toMatchObject({
    code: 'token.key-stays',
  });
  const encrypt = certificates.find(({ purpose }) => purpose === 'encrypt')?.id ?? '';
  expect((await client.certificates.exportPrivateKey({ certificates: [encrypt], format: 'p12-modern' })).file.bytes.length).toBeGreaterThan(
    500,
  );
  expect((await enroll(practice, [person])).skipped).toBe(1);
});

/** A token whose module fails on demand. */
async function practiceWithFaults(deadlines: Partial<typeof impatient> = {}) {
  const practice = await practiceWithToken((hsm) => ({
    tokenModules: [faultyModule(hsm.directory, 'on demand')],
    tokenDeadlines: { ...impatient, ...deadlines },
    readerService: stoppedReaderService,
  }));
  const state = async () => (await practice.client.tokens.list({})).unfinished.map(({ state: now }) => now);
  return { ...practice, state };
}

test('a module that crashes while a key is made is an error, and what it had made is gone again', async () => {
  const practice = await practiceWithFaults();
  practice.hsm.fail('C_Sign', 'before', 'crash');
  await expect(practice.onToken()).rejects.toMatchObject({ code: 'token.module-crashed' });
  expect(objectsOn(practice.token)).toEqual([]);
  expect(await practice.state()).toEqual([]);
  expect(await certificatesOf(practice)).toEqual([]);
  expect(await logged(practice)).toEqual(['token.begin success', 'token.settle success', 'token.enroll failed token.module-crashed']);
  practice.hsm.fail();
  expect(await practice.onToken()).toMatchObject({ unfinished: null });
});

test('what is asked of a token while its driver rests is answered by what happened to the driver, and done once it works', async () => {
  const practice = await practiceWithFaults({ firstRest: 600_000, rest: 600_000 });
  const { client, hsm, token, onToken } = practice;
  expect((await client.tokens.list({})).tokens).toHaveLength(1);
  hsm.fail('C_GetTokenInfo');
  const crashed = { code: 'token.module-crashed' };
  await expect(onToken()).rejects.toMatchObject(crashed);
  hsm.fail();
  await expect(onToken()).rejects.toMatchObject({ ...crashed, hint: expect.stringContaining('Try again.') as string });
  await expect(client.tokens.show({ token: token.slice(-6) })).rejects.toMatchObject(crashed);
  await expect(client.tokens.reconcile({ token, pin: secret(pin) })).rejects.toMatchObject(crashed);
  expect(await logged(practice)).toContain('token.enroll failed token.module-crashed');
  expect(objectsOn(token)).toEqual([]);
});

const unsaid = { manufacturer: '', model: '', reader: '', isPinTypedAtReader: false };
const ada: FoundToken = {
  ...unsaid,
  module: 'good',
  serialNumber: 'aa01ada1',
  label: 'Ada',
  pin: 'fine',
  pinLength: { minimum: 4, maximum: 255 },
  unlockCode: 'fine',
  tries: { pin: null, unlockCode: null },
  isUnlockCodeFactory: null,
  isManagementKeyFactory: null,
  algorithms: [],
  abilities: { kind: 'card', opens: [], takesKeys: true, keysBy: 'pin' },
};
const report = (name: string, code: ErrorCode | null): ModuleReport => ({
  name,
  library: `/usr/lib/${name}.so`,
  state: code === null ? 'working' : code === 'token.module-hung' ? 'hung' : 'unusable',
  error: code === null ? null : { code, details: { module: name } },
});

test.each([
  ['was never seen and may be behind a driver that hung', 'bb02', 'token.module-hung', {}],
  ['was never seen, where no driver crashed or hung', 'bb02', 'token.absent', { rests: null }],
  ['was taken out of the reader of a driver that works', 'ada1', 'token.absent', {}],
  ['was last seen at a driver that cannot be used any more', 'ada1', 'token.module-unusable', { good: 'token.module-unusable' }],
] as const)(
  'a token that %s',
  (_, text, code, { good = null, rests = 'token.module-hung' }: { good?: ErrorCode | null; rests?: ErrorCode | null }) => {
    const survey = { tokens: [], modules: [report('rests', rests), report('good', good)], lastSeen: new Map([[ada.serialNumber, 'good']]) };
    expect(() => pickToken(survey, text)).toThrow(expect.objectContaining({ code }));
    expect(pickToken({ ...survey, tokens: [ada] }, 'ADA1')).toBe(ada);
  },
);

test('a module that hangs while a key is made is stopped, and the next try works', async () => {
  const practice = await practiceWithFaults({ generate: 8_000 });
  practice.hsm.fail('C_GenerateKeyPair', 'after', 'hang');
  await expect(practice.onToken()).rejects.toMatchObject({ code: 'token.module-hung' });
  expect(objectsOn(practice.token)).toEqual([]);
  practice.hsm.fail();
  expect(await practice.onToken()).toMatchObject({ unfinished: null });
  expect(objectsOn(practice.token)).toMatchObject([{ privateKeys: 1, publicKeys: 1 }]);
});

test('a token that is taken out before its certificate is written is unfinished, and enrolling again issues nothing twice', async () => {
  const practice = await practiceWithFaults();
  const { hsm, client, token } = practice;
  hsm.fail('C_CreateObject', 'before', '0x32');
  const first = await practice.onToken();
  expect(first.unfinished).toMatchObject({ code: 'token.removed' });
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, certificates: [] }]);
  expect(await client.tokens.list({})).toMatchObject({
    tokens: [{ unfinished: true }],
    unfinished: [{ token, personName: 'Person 0', state: 'issued' }],
  });
  hsm.fail();
  const second = await practice.onToken();
  expect(second).toMatchObject({ unfinished: null });
  expect(new Set(second.certificates)).toEqual(new Set(first.certificates));
  expect(await certificatesOf(practice)).toHaveLength(2);
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, certificates: [expect.any(Buffer)] }]);
  expect(await practice.state()).toEqual([]);
});

test('reconciling writes the certificate that is still to be written, and finds nothing the next time', async () => {
  const practice = await practiceWithFaults();
  const { hsm, client, token } = practice;
  hsm.fail('C_CreateObject', 'before', '0x32');
  await practice.onToken();
  hsm.fail();
  await expect(client.tokens.reconcile({ token, pin: secret('000000') })).rejects.toMatchObject({ code: 'token.pin-incorrect' });
  expect(await practice.state()).toEqual(['issued']);
  expect(await client.tokens.reconcile({ token, pin: secret(pin) })).toEqual({ token, finished: 1, abandoned: 0 });
  expect(await client.tokens.reconcile({ token, pin: secret(pin) })).toEqual({ token, finished: 0, abandoned: 0 });
  expect(objectsOn(token)).toMatchObject([{ certificates: [expect.any(Buffer)] }]);
});

test('a core that was ended in the middle finds the intent, and the next enrolment clears what was left', async () => {
  const practice = await practiceWithFaults();
  const { hsm, token, person } = practice;
  hsm.fail('C_Sign', 'before', 'hang');
  const lost = practice.onToken().catch((error: unknown) => error);
  await expect.poll(() => hsm.hasFailed(), { timeout: 30_000 }).toBe(true);
  await practice.door.close();
  await lost;
  hsm.fail();
  const again = await openPractice({ ...parts, workspaceDirectory: practice.directory });
  await again.client.session.signIn({ passphrase: secret() });
  expect((await again.client.tokens.list({})).unfinished).toMatchObject([{ token, state: 'begun' }]);
  expect(objectsOn(token)).toHaveLength(1);
  expect(await again.client.tokens.enroll({ person, token, pin: secret(pin) })).toMatchObject({ unfinished: null });
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, publicKeys: 1, others: 0 }]);
  expect(await again.client.audit.verify({})).toMatchObject({ holds: true });
});

test('a locked PIN is not tried at all, and the last try only by somebody who was told', async () => {
  const practice = await practiceWithFaults();
  practice.hsm.fail('C_GetTokenInfo', 'flags', '0x40000');
  await expect(practice.onToken()).rejects.toMatchObject({ code: 'token.pin-locked' });
  practice.hsm.fail('C_GetTokenInfo', 'flags', '0x20000');
  expect((await practice.client.tokens.list({})).tokens[0]).toMatchObject({ pin: 'final-try' });
  await expect(practice.onToken()).rejects.toMatchObject({ code: 'token.pin-final-try' });
  expect(await practice.onToken({ finalTry: true })).toMatchObject({ unfinished: null });
});

const window = { connection: 'first', host: 'window' } as const;

test('windows hear of tokens that come and go while somebody is signed in', async () => {
  const practice = await practiceWithToken();
  const { hsm, token, door } = practice;
  const came = practice.next('tokens.changed', () => true);
  expect(await door.call('tokens.list', {}, window)).toMatchObject({ ok: true, value: { tokens: [{ serialNumber: token }] } });
  const other = hsm.addToken('Grace');
  expect(await came).toEqual({ tokens: [other] });
});

test('windows hear of a driver that stops working although no token went with it', async () => {
  const hsm = newSoftHsm();
  const { door, next } = await newPractice({ tokenModules: [faultyModule(hsm.directory, 'on demand')], tokenDeadlines: impatient });
  const stopped = next('tokens.changed', () => true);
  expect(await door.call('tokens.list', {}, window)).toMatchObject({ ok: true, value: { modules: [{ state: 'working' }] } });
  hsm.fail('C_GetTokenInfo');
  expect(await stopped).toEqual({ tokens: [] });
  expect(await door.call('tokens.list', {}, window)).toMatchObject({ ok: true, value: { modules: [{ state: 'crashed' }] } });
});
