import type { TokenDone } from '../contract/tokens.ts';
import { AppError } from '../domain/errors.ts';
import { mayBecome } from '../domain/key/state.ts';
import { requireUsableUnlockCode } from '../domain/token/pin-status.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { FoundToken, Tokens } from '../ports/tokens.ts';
import type { AuditTrail } from './audit-trail.ts';
import { forgetAuthorityKeys } from './authority-key-intents.ts';
import { isStillGood } from './certificate-view.ts';
import type { Commit } from './handler.ts';
import { enterBegun, type TokenActor } from './token-begun.ts';
import { authoritiesOn, certificatesOn } from './token-list.ts';

export interface TokenWipingParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly auditTrail: AuditTrail;
}

export interface WipingOrder {
  readonly token: FoundToken;
  readonly soPin: Uint8Array;
  readonly finalTry: boolean;
}

/**
 * Takes everything off a token. That it was begun is in the log before the token is touched; afterwards its keys are
 * destroyed as far as Keyward knows of them, and what was begun on it is abandoned.
 * @throws AppError token.in-use while a certificate on it is good; token.*
 */
export async function wipeToken(
  parts: TokenWipingParts,
  { token, soPin, finalTry }: WipingOrder,
  by: TokenActor,
): Promise<Commit<TokenDone>> {
  const { serialNumber, label } = token;
  requireUsableUnlockCode(token.unlockCode, finalTry);
  await refuseInUse(parts, serialNumber);
  await refuseAuthorities(parts, serialNumber);
  await enterBegun(parts.auditTrail, by, 'token.wipe-begin', { token: serialNumber });
  await parts.tokens.wipe(token, { soPin, label });
  return async (stores, { time, auditIndex }) => {
    const keys = await recordWiping(stores, serialNumber, time);
    await forgetAuthorityKeys(stores, serialNumber);
    return {
      value: { token: serialNumber, auditIndex },
      subject: { token: serialNumber, keys },
      pushes: [
        { name: 'tokens.changed', payload: { tokens: [serialNumber] } },
        { name: 'certificates.changed', payload: { certificates: [] } },
      ],
    };
  };
}

async function refuseInUse({ read, clock }: TokenWipingParts, serialNumber: string): Promise<void> {
  const rows = (await certificatesOn(read(), [serialNumber])).get(serialNumber) ?? [];
  const good = rows.find((row) => row.keyStore === 'token' && isStillGood(row, clock.now()));
  if (good !== undefined)
    throw new AppError('token.in-use', 'A certificate of a key on this token is still good.', { token: serialNumber, id: good.id });
}

/** Of an authority whose key is on it. */
async function refuseAuthorities({ read, clock }: TokenWipingParts, serialNumber: string): Promise<void> {
  for (const { certificateId } of await authoritiesOn(read(), serialNumber)) {
    const row = await read().certificates.find(certificateId);
    if (row !== undefined && isStillGood(row, clock.now()))
      throw new AppError('token.in-use', 'The key of an authority is on this token.', { token: serialNumber, id: certificateId });
  }
}

/** Its keys are destroyed as far as Keyward knows of them, and what was begun on it is abandoned. Gives the keys. */
export async function recordWiping(stores: Stores, serialNumber: string, at: string): Promise<readonly string[]> {
  const keys = await destroyKeys(stores, serialNumber, at);
  await stores.tokens.recordWiping(serialNumber, at);
  return keys;
}

async function destroyKeys(stores: Stores, serialNumber: string, at: string): Promise<readonly string[]> {
  const places = await stores.tokens.keysOn([serialNumber]);
  const found = await Promise.all(places.map(async ({ keyId }) => stores.keys.find(keyId)));
  /* A key that was put on it is in the vault as well, and stays there. */
  const keys = found.filter((key) => key !== undefined).filter(({ store }) => store === 'token');
  const moving = keys.filter(({ state }) => mayBecome(state, 'destroyed'));
  await stores.keys.move(moving.map(({ id, state }) => ({ keyId: id, from: state, to: 'destroyed', at })));
  return keys.map(({ id }) => id);
}
