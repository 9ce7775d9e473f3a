import { expect, test } from 'vitest';
import { compartments } from '../../main/domain/vault/compartment.ts';
import { cheapVault as vault, flipped, newOperator, openCompartmentNamed, refusalCode } from './support.ts';

test('every compartment has a key pair of its own', async () => {
  const all = await vault.createCompartments();
  expect(all.map(({ record }) => record.compartment)).toEqual(compartments);
  expect(new Set(all.map(({ record }) => Buffer.from(record.publicKey).toString('hex'))).size).toBe(compartments.length);
});

test('an operator opens what was granted, and reads what was sealed with the public half alone', async () => {
  const { unlocked } = await newOperator('anna');
  const escrow = await openCompartmentNamed('escrow');
  const grant = await escrow.grantTo({ id: 'anna', publicKey: unlocked.publicKey });
  const sealingKey = await vault.createSealingKey({ compartment: 'escrow', publicKey: escrow.record.publicKey });
  const sealed = vault.seal({ keyId: 'key-1', pkcs8: Buffer.from('pkcs8'), under: [sealingKey.open] });

  const opened = await unlocked.openCompartment(escrow.record, grant);
  const under = await opened.openSealingKey(sealingKey.record);
  expect(Buffer.from(vault.open(sealed, under)).toString()).toBe('pkcs8');
});

test('a grant opens for nobody else, for no other compartment and not when altered', async () => {
  const anna = await newOperator('anna');
  const bert = await newOperator('bert');
  const people = await openCompartmentNamed('people');
  const escrow = await openCompartmentNamed('escrow');
  const grant = await people.grantTo({ id: 'anna', publicKey: anna.unlocked.publicKey });
  expect(await refusalCode(() => bert.unlocked.openCompartment(people.record, grant))).toBe('store.corrupt');
  expect(await refusalCode(() => anna.unlocked.openCompartment(escrow.record, grant))).toBe('store.corrupt');
  expect(
    await refusalCode(() => anna.unlocked.openCompartment(people.record, { ...grant, ciphertext: flipped(grant.ciphertext, 5) })),
  ).toBe('store.corrupt');
  expect(await refusalCode(() => anna.unlocked.openCompartment(people.record, { ...grant, enc: flipped(grant.enc, 5) }))).toBe(
    'store.corrupt',
  );
});

test('a compartment whose public half was exchanged is told when it is opened', async () => {
  const { unlocked } = await newOperator('anna');
  const people = await openCompartmentNamed('people');
  const other = await openCompartmentNamed('people');
  const grant = await people.grantTo({ id: 'anna', publicKey: unlocked.publicKey });
  expect(await refusalCode(() => unlocked.openCompartment(other.record, grant))).toBe('store.corrupt');
});

test('a sealing key belongs to its compartment and its id', async () => {
  const people = await openCompartmentNamed('people');
  const escrow = await openCompartmentNamed('escrow');
  const { record } = await vault.createSealingKey(people.record);
  expect((await people.openSealingKey(record)).id).toBe(record.id);
  expect(await refusalCode(() => escrow.openSealingKey(record))).toBe('store.corrupt');
  expect(await refusalCode(() => people.openSealingKey({ ...record, id: 'another' }))).toBe('store.corrupt');
  expect(await refusalCode(() => people.openSealingKey({ ...record, ciphertext: flipped(record.ciphertext, 0) }))).toBe('store.corrupt');
});

test('a wiped operator or compartment opens nothing more', async () => {
  const { unlocked } = await newOperator('anna');
  const people = await openCompartmentNamed('people');
  const grant = await people.grantTo({ id: 'anna', publicKey: unlocked.publicKey });
  const { record } = await vault.createSealingKey(people.record);
  people.wipe();
  expect(await refusalCode(() => people.openSealingKey(record))).toBe('session.locked');
  expect(await refusalCode(() => people.grantTo({ id: 'anna', publicKey: unlocked.publicKey }))).toBe('session.locked');
  unlocked.wipe();
  expect(await refusalCode(() => unlocked.openCompartment(people.record, grant))).toBe('session.locked');
});
