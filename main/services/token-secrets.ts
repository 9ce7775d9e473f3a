import { hexEncode } from '../domain/encoding/hex.ts';
import { latin1Decode } from '../domain/encoding/latin1.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { newUnlockCode } from '../domain/piv/unlock-code.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { FoundToken } from '../ports/tokens.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import type { KeyAccess } from './key-access.ts';
import { createSealingKeyFor } from './sealing-keys.ts';
import type { AtToken } from './token-intents.ts';

/** What the vault keeps of a card so that nobody has to know it: the code that unlocks its PIN, and what makes keys on it. */
export type TokenSecret = 'unlock-code' | 'management-key';

export interface TokenSecretParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly keyAccess: KeyAccess;
  readonly random: Random;
}

/** Under what a secret of a token is sealed. */
const sealedAs = (secret: TokenSecret, serialNumber: string): string => `${secret}:${serialNumber}`;

/** Whether the vault has this secret of this token. */
export const isKept = async (stores: ReadStores, secret: TokenSecret, serialNumber: string): Promise<boolean> =>
  (await stores.vault.sealedKey(sealedAs(secret, serialNumber))) !== undefined;

/** Hands a secret that the vault has to `use`, and wipes it afterwards. @throws AppError not-found, session.not-permitted */
export const withKept = <T>(
  { keyAccess }: Pick<TokenSecretParts, 'keyAccess'>,
  operator: UnlockedOperator,
  secret: TokenSecret,
  serialNumber: string,
  use: (value: Uint8Array) => Promise<T>,
): Promise<T> => keyAccess.withPrivateKey(operator, sealedAs(secret, serialNumber), 'people', use);

/** A new one, which nobody has seen, as the vault keeps it. */
export async function sealNew({ read, vault, random }: Omit<TokenSecretParts, 'keyAccess'>, secret: TokenSecret, serialNumber: string) {
  const { open, record: sealing } = await createSealingKeyFor(read(), vault, 'people');
  const value = secret === 'unlock-code' ? newUnlockCode((length) => random.bytes(length)) : newManagementKey(random);
  try {
    return { sealing, sealed: vault.seal({ keyId: sealedAs(secret, serialNumber), pkcs8: value, under: [open] }) };
  } finally {
    value.fill(0);
  }
}

const managementKeyOctets = 24;

/** As the driver of PIV cards takes it: hexadecimal digits. */
const newManagementKey = (random: Random): Uint8Array => utf8Encode(hexEncode(random.bytes(managementKeyOctets)));

/**
 * Does something with what makes keys on a token: the PIN, and on a PIV card the management key that was typed or that the vault has.
 * @throws AppError input.invalid for what can be no management key; token.management-key-unknown where there is none; what `act` throws
 */
export async function withKeysLogin<T>(
  parts: TokenSecretParts,
  operator: UnlockedOperator,
  { serialNumber, abilities }: FoundToken,
  at: AtToken,
  act: (at: AtToken) => Promise<T>,
): Promise<T> {
  if (abilities.keysBy === 'pin') return act(withoutKey(at));
  if (at.managementKey !== undefined) return act(withTypedKey(at, at.managementKey));
  if (!(await isKept(parts.read(), 'management-key', serialNumber)))
    throw new AppError('token.management-key-unknown', 'The vault does not have the management key of this card.', { token: serialNumber });
  return withKept(parts, operator, 'management-key', serialNumber, (managementKey) => act({ ...at, managementKey }));
}

const withoutKey = ({ operator, host, pin }: AtToken): AtToken => ({ operator, host, pin });

const managementKeyForm = /^[0-9a-f]{48}$/i;

/** What cannot be one is not sent: a card may count wrong ones. */
function withTypedKey(at: AtToken, managementKey: Uint8Array): AtToken {
  if (managementKeyForm.test(latin1Decode(managementKey))) return { ...at, managementKey };
  throw new AppError('input.invalid', 'A management key is 48 hexadecimal digits; nothing was tried.', {
    field: 'managementKey',
    rule: 'length',
  });
}
