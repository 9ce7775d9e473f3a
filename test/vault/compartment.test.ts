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

test('a compartment under another key pair opens what was sealed before, and the old private half nothing of it', async () => {
  const people = await openCompartmentNamed('people');
  const sealingKey = await vault.createSealingKey(people.record);
  const sealed = vault.seal({ keyId: 'key-1', pkcs8: Buffer.from('pkcs8'), under: [sealingKey.open] });
  const { compartment, sealingKeys } = await people.rotate([sealingKey.record]);
  const [wrapped] = sealingKeys;
  if (wrapped === undefined) throw new Error('the sealing key is gone');

  expect(Buffer.from(vault.open(sealed, await compartment.openSealingKey(wrapped))).toString()).toBe('pkcs8');
  expect(await refusalCode(() => people.openSealingKey(wrapped))).toBe('store.corrupt');
  const later = await vault.createSealingKey(compartment.record);
  expect(await refusalCode(() => people.openSealingKey(later.record))).toBe('store.corrupt');
  expect(await refusalCode(() => people.rotate([wrapped]))).toBe('store.corrupt');
});

test('a voucher stands for one id, role and key of one compartment, and for nothing else', async () => {
  const [people, escrow] = [await openCompartmentNamed('people'), await openCompartmentNamed('escrow')];
  const anna = { id: 'anna', role: 'registrar', publicKey: (await newOperator('anna')).unlocked.publicKey } as const;
  const voucher = people.vouch(anna);
  expect(people.isVouched(anna, voucher)).toBe(true);
  expect(people.isVouched({ ...anna, role: 'administrator' }, voucher)).toBe(false);
  expect(people.isVouched({ ...anna, publicKey: flipped(anna.publicKey, 3) }, voucher)).toBe(false);
  expect(people.isVouched({ ...anna, id: 'bert' }, { ...voucher, operatorId: 'bert' })).toBe(false);
  expect(people.isVouched(anna, { ...voucher, code: voucher.code.subarray(1) })).toBe(false);
  expect(escrow.isVouched(anna, { ...voucher, compartment: 'escrow' })).toBe(false);
});
