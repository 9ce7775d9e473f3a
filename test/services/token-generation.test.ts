import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CoreOptions } from '../../main/compose.ts';
import { FileContent } from '../../main/contract/client.ts';
import { makeOutsideAuthority } from '../cli/support/outside-authority.ts';
import { faultyModule } from './support/faulty-module.ts';
import { addPeople, newPractice, secret } from './support/practice.ts';
import { stoppedReaderService } from './support/reader-service.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { impatient, newSoftHsm, objectsOn, type SoftHsm } from './support/soft-hsm.ts';

const nobody = '01a21ee2-7066-7f0e-9c39-f4d63072eba1';
const parts = { tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService };

/** Somebody with an empty card, and an authority outside. */
async function practiceWithCard(more: (hsm: SoftHsm) => Partial<CoreOptions> = () => ({})) {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const practice = await newPractice({ ...parts, ...more(hsm) });
  const [person = ''] = await addPeople(practice, 1);
  const { client } = practice;
  const generate = async (choices: { readonly typed?: string; readonly on?: string } = {}) => {
    const { typed = pin, on = token } = choices;
    return client.tokens.generate({ person, token: on, pin: secret(typed) });
  };
  const outside = makeOutsideAuthority(hsm.directory);
  const answer = (request: FileContent) => {
    const path = join(hsm.directory, 'request.pem');
    writeFileSync(path, request.bytes);
    const chain = [outside.sign(path), outside.path('ca.pem'), outside.path('root.pem')].map((file) => readFileSync(file, 'utf8'));
    return new FileContent('answer.pem', Buffer.from(chain.join('')));
  };
  const card = async () => client.tokens.show({ token });
  return { ...practice, hsm, token, person, generate, answer, card };
}

test('a key made on the card signs its request, which openssl verifies; the answer of an authority outside is written beside it', async () => {
  const { client, hsm, token, person, generate, answer, card } = await practiceWithCard();
  const made = await generate();
  expect(made).toMatchObject({ token, emails: [expect.stringContaining('@')] });
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, publicKeys: 1, certificates: [] }]);
  expect(await card()).toMatchObject({ personId: person, certificates: [], unfinished: false });
  const answered = answer(made.file);
  const verify = ['req', '-in', join(hsm.directory, 'request.pem'), '-noout', '-verify', '-text'];
  expect(execFileSync('openssl', verify, { encoding: 'utf8', stdio: 'pipe' })).toMatch(/Key Usage: critical\n *Digital Signature\n/);

  const { certificate } = await client.requests.accept({ files: [answered] });
  expect(await client.certificates.show({ certificate })).toMatchObject({ keyStore: 'token', keyState: 'active', profile: 'outside' });
  expect(await card()).toMatchObject({ personId: person, certificates: [{ id: certificate }], unfinished: true, isEnrolmentBegun: false });
  expect(await client.tokens.reconcile({ token, pin: secret(pin) })).toMatchObject({ finished: 1, abandoned: 0 });
  const der = Buffer.from((await client.certificates.export({ certificate, format: 'der' })).bytes);
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, certificates: [der] }]);
  expect(await card()).toMatchObject({ unfinished: false });
});

test('what is from outside stands beside what the practice issues for the same card, and its loss revokes only that', async () => {
  const { client, token, person, generate, answer } = await practiceWithCard();
  const { certificate } = await client.requests.accept({ files: [answer((await generate()).file)] });
  await client.tokens.enroll({ person, token, pin: secret(pin) });
  expect(objectsOn(token).map(({ privateKeys, certificates }) => [privateKeys, certificates.length])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  const { revoked } = await client.tokens.reportLost({ token });
  expect(revoked).toHaveLength(1);
  expect(revoked).not.toContain(certificate);
});

test('a request that is given up takes its key off the card, once that is looked through', async () => {
  const { client, token, generate, answer, card } = await practiceWithCard();
  const { request, file } = await generate();
  await client.requests.withdraw({ request });
  expect(await card()).toMatchObject({ personId: null, unfinished: true, isEnrolmentBegun: false });
  await expect(client.requests.accept({ files: [answer(file)] })).rejects.toMatchObject({ code: 'input.no-request' });
  expect(await client.tokens.reconcile({ token, pin: secret(pin) })).toMatchObject({ finished: 0, abandoned: 1 });
  expect(objectsOn(token)).toEqual([]);
});

test('a wrong PIN, a card that is not there, nobody: each is refused, and nothing is on the card or open', async () => {
  const { client, token, generate } = await practiceWithCard();
  await expect(generate({ typed: '593047' })).rejects.toMatchObject({ code: 'token.pin-incorrect' });
  await expect(generate({ on: 'ffffffff' })).rejects.toMatchObject({ code: 'token.absent' });
  await expect(client.tokens.generate({ person: nobody, token, pin: secret(pin) })).rejects.toMatchObject({ code: 'not-found' });
  expect(objectsOn(token)).toEqual([]);
  expect((await client.requests.open({})).requests).toEqual([]);
  const { entries } = await client.audit.list({ limit: 100 });
  expect(entries.filter(({ action }) => action.startsWith('token.')).every(({ outcome }) => outcome !== 'success')).toBe(true);
});

test('a driver that crashes after it has made the key leaves nothing on the card and nothing open', async () => {
  const { client, hsm, token, generate } = await practiceWithCard(({ directory }) => ({
    tokenModules: [faultyModule(directory, 'on demand')],
  }));
  hsm.fail('C_GenerateKeyPair', 'after');
  await expect(generate()).rejects.toMatchObject({ code: 'token.module-crashed' });
  expect(hsm.hasFailed()).toBe(true);
  hsm.fail();
  expect((await client.tokens.list({})).unfinished).toEqual([]);
  expect(objectsOn(token)).toEqual([]);
  expect((await client.requests.open({})).requests).toEqual([]);
  await generate();
  expect(objectsOn(token)).toHaveLength(1);
});
