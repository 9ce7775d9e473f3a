import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CoreOptions } from '../../main/compose.ts';
import { addPeople, newPractice, secret } from './support/practice.ts';
import { stoppedReaderService } from './support/reader-service.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { faultyModule } from './support/faulty-module.ts';
import { impatient, newSoftHsm, objectsOn, soPin, type SoftHsm } from './support/soft-hsm.ts';

const parts = { tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService };

/** Somebody with a card, and the key that opens their mail in the vault. */
async function practiceWithCard(more: (hsm: SoftHsm) => Partial<CoreOptions> = () => ({}), choices = {}) {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const practice = await newPractice({ ...parts, ...more(hsm) }, choices);
  const [person = '', other = ''] = await addPeople(practice, 2);
  const { client } = practice;
  await client.tokens.enroll({ person, token, pin: secret(pin) });
  const certificates = async () => (await client.people.show({ person })).certificates;
  const opening = async () => (await certificates()).find(({ purpose }) => purpose === 'encrypt')?.id ?? '';
  const put = async (certificate: string, on = token, typed = pin) => client.tokens.import({ certificate, token: on, pin: secret(typed) });
  const logged = async () =>
    (await client.audit.list({ limit: 100 })).entries
      .toReversed()
      .flatMap(({ action, outcome }) => (/^token\.(import|settle)/.test(action) ? [`${action} ${outcome}`] : []));
  return { ...practice, hsm, token, person, other, certificates, opening, put, logged };
}

