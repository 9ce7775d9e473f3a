import { AppError } from '../../../domain/errors.ts';
import { recommendedCost } from '../../../domain/vault/argon2id-cost.ts';
import { compartments } from '../../../domain/vault/compartment.ts';
import type { Vault } from '../../../ports/vault.ts';
import { createCompartment, createSealingKey, openCompartmentWith } from './compartment.ts';
import { createKeychainKey, openKeychainKey } from './keychain-key.ts';
import { createLogKey, openLogKey } from './log-key.ts';
import { createDevice, createOperator, unlock, unlockWithRecoveryCode, unlockWithSecret } from './operator.ts';
import { openPrivateKey, sealPrivateKey, wrapAlso } from './seal.ts';
import { combineShares, isIntact, isPrinted, openWithSheets } from './shares.ts';
import { isPair } from './x25519.ts';

/**
 * The vault on node:crypto and HPKE. `cost` is what new passphrases are sealed with; the product leaves it alone, and
 * only tests that are not about it take less.
 */
export function createVault(cost = recommendedCost): Vault {
  return {
    createCompartments: async () => compartments.map(createCompartment),
    createOperator: (operatorId, passphrase) => createOperator(operatorId, passphrase, cost),
    createDevice: (id, secret) => createDevice(id, secret, cost),
    unlock: (operator, passphrase) => unlock(operator, passphrase, cost),
    unlockWithRecoveryCode: async (operator, code) => unlockWithRecoveryCode(operator, code, cost),
    unlockWithSecret: async (operator, secret, challenge) => unlockWithSecret(operator, secret, challenge, cost),
    createSealingKey,
    createKeychainKey,
    openKeychainKey,
    seal: sealPrivateKey,
    open: openPrivateKey,
    wrapAlso,
    openShared: async (record, shares) => openCompartmentWith(record, await combineShares(record.publicKey, shares, record.compartment)),
    openWithSheets: async (record, sheets, shares) => {
      const privateKey = await openWithSheets(record.compartment, sheets, shares);
      if (isPair(privateKey, record.publicKey))
        return openCompartmentWith(record, { publicKey: Buffer.from(record.publicKey), privateKey });
      privateKey.fill(0);
      throw new AppError('store.corrupt', 'The sheets open another key.', { what: 'sheets', id: sheets.id });
    },
    isPrinted,
    isIntact,
    createLogKey,
    openLogKey,
  };
}
