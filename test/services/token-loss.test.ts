import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPeople, newPractice, secret } from './support/practice.ts';
import { stoppedReaderService } from './support/reader-service.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { impatient, newSoftHsm, objectsOn, onToken, soPin } from './support/soft-hsm.ts';

/** A practice with one person whose signing key is on a card. */
async function practiceWithCard() {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const practice = await newPractice({ tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService });
  const { client } = practice;
  const [person = ''] = await addPeople(practice, 1);
  const enroll = async (on = token) => client.tokens.enroll({ person, token: on, pin: secret(pin) });
  await enroll();
  const certificates = async () => (await client.people.show({ person })).certificates;
  const lose = async (what = token) => client.tokens.reportLost({ token: what, note: 'Left on the bus.' });
  return { ...practice, hsm, token, person, enroll, certificates, lose };
}

type Practice = Awaited<ReturnType<typeof practiceWithCard>>;

const standings = async ({ certificates }: Pick<Practice, 'certificates'>) =>
  (await certificates()).map(({ keyStore, status, revocationReason }) => `${keyStore} ${status} ${revocationReason ?? ''}`.trim()).sort();

const newest = async ({ client }: Pick<Practice, 'client'>) => (await client.audit.list({ limit: 1 })).entries[0];

test('what would be revoked and what goes on is said before, and nothing is changed by asking', async () => {
  const practice = await practiceWithCard();
  const preview = await practice.client.tokens.previewLoss({ token: practice.token });
  expect(preview).toMatchObject({ token: practice.token, personName: 'Person 0', lostAt: null, owing: [] });
  expect(preview.revoking.map(({ purpose, keyStore }) => `${purpose} ${keyStore}`)).toEqual(['sign token']);
  expect(preview.keeping.map(({ purpose, keyStore }) => `${purpose} ${keyStore}`)).toEqual(['encrypt vault']);
  expect(await standings(practice)).toEqual(['token valid', 'vault valid']);
});

test('a lost card is one act: marked, what was on it revoked as known to others, the next list made, and one entry in the log', async () => {
  const practice = await practiceWithCard();
  const { client, token, person, hsm } = practice;
  hsm.pullOut();
  const lost = await practice.lose();
  expect(lost).toMatchObject({ token, personId: person, personName: 'Person 0', owing: [] });
  expect(lost.revoked).toHaveLength(1);
  expect(await standings(practice)).toEqual(['token revoked keyCompromise', 'vault valid']);
  expect(await newest(practice)).toMatchObject({
    index: lost.auditIndex,
    action: 'token.lost',
    reason: 'Left on the bus.',
    subject: { token, person, certificates: lost.revoked, reason: 'keyCompromise', lists: [String(lost.lists[0]?.number)] },
  });
  expect((await client.tokens.list({})).lost).toMatchObject([{ token, personId: person, personName: 'Person 0' }]);
  expect((await client.people.show({ person })).cards).toMatchObject([
    { serialNumber: token, isInUse: false, lostAt: expect.any(String) as string },
  ]);
  await expect(practice.lose()).rejects.toMatchObject({ code: 'conflict' });
});

test('openssl finds the lost card’s certificate in the authority’s list', async () => {
  const practice = await practiceWithCard();
  const { client } = practice;
  const lost = await practice.lose();
  const { bytes } = (await client.authorities.crl({ authority: lost.lists[0]?.authority ?? '' })).file;
  const file = join(practice.hsm.directory, 'list.crl');
  writeFileSync(file, bytes);
  const form = bytes[0] === 0x30 ? 'DER' : 'PEM';
  const text = execFileSync('openssl', ['crl', '-in', file, '-inform', form, '-noout', '-text'], { encoding: 'utf8' });
  const serialNumber = (await practice.certificates()).find(({ keyStore }) => keyStore === 'token')?.serialNumber ?? '';
  expect(text.toLowerCase()).toContain(serialNumber.toLowerCase());
  expect(text).toContain('Key Compromise');
});

