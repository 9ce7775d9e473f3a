import { expect, test } from 'vitest';
import { SecretHalf } from '../../main/adapters/key-stores/vault/secret-half.ts';
import { generateKeyPair } from '../../main/adapters/key-stores/vault/x25519.ts';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import type { OpeningRecord } from '../../main/ports/stores/operators.ts';
import type { SealedOperator } from '../../main/ports/vault.ts';
import { cheapVault as vault, flipped, newOperator, octets, refusal, refusalCode } from './support.ts';

const withOpening = (sealed: SealedOperator, change: Partial<OpeningRecord>): SealedOperator => ({
  ...sealed,
  opening: { ...sealed.opening, ...change },
});

test('an operator unlocks with the passphrase and with the recovery code', async () => {
  const { unlocked, byPassphrase, byRecoveryCode, recoveryCode } = await newOperator('anna', 'Schlüssel');
  for (const opened of [
    await vault.unlock(byPassphrase, octets('Schlüssel')),
    await vault.unlockWithRecoveryCode(byRecoveryCode, recoveryCode),
  ]) {
    expect(opened.operatorId).toBe('anna');
    expect(Buffer.from(opened.publicKey).equals(unlocked.publicKey)).toBe(true);
  }
});

test('letters written as one character or as two are the same passphrase', async () => {
  const { byPassphrase } = await newOperator('anna', 'Schl\u00fcssel\u00a0zwei');
  expect((await vault.unlock(byPassphrase, octets('Schlu\u0308ssel zwei'))).operatorId).toBe('anna');
});

test('every refused sign-in is the same, whatever the reason', async () => {
  const { byPassphrase } = await newOperator('anna');
  const attempts = [
    () => vault.unlock(byPassphrase, octets('a wrong one')),
    () => vault.unlock(byPassphrase, octets('')),
    () => vault.unlock(byPassphrase, octets('x'.repeat(2000))),
    () => vault.unlock(byPassphrase, Uint8Array.of(0xff, 0xfe)),
    () => vault.unlock(undefined, octets('a passphrase of many words')),
    () =>
      vault.unlock(withOpening(byPassphrase, { sealed: flipped(byPassphrase.opening.sealed, -1) }), octets('a passphrase of many words')),
  ];
  for (const attempt of attempts) {
    const { code, message, details, cause } = await refusal(attempt);
    expect({ code, message, details, cause }).toEqual({
      code: 'session.sign-in-failed',
      message: 'The sign-in failed.',
      details: {},
      cause: undefined,
    });
  }
});

test('another operator\u2019s opening does not stand in for one\u2019s own', async () => {
  const anna = await newOperator('anna', 'the passphrase of anna');
  const bert = await newOperator('bert', 'the passphrase of bert');
  const renamed = withOpening(bert.byPassphrase, { operatorId: 'anna' });
  expect(await refusalCode(() => vault.unlock({ ...anna.byPassphrase, opening: renamed.opening }, octets('the passphrase of bert')))).toBe(
    'session.sign-in-failed',
  );
  expect(
    await refusalCode(() => vault.unlock({ ...anna.byPassphrase, opening: bert.byPassphrase.opening }, octets('the passphrase of bert'))),
  ).toBe('store.corrupt');
});

test('a public half that was exchanged is told when its operator unlocks', async () => {
  const { byPassphrase } = await newOperator('anna');
  const exchanged = { ...byPassphrase, operator: { id: 'anna', publicKey: flipped(byPassphrase.operator.publicKey, 3) } };
  expect(await refusalCode(() => vault.unlock(exchanged, octets('a passphrase of many words')))).toBe('store.corrupt');
});

test('stored parameters that would exhaust the machine, or make no sense, are not spent', async () => {
  const { byPassphrase } = await newOperator('anna');
  const salt = '00'.repeat(16);
  const wrong = [
    { algorithm: 'argon2id', lanes: 4, memoryKiB: 2 ** 31, passes: 3, salt },
    { algorithm: 'argon2id', lanes: 4, memoryKiB: 65536, passes: 1e6, salt },
    { algorithm: 'argon2id', lanes: 0, memoryKiB: 65536, passes: 3, salt },
    { algorithm: 'argon2id', lanes: 4, memoryKiB: 65536, passes: 3, salt: '00' },
    { algorithm: 'pbkdf2', lanes: 4, memoryKiB: 65536, passes: 3, salt },
    null,
  ];
  for (const parameters of [...wrong.map((value) => JSON.stringify(value)), '{']) {
    expect(await refusalCode(() => vault.unlock(withOpening(byPassphrase, { parameters }), octets('a passphrase of many words')))).toBe(
      'store.corrupt',
    );
  }
});

