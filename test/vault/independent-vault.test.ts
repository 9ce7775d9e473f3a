import { expect, test } from 'vitest';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import type { SealedOperator, UnlockedOperator } from '../../main/ports/vault.ts';
import vector from '../vectors/vault/vault.json' with { type: 'json' };
import { octets } from './support.ts';

/** `vault.json` was made by pyca/cryptography (`make.py` beside it), with the product's Argon2id cost. */
const vault = createVault();
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const { id } = vector.operator;

const sealedOperator = (method: 'passphrase' | 'recovery-code', opening: { parameters: string; sealed: string }): SealedOperator => ({
  operator: { id, publicKey: hex(vector.operator.publicKey) },
  opening: { operatorId: id, method, parameters: opening.parameters, sealed: hex(opening.sealed) },
});

async function openEverything(operator: UnlockedOperator): Promise<Uint8Array> {
  const compartment = await operator.openCompartment(
    { compartment: 'people', publicKey: hex(vector.compartmentPublicKey) },
    { compartment: 'people', operatorId: id, enc: hex(vector.grant.enc), ciphertext: hex(vector.grant.ciphertext) },
  );
  const { sealingKey, sealedKey } = vector;
  const under = await compartment.openSealingKey({
    id: sealingKey.id,
    compartment: 'people',
    enc: hex(sealingKey.enc),
    ciphertext: hex(sealingKey.ciphertext),
  });
  const wraps = [{ sealingKeyId: sealingKey.id, wrapped: hex(sealedKey.wrapped) }];
  return vault.open({ keyId: sealedKey.keyId, sealed: hex(sealedKey.sealed), wraps }, under);
}

test('a vault made by another implementation opens with its passphrase', async () => {
  const operator = await vault.unlock(sealedOperator('passphrase', vector.passphraseOpening), octets(vector.passphrase));
  expect(Buffer.from(await openEverything(operator)).toString('hex')).toBe(vector.pkcs8);
});

test('a vault made by another implementation opens with its recovery code', async () => {
  const code = octets(vector.recoveryCode.toLowerCase().replaceAll('-', ' '));
  const operator = await vault.unlockWithRecoveryCode(sealedOperator('recovery-code', vector.recoveryOpening), code);
  expect(Buffer.from(await openEverything(operator)).toString('hex')).toBe(vector.pkcs8);
});