test('a card is named by its end, by a certificate on it or by whose it is; a stranger’s and a second card are said as that', async () => {
  const practice = await practiceWithCard();
  const { client, token, person, hsm } = practice;
  const [signing] = (await practice.certificates()).filter(({ keyStore }) => keyStore === 'token');
  for (const text of [token.slice(-6), signing?.id ?? '', person, 'p0@ridgeway.example'])
    expect((await client.tokens.previewLoss({ token: text })).token).toBe(token);
  await expect(client.tokens.previewLoss({ token: 'ffffffff' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(client.tokens.reportLost({ token: 'nobody@ridgeway.example' })).rejects.toMatchObject({ code: 'not-found' });
  expect(JSON.stringify(await newest(practice))).not.toContain('@');
  await practice.lose();
  await practice.enroll(hsm.addToken('Second'));
  await expect(client.tokens.previewLoss({ token: person })).rejects.toMatchObject({ code: 'conflict' });
});

test('a lost card that is plugged in again is recognised and refused for everything until it is taken back', async () => {
  const practice = await practiceWithCard();
  const { client, token, hsm } = practice;
  await practice.lose();
  expect((await client.tokens.list({})).tokens[0]).toMatchObject({ serialNumber: token, lostAt: expect.any(String) as string });
  const refused = { code: 'token.lost', details: { lostAt: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string } };
  await expect(practice.enroll()).rejects.toMatchObject(refused);
  await expect(client.tokens.changePin({ token, pin: secret(pin), newPin: secret('593047') })).rejects.toMatchObject(refused);
  await expect(client.tokens.unblock({ token, unlockCode: secret(soPin), newPin: secret('593047') })).rejects.toMatchObject(refused);
  await expect(client.tokens.reconcile({ token, pin: secret(pin) })).rejects.toMatchObject(refused);
  await expect(client.tokens.wipe({ token, unlockCode: secret(soPin) })).rejects.toMatchObject(refused);
  expect((await practice.enroll(hsm.addToken('Second'))).certificates).toHaveLength(1);

  await client.tokens.takeBack({ token });
  expect(await newest(practice)).toMatchObject({ action: 'token.found', outcome: 'success', subject: { token } });
  expect((await client.tokens.list({})).lost).toEqual([]);
  expect((await client.tokens.show({ token })).lostAt).toBeNull();
  expect(await standings(practice)).toContain('token revoked keyCompromise');
  await expect(client.tokens.takeBack({ token })).rejects.toMatchObject({ code: 'stale' });
});

test('a card that was taken back takes a new key, and what was revoked stays so', async () => {
  const practice = await practiceWithCard();
  await practice.lose();
  await practice.client.tokens.takeBack({ token: practice.token });
  await practice.enroll();
  expect(await standings(practice)).toEqual(['token revoked keyCompromise', 'token valid', 'vault valid']);
});

test('where nothing on it is good any more nothing is revoked, and the card is marked all the same', async () => {
  const practice = await practiceWithCard();
  const { client, token } = practice;
  const [signing] = (await practice.certificates()).filter(({ keyStore }) => keyStore === 'token');
  await client.certificates.revoke({ certificates: [signing?.id ?? ''], reason: 'superseded' });
  expect(await practice.lose()).toMatchObject({ revoked: [], lists: [] });
  expect(await standings(practice)).toEqual(['token revoked superseded', 'vault valid']);
  expect((await client.tokens.list({})).lost).toMatchObject([{ token }]);
});

test('a card is wiped by its unlock code once nothing on it is good: its key is destroyed, and it is nobody’s', async () => {
  const practice = await practiceWithCard();
  const { client, token } = practice;
  await expect(client.tokens.wipe({ token, unlockCode: secret(soPin) })).rejects.toMatchObject({ code: 'token.in-use' });
  expect(objectsOn(token)).toHaveLength(1);
  await practice.lose();
  await client.tokens.takeBack({ token });
  await expect(client.tokens.wipe({ token, unlockCode: secret('55667711') })).rejects.toMatchObject({
    code: 'token.unlock-code-incorrect',
  });
  expect(objectsOn(token)).toHaveLength(1);
  expect(await client.tokens.wipe({ token, unlockCode: secret(soPin) })).toMatchObject({ token });
  expect(await client.tokens.show({ token })).toMatchObject({ personId: null, certificates: [], pin: 'not-set', label: 'Ada' });
  const [signing] = (await practice.certificates()).filter(({ keyStore }) => keyStore === 'token');
  expect(signing).toMatchObject({ keyState: 'destroyed', status: 'revoked' });
  const actions = (await client.audit.list({ limit: 3 })).entries.map(({ action, outcome }) => `${action} ${outcome}`);
  expect(actions).toEqual(['token.wipe success', 'token.wipe-begin success', 'token.wipe refused']);

  await client.tokens.unblock({ token, unlockCode: secret(soPin), newPin: secret('593047') });
  expect(onToken(token, (session) => session.find([]).length, '593047')).toBe(0);
});