test('the key that opens mail is put on its owner’s card beside the signing key, with its certificate, and stays in the vault', async () => {
  const practice = await practiceWithCard();
  const { token, client, put, logged } = practice;
  const certificate = await practice.opening();
  expect(await put(certificate)).toMatchObject({ certificate, token });
  const objects = objectsOn(token);
  expect(objects.map(({ privateKeys, certificates }) => [privateKeys, certificates.length])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(await client.certificates.show({ certificate })).toMatchObject({ keyStore: 'vault', keyState: 'active' });
  expect((await client.tokens.show({ token })).certificates.map(({ purpose }) => purpose).toSorted()).toEqual(['encrypt', 'sign']);
  expect(
    (await client.certificates.exportPrivateKey({ certificates: [certificate], format: 'p12-modern' })).file.bytes.length,
  ).toBeGreaterThan(0);
  expect(await logged()).toEqual(['token.import-begin success', 'token.import success']);
});

test('what openssl encrypted to the certificate, pkcs11-tool of OpenSC opens with the card', async () => {
  const { client, hsm, token, opening, put } = await practiceWithCard(undefined, { subjectAlgorithm: 'rsa-2048' });
  const certificate = await opening();
  await put(certificate);
  const path = (name: string) => join(hsm.directory, name);
  writeFileSync(path('leaf.pem'), (await client.certificates.export({ certificate, format: 'pem' })).bytes);
  writeFileSync(path('letter'), 'to Ada');
  const encrypt = ['pkeyutl', '-encrypt', '-certin', '-inkey', path('leaf.pem'), '-in', path('letter'), '-out', path('sealed')];
  execFileSync('openssl', encrypt, { stdio: 'pipe' });
  const id = objectsOn(token).find(({ certificates }) => certificates.some((der) => Buffer.from(der).equals(derOf(path('leaf.pem')))))?.id;
  const card = ['--module', softHsmModule.library, '--login', '--pin', 'env:CARD_PIN', '--id', id ?? ''];
  const open = ['--decrypt', '-m', 'RSA-PKCS', '--input-file', path('sealed'), '--output-file', path('opened')];
  execFileSync('pkcs11-tool', [...card, ...open], { stdio: 'pipe', env: { ...process.env, CARD_PIN: pin } });
  expect(execFileSync('cat', [path('opened')], { encoding: 'utf8' })).toBe('to Ada');
});

const derOf = (pem: string): Buffer => execFileSync('openssl', ['x509', '-in', pem, '-outform', 'DER']);

test('a signing key, somebody else’s card, a key that is on a card already, a wrong PIN: each is refused and changes nothing', async () => {
  const practice = await practiceWithCard();
  const { client, hsm, token, other, put, certificates, opening, logged } = practice;
  const certificate = await opening();
  const signing = (await certificates()).find(({ purpose }) => purpose === 'sign')?.id ?? '';
  const before = objectsOn(token);
  await expect(put(signing)).rejects.toMatchObject({ code: 'input.invalid', details: { rule: 'encrypt' } });
  await expect(put('01a21ee2-7066-7f0e-9c39-f4d63072eba1')).rejects.toMatchObject({ code: 'not-found' });
  await expect(put(certificate, 'ffffffff')).rejects.toMatchObject({ code: 'token.absent' });
  await expect(put(certificate, token, '593047')).rejects.toMatchObject({ code: 'token.pin-incorrect' });
  const theirs = hsm.addToken('Bea');
  await client.tokens.enroll({ person: other, token: theirs, pin: secret(pin) });
  await expect(put(certificate, theirs)).rejects.toMatchObject({ code: 'conflict', details: { what: 'token' } });
  expect(objectsOn(token)).toEqual(before);
  await put(certificate);
  const second = hsm.addToken('Second');
  await expect(put(certificate, second)).rejects.toMatchObject({ code: 'conflict', details: { what: 'key', token } });
  await expect(put(certificate)).rejects.toMatchObject({ code: 'conflict' });
  expect((await logged()).filter((line) => line.endsWith('success'))).toEqual(['token.import-begin success', 'token.import success']);
});

test('a lost card takes the certificate of that key with it, and the key can go on the next card', async () => {
  const { client, hsm, token, put, opening, certificates } = await practiceWithCard();
  const certificate = await opening();
  await put(certificate);
  expect((await client.tokens.previewLoss({ token })).revoking.map(({ purpose }) => purpose).toSorted()).toEqual(['encrypt', 'sign']);
  await client.tokens.reportLost({ token });
  expect((await certificates()).find(({ id }) => id === certificate)).toMatchObject({ status: 'revoked', keyStore: 'vault' });
  const next = hsm.addToken('Second');
  expect(await put(certificate, next)).toMatchObject({ token: next });
  expect(objectsOn(next)).toMatchObject([{ privateKeys: 1 }]);
});

test('wiping a card takes the key off it, and the vault keeps its own', async () => {
  const { client, token, person, put, opening } = await practiceWithCard();
  const certificate = await opening();
  await put(certificate);
  const signing = (await client.people.show({ person })).certificates.find(({ purpose }) => purpose === 'sign')?.id ?? '';
  await client.certificates.revoke({ certificates: [signing], reason: 'cessationOfOperation' });
  await client.tokens.wipe({ token, unlockCode: secret(soPin) });
  expect(await client.certificates.show({ certificate })).toMatchObject({ keyStore: 'vault', keyState: 'active', status: 'valid' });
  expect((await client.tokens.show({ token })).certificates).toEqual([]);
  await client.tokens.unblock({ token, unlockCode: secret(soPin), newPin: secret('593047') });
  expect(await put(certificate, token, '593047')).toMatchObject({ certificate });
});

test('a driver that crashes while the key is put there leaves an intent, and what is on the card goes when it is looked through', async () => {
  const practice = await practiceWithCard((hsm) => ({ tokenModules: [faultyModule(hsm.directory, 'on demand')] }));
  const { client, hsm, token, put, opening, logged } = practice;
  const certificate = await opening();
  hsm.fail('C_CreateObject', 'after');
  await expect(put(certificate)).rejects.toMatchObject({ code: 'token.module-crashed' });
  expect(hsm.hasFailed()).toBe(true);
  hsm.fail();
  await client.tokens.reconcile({ token, pin: secret(pin) });
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1 }]);
  expect(await logged()).toContain('token.settle success');
  await put(certificate);
  expect(objectsOn(token)).toHaveLength(2);
});