test('the product seals with 64 MiB, three passes and four lanes, and says so in the record', async () => {
  const { openings } = await createVault().createOperator('anna', octets('a passphrase of many words'));
  const parameters = openings.find(({ method }) => method === 'passphrase')?.parameters ?? '';
  expect(parameters).toMatch(/^\{"algorithm":"argon2id","lanes":4,"memoryKiB":65536,"passes":3,"salt":"[0-9a-f]{32}"\}$/);
});

test('an empty, endless or untypable passphrase cannot be set', async () => {
  expect(await refusalCode(() => vault.createOperator('anna', octets('')))).toBe('input.empty');
  expect(await refusalCode(() => vault.createOperator('anna', octets('x'.repeat(1025))))).toBe('input.too-large');
  expect(await refusalCode(() => vault.createOperator('anna', octets('line\nbreak')))).toBe('input.invalid');
  expect(await refusalCode(() => vault.createOperator('anna', Uint8Array.of(0xc3)))).toBe('input.invalid');
});

test('a slip in the recovery code is told from a wrong code', async () => {
  const { byRecoveryCode, recoveryCode } = await newOperator('anna');
  const other = await newOperator('bert');
  expect(await refusalCode(() => vault.unlockWithRecoveryCode(byRecoveryCode, other.recoveryCode))).toBe('session.sign-in-failed');
  expect(await refusalCode(() => vault.unlockWithRecoveryCode(undefined, recoveryCode))).toBe('session.sign-in-failed');
  const slip = Buffer.from(recoveryCode);
  slip[7] = slip[7] === 0x41 ? 0x42 : 0x41;
  for (const operator of [byRecoveryCode, undefined]) {
    const { code, details } = await refusal(() => vault.unlockWithRecoveryCode(operator, slip));
    expect({ code, group: details['group'] }).toEqual({ code: 'input.invalid', group: 2 });
  }
});

test('a changed passphrase replaces the old one for the same key pair', async () => {
  const { unlocked, byPassphrase } = await newOperator('anna', 'the old passphrase');
  const changed = { ...byPassphrase, opening: await unlocked.changePassphrase(octets('the new passphrase')) };
  expect(Buffer.from((await vault.unlock(changed, octets('the new passphrase'))).publicKey).equals(unlocked.publicKey)).toBe(true);
  expect(await refusalCode(() => vault.unlock(changed, octets('the old passphrase')))).toBe('session.sign-in-failed');
});

test('a replaced recovery code opens and the old one no longer does', async () => {
  const { unlocked, byRecoveryCode, recoveryCode } = await newOperator('anna');
  const replaced = await unlocked.replaceRecoveryCode();
  const sealed = { ...byRecoveryCode, opening: replaced.opening };
  expect((await vault.unlockWithRecoveryCode(sealed, replaced.recoveryCode)).operatorId).toBe('anna');
  expect(await refusalCode(() => vault.unlockWithRecoveryCode(sealed, recoveryCode))).toBe('session.sign-in-failed');
});

test('a wiped operator does nothing any more, even when the lock comes during a change of passphrase', async () => {
  const { unlocked } = await newOperator('anna');
  const change = unlocked.changePassphrase(octets('the new passphrase'));
  unlocked.wipe();
  expect(await refusalCode(() => change)).toBe('session.locked');
  expect(await refusalCode(() => unlocked.replaceRecoveryCode())).toBe('session.locked');
  expect(await refusalCode(() => unlocked.changePassphrase(octets('another')))).toBe('session.locked');
});

test('an attempt on an operator who does not exist costs what a wrong passphrase costs', async () => {
  const product = createVault();
  const { unlocked, openings } = await product.createOperator('anna', octets('a passphrase of many words'));
  const opening = openings.find(({ method }) => method === 'passphrase');
  const known = opening && { operator: { id: 'anna', publicKey: unlocked.publicKey }, opening };
  const milliseconds = async (operator: SealedOperator | undefined): Promise<number> => {
    const start = performance.now();
    expect(await refusalCode(() => product.unlock(operator, octets('a wrong one')))).toBe('session.sign-in-failed');
    return performance.now() - start;
  };
  expect(await milliseconds(undefined)).toBeGreaterThan((await milliseconds(known)) / 5);
});

test('wiping leaves no octet of a private half', () => {
  const pair = generateKeyPair();
  const { privateKey } = pair;
  expect(privateKey.some((octet) => octet !== 0)).toBe(true);
  new SecretHalf(pair).wipe();
  expect(privateKey.every((octet) => octet === 0)).toBe(true);
});
