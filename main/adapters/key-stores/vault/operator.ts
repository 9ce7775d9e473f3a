import { AppError } from '../../../domain/errors.ts';
import type { Argon2idCost } from '../../../domain/vault/argon2id-cost.ts';
import { parseRecoveryCode } from '../../../domain/vault/recovery-code.ts';
import type { NewDevice, NewOperator, SealedOperator, UnlockedOperator } from '../../../ports/vault.ts';
import { openWithSecret, sealWithSecret } from './card-opening.ts';
import { openGrant } from './compartment.ts';
import { corruptOpening } from './opening-parameters.ts';
import { openOwn, sealOwn } from './own-secret.ts';
import { openWithPassphrase, sealWithPassphrase, spendAttempt } from './passphrase-opening.ts';
import { openWithRecoveryCode, sealWithNewRecoveryCode } from './recovery-opening.ts';
import { lendShare, openLoan, openShare } from './shares.ts';
import { SecretHalf } from './secret-half.ts';
import { generateKeyPair, isPair } from './x25519.ts';

export async function createOperator(operatorId: string, passphrase: Uint8Array, cost: Argon2idCost): Promise<NewOperator> {
  const half = new SecretHalf(generateKeyPair());
  try {
    const byPassphrase = await sealWithPassphrase(operatorId, half, passphrase, cost);
    const { opening: byRecoveryCode, recoveryCode } = sealWithNewRecoveryCode(operatorId, half.pair.privateKey);
    return { unlocked: unlockedOperator(operatorId, half, cost), openings: [byPassphrase, byRecoveryCode], recoveryCode };
  } catch (error) {
    half.wipe();
    throw error;
  }
}

/** As for a card, whose challenge is here the public half: the secret opens this pair and no other. */
export function createDevice(id: string, secret: Uint8Array, cost: Argon2idCost): NewDevice {
  const half = new SecretHalf(generateKeyPair());
  try {
    const opening = sealWithSecret(id, half.pair.privateKey, secret, half.pair.publicKey);
    return { unlocked: unlockedOperator(id, half, cost), opening };
  } catch (error) {
    half.wipe();
    throw error;
  }
}

export async function unlock(sealed: SealedOperator | undefined, passphrase: Uint8Array, cost: Argon2idCost): Promise<UnlockedOperator> {
  const privateKey = await tryPassphrase(sealed, passphrase, cost);
  return unlockWith(sealed, privateKey, cost);
}

export function unlockWithRecoveryCode(sealed: SealedOperator | undefined, code: Uint8Array, cost: Argon2idCost): UnlockedOperator {
  const isCode = sealed?.opening.method === 'recovery-code';
  if (!isCode) parseRecoveryCode(code).fill(0);
  return unlockWith(sealed, isCode ? openWithRecoveryCode(sealed.opening, code) : undefined, cost);
}

export function unlockWithSecret(
  sealed: SealedOperator | undefined,
  secret: Uint8Array,
  challenge: Uint8Array,
  cost: Argon2idCost,
): UnlockedOperator {
  const isCard = sealed?.opening.method === 'card';
  return unlockWith(sealed, isCard ? openWithSecret(sealed.opening, secret, challenge) : undefined, cost);
}

/** Every refusal is the same: an unusable passphrase, a wrong one, and an operator who does not exist. */
async function tryPassphrase(sealed: SealedOperator | undefined, passphrase: Uint8Array, cost: Argon2idCost): Promise<Buffer | undefined> {
  try {
    if (sealed?.opening.method === 'passphrase') return await openWithPassphrase(sealed.opening, passphrase);
    await spendAttempt(passphrase, cost);
  } catch (error) {
    if (!(error instanceof AppError && error.code.startsWith('input.'))) throw error;
  }
  return undefined;
}

function unlockWith(sealed: SealedOperator | undefined, privateKey: Buffer | undefined, cost: Argon2idCost): UnlockedOperator {
  if (sealed === undefined || privateKey === undefined) throw new AppError('session.sign-in-failed', 'The sign-in failed.');
  const { operator, opening } = sealed;
  if (opening.operatorId !== operator.id || !isPair(privateKey, operator.publicKey)) {
    privateKey.fill(0);
    throw corruptOpening(opening);
  }
  return unlockedOperator(operator.id, new SecretHalf({ publicKey: Buffer.from(operator.publicKey), privateKey }), cost);
}

function unlockedOperator(operatorId: string, half: SecretHalf, cost: Argon2idCost): UnlockedOperator {
  return {
    operatorId,
    publicKey: half.pair.publicKey,
    openCompartment: async (compartment, grant) => openGrant(compartment, grant, operatorId, half.pair),
    changePassphrase: (passphrase) => sealWithPassphrase(operatorId, half, passphrase, cost),
    replaceRecoveryCode: async () => sealWithNewRecoveryCode(operatorId, half.pair.privateKey),
    sealUnder: (secret, challenge) => sealWithSecret(operatorId, half.pair.privateKey, secret, challenge),
    openShare: async (compartment, share) => openShare(compartment, half.pair, share),
    lendShare: async (compartment, share, to) => lendShare(compartment, half.pair, share, to),
    openLoan: async (loan, purpose) => openLoan(half.pair, loan, purpose, operatorId),
    sealOwn: (octets) => sealOwn(operatorId, half.pair, octets),
    openOwn: (sealed) => openOwn(operatorId, half.pair, sealed),
    wipe: () => half.wipe(),
  };
}
