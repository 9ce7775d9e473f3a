import type { TokenDone } from '../contract/tokens.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { factoryManagementKey, factoryPuk } from '../domain/piv/unlock-code.ts';
import { requireUsableUnlockCode } from '../domain/token/pin-status.ts';
import type { FoundToken, Tokens } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Commit } from './handler.ts';
import type { TokenActor } from './token-begun.ts';
import { isKept, sealNew, withKept, type TokenSecret, type TokenSecretParts } from './token-secrets.ts';

export interface SecuringParts extends TokenSecretParts {
  readonly tokens: Tokens;
  readonly auditTrail: AuditTrail;
}

/**
 * Gives a card whose unlock code or management key is the one from the factory another one that nobody knows, sealed in the vault
 * before the card is asked: whatever stops it in between, it is not lost.
 * @throws AppError conflict where it has its own, or does not tell; token.*
 */
export async function secureToken(
  parts: SecuringParts,
  operator: UnlockedOperator,
  token: FoundToken,
  by: TokenActor,
): Promise<Commit<TokenDone>> {
  const { serialNumber } = token;
  const secrets = fromFactory(token);
  if (secrets.length === 0)
    throw new AppError('conflict', 'Neither the unlock code of this card nor its management key is the one from the factory.', {
      what: 'unlock-code',
      id: serialNumber,
    });
  await replaceAll(parts, operator, token, secrets, by);
  return async (_, { auditIndex }) => ({
    value: { token: serialNumber, auditIndex },
    subject: { token: serialNumber },
    pushes: [{ name: 'tokens.changed', payload: { tokens: [serialNumber] } }],
  });
}

/** As `secureToken`, on the way to something else: nothing where there is nothing to do. */
export async function secureBefore(parts: SecuringParts, operator: UnlockedOperator, token: FoundToken, by: TokenActor): Promise<void> {
  const secrets = fromFactory(token);
  if (secrets.length === 0) return;
  await replaceAll(parts, operator, token, secrets, by);
  const { operator: id, host } = by;
  const entry = { operator: id, host, action: 'token.secure', subject: { token: token.serialNumber }, outcome: 'success' } as const;
  await parts.auditTrail.record(async () => ({ value: undefined, entries: [entry] }));
}

/** Those that anybody knows, as the card says itself, and that can be replaced. */
const fromFactory = ({ isUnlockCodeFactory, isManagementKeyFactory, abilities }: FoundToken): readonly TokenSecret[] => [
  ...(isUnlockCodeFactory === true ? (['unlock-code'] as const) : []),
  ...(isManagementKeyFactory === true && abilities.keysBy === 'management-key' ? (['management-key'] as const) : []),
];

/** The card said that it has those from the factory: the one try is right, unless somebody is quicker. */
async function replaceAll(
  parts: SecuringParts,
  operator: UnlockedOperator,
  token: FoundToken,
  secrets: readonly TokenSecret[],
  by: TokenActor,
): Promise<void> {
  if (secrets.includes('unlock-code')) requireUsableUnlockCode(token.unlockCode, false);
  await begin(parts, token.serialNumber, secrets, by);
  for (const secret of secrets)
    await withKept(parts, operator, secret, token.serialNumber, (fresh) => replaceOne(parts.tokens, token, secret, fresh));
}

const replaceOne = (tokens: Tokens, token: FoundToken, secret: TokenSecret, fresh: Uint8Array): Promise<void> =>
  secret === 'unlock-code'
    ? tokens.replaceUnlockCode(token, { unlockCode: utf8Encode(factoryPuk), newUnlockCode: fresh })
    : tokens.replaceManagementKey(token, { managementKey: utf8Encode(factoryManagementKey), newManagementKey: fresh });

/** One unit: that it was begun, and what is new, unless it was sealed by a try that was stopped. */
async function begin(
  parts: SecuringParts,
  serialNumber: string,
  secrets: readonly TokenSecret[],
  { operator, host }: TokenActor,
): Promise<void> {
  const made: Awaited<ReturnType<typeof sealNew>>[] = [];
  for (const secret of secrets)
    if (!(await isKept(parts.read(), secret, serialNumber))) made.push(await sealNew(parts, secret, serialNumber));
  await parts.auditTrail.record(async (stores) => {
    await stores.vault.insertSealingKeys(made.map(({ sealing }) => sealing));
    await stores.vault.insertSealedKeys(made.map(({ sealed }) => sealed));
    const subject = { token: serialNumber };
    return { value: undefined, entries: [{ action: 'token.secure-begin', operator, host, subject, outcome: 'success' }] };
  });
}
