import { expect, test } from 'vitest';
import type { Client } from '../../main/contract/client.ts';
import { addOperator, withRawDatabase } from './support/operators.ts';
import { addPeople, enroll, newPractice, type OpenPractice } from './support/practice.ts';

const withheld = 'The practice’s escrow has no copy';
const kept = 'The key that opens mail is also kept, sealed, by the practice';

/** A practice with a profile that keeps its keys out of the escrow. */
async function practiceWithProfile() {
  const practice = await newPractice();
  const { client } = practice;
  const { definition } = await client.profiles.show({ profile: 'smime-mailbox-multipurpose' });
  expect(definition.escrowsKeys).toBe(true);
  const own = { ...definition, name: 'not-escrowed', title: 'Not escrowed', escrowsKeys: false };
  await client.profiles.add({ definition: own });
  return { ...practice, own };
}

const sheetOf = async (client: Client, person: string) => Buffer.from((await client.people.handoverSheet({ person })).bytes).toString();

const recoveryOf = (of: string) => ({ of, reason: 'Old letters', caseNumber: '17', recipient: 'Dr. Lee' });

/** In which parts of the vault the keys of somebody are sealed, by what they are for. */
async function partsOf(practice: OpenPractice, person: string) {
  const { certificates } = await practice.client.people.show({ person });
  return withRawDatabase(practice, async ({ read }) => {
    const found: string[] = [];
    for (const { keyId, purpose } of certificates) {
      const sealed = await read.vault.sealedKey(keyId);
      const parts = await Promise.all(
        (sealed?.wraps ?? []).map(async (wrap) => (await read.vault.sealingKey(wrap.sealingKeyId))?.compartment),
      );
      found.push(`${purpose}: ${parts.map(String).toSorted().join(' ')}`);
    }
    return found.toSorted();
  });
}

test('by a profile that says so no key is put into the escrow, at birth or renewed', async () => {
  const practice = await practiceWithProfile();
  const [other = ''] = await addPeople(practice, 1);
  await enroll(practice, [other], { profile: 'not-escrowed' });
  expect((await practice.client.certificates.renew({ person: other })).certificates).toHaveLength(2);
  expect(await partsOf(practice, other)).toEqual(['encrypt: people', 'encrypt: people', 'sign: people', 'sign: people']);
});

test('by the usual profile the escrow has what opens mail from birth, and never what signs', async () => {
  const practice = await newPractice();
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  expect(await partsOf(practice, person)).toEqual(['encrypt: escrow people', 'sign: people']);
});

test('the sheet tells the person which of the two holds of the key they have now', async () => {
  const practice = await practiceWithProfile();
  const { client, own } = practice;
  const [usual = '', other = ''] = await addPeople(practice, 2);
  await enroll(practice, [usual]);
  await enroll(practice, [other], { profile: 'not-escrowed' });
  const [first, second] = [await sheetOf(client, usual), await sheetOf(client, other)];
  expect([first.includes(kept), first.includes(withheld)]).toEqual([true, false]);
  expect([second.includes(kept), second.includes(withheld)]).toEqual([false, true]);
  await client.profiles.edit({ definition: { ...own, escrowsKeys: true } });
  await client.certificates.renew({ person: other });
  const third = await sheetOf(client, other);
  expect([third.includes(kept), third.includes(withheld)]).toEqual([true, false]);
});

test('what is in no escrow is not recovered, and no second officer is asked for it; what is there goes on', async () => {
  const practice = await practiceWithProfile();
  const { client } = practice;
  await addOperator(practice, 'Ben', 'security-officer');
  const [usual = '', other = ''] = await addPeople(practice, 2);
  await enroll(practice, [usual]);
  await enroll(practice, [other], { profile: 'not-escrowed' });
  await expect(client.escrow.ask(recoveryOf(other))).rejects.toMatchObject({ code: 'escrow.not-kept' });
  const { certificates } = await client.people.show({ person: other });
  const key = certificates.find(({ purpose }) => purpose === 'encrypt')?.keyId ?? '';
  await expect(client.escrow.ask(recoveryOf(key))).rejects.toMatchObject({ code: 'escrow.not-kept' });
  await expect(client.escrow.ask(recoveryOf(usual))).resolves.toMatchObject({ request: expect.any(String) as string });
  const { entries } = await client.audit.list({ limit: 3 });
  expect(entries.filter(({ error }) => error === 'escrow.not-kept').map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'escrow.ask refused',
    'escrow.ask refused',
  ]);
});

test('a key that no escrow has is still handed over, and stays with the people when they leave: nobody else could open it', async () => {
  const practice = await practiceWithProfile();
  const { client } = practice;
  const [other = ''] = await addPeople(practice, 1);
  await enroll(practice, [other], { profile: 'not-escrowed' });
  const { certificates } = await client.people.show({ person: other });
  await client.people.leave({ person: other });
  const order = { certificates: certificates.map(({ id }) => id), format: 'p12-modern' as const };
  expect((await client.certificates.exportPrivateKey(order)).file.bytes.length).toBeGreaterThan(1000);
});

test('the log says of a profile whether it keeps keys out of the escrow', async () => {
  const { client } = await practiceWithProfile();
  expect((await client.audit.list({ limit: 1 })).entries[0]).toMatchObject({ action: 'profile.add', subject: { escrowsKeys: false } });
  expect((await client.profiles.list({})).profiles.map(({ name, escrowsKeys }) => [name, escrowsKeys])).toContainEqual([
    'not-escrowed',
    false,
  ]);
});
