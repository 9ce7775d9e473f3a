import type { TokenDone } from '../contract/tokens.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { factoryPuk, newUnlockCode } from '../domain/piv/unlock-code.ts';
import { requireUsableUnlockCode } from '../domain/token/pin-status.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { FoundToken, Tokens } from '../ports/tokens.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Commit } from './handler.ts';
import type { KeyAccess } from './key-access.ts';
import { createSealingKeyFor } from './sealing-keys.ts';
import type { TokenActor } from './token-begun.ts';

export interface UnlockCodeParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
  readonly vault: Vault;
  readonly keyAccess: KeyAccess;
  readonly random: Random;
  readonly auditTrail: AuditTrail;
}

/** Under what the unlock code of a token is sealed. */
const sealedAs = (serialNumber: string): string => `unlock-code:${serialNumber}`;

/** Whether the vault has the unlock code of this token. */
export const isUnlockCodeKept = async (stores: ReadStores, serialNumber: string): Promise<boolean> =>
  (await stores.vault.sealedKey(sealedAs(serialNumber))) !== undefined;

/** Hands the unlock code that the vault has to `use`, and wipes it afterwards. @throws AppError not-found, session.not-permitted */
export const withKeptUnlockCode = <T>(
  { keyAccess }: Pick<UnlockCodeParts, 'keyAccess'>,
  operator: UnlockedOperator,
  serialNumber: string,
  use: (code: Uint8Array) => Promise<T>,
): Promise<T> => keyAccess.withPrivateKey(operator, sealedAs(serialNumber), 'people', use);

/**
 * Gives a card whose unlock code is the one from the factory another one that nobody knows, sealed in the vault before the
 * card is asked: whatever stops it in between, the code is not lost.
 * @throws AppError conflict where it has one of its own, or does not tell; token.*
 */
export async function secureToken(
  parts: UnlockCodeParts,
  operator: UnlockedOperator,
  token: FoundToken,
  by: TokenActor,
): Promise<Commit<TokenDone>> {
  const { serialNumber } = token;
  if (token.isUnlockCodeFactory !== true)
    throw new AppError('conflict', 'The unlock code of this card is not the one from the factory.', {
      what: 'unlock-code',
      id: serialNumber,
    });
  await replaceFactoryCode(parts, operator, token, by);
  return async (_, { auditIndex }) => ({
    value: { token: serialNumber, auditIndex },
    subject: { token: serialNumber },
    pushes: [{ name: 'tokens.changed', payload: { tokens: [serialNumber] } }],
  });
}

/** As `secureToken`, on the way to something else: nothing where there is nothing to do. */
export async function secureBefore(parts: UnlockCodeParts, operator: UnlockedOperator, token: FoundToken, by: TokenActor): Promise<void> {
  if (token.isUnlockCodeFactory !== true) return;
  await replaceFactoryCode(parts, operator, token, by);
  const entry = { ...by, action: 'token.secure', subject: { token: token.serialNumber }, outcome: 'success' } as const;
  await parts.auditTrail.record(async () => ({ value: undefined, entries: [entry] }));
}

/** The card said that it has the code from the factory: the one try is right, unless somebody is quicker. */
async function replaceFactoryCode(parts: UnlockCodeParts, operator: UnlockedOperator, token: FoundToken, by: TokenActor): Promise<void> {
  requireUsableUnlockCode(token.unlockCode, false);
  await begin(parts, token.serialNumber, by);
  await withKeptUnlockCode(parts, operator, token.serialNumber, (newUnlockCode) =>
    parts.tokens.replaceUnlockCode(token, { unlockCode: utf8Encode(factoryPuk), newUnlockCode }),
  );
}

/** One unit: that it was begun, and the new code, unless one was sealed by a try that was stopped. */
async function begin(parts: UnlockCodeParts, serialNumber: string, { operator, host }: TokenActor): Promise<void> {
  const made = (await isUnlockCodeKept(parts.read(), serialNumber)) ? undefined : await sealNew(parts, serialNumber);
  await parts.auditTrail.record(async (stores) => {
    if (made !== undefined) {
      await stores.vault.insertSealingKeys([made.sealing]);
      await stores.vault.insertSealedKeys([made.sealed]);
    }
    const subject = { token: serialNumber };
    return { value: undefined, entries: [{ action: 'token.secure-begin', operator, host, subject, outcome: 'success' }] };
  });
}

async function sealNew({ read, vault, random }: UnlockCodeParts, serialNumber: string) {
  const { open, record: sealing } = await createSealingKeyFor(read(), vault, 'people');
  const code = newUnlockCode((length) => random.bytes(length));
  try {
    return { sealing, sealed: vault.seal({ keyId: sealedAs(serialNumber), pkcs8: code, under: [open] }) };
  } finally {
    code.fill(0);
  }
}
