import type { TokenDone } from '../contract/tokens.ts';
import { requireNewPin } from '../domain/token/new-pin.ts';
import { requireUsablePin, requireUsableUnlockCode } from '../domain/token/pin-status.ts';
import type { FoundToken, TokenPinChange, TokenUnblocking, Tokens } from '../ports/tokens.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Commit } from './handler.ts';
import { enterBegun, type TokenActor } from './token-begun.ts';

export interface TokenPinParts {
  readonly tokens: Tokens;
  readonly auditTrail: AuditTrail;
}

interface OnToken {
  readonly token: FoundToken;
  /** The person was told that a wrong one now locks it. */
  readonly finalTry: boolean;
  readonly by: TokenActor;
}

/** All that can be refused is refused before the card is asked; that it is asked is in the log before. @throws AppError token.* */
export async function changePin(
  parts: TokenPinParts,
  { token, finalTry, by }: OnToken,
  change: TokenPinChange,
): Promise<Commit<TokenDone>> {
  requireUsablePin(token.pin, finalTry);
  // What is typed on the reader is judged by the card alone.
  if (!token.isPinTypedAtReader || change.newPin.length > 0) requireNewPin(change.newPin, token.pinLength, change.pin);
  await enterBegun(parts.auditTrail, by, 'token.change-pin-begin', { token: token.serialNumber });
  await parts.tokens.changePin(token, change);
  return pinSet(token);
}

/** As `changePin`. @throws AppError token.* */
export async function unblock(
  parts: TokenPinParts,
  { token, finalTry, by }: OnToken,
  unblocking: TokenUnblocking,
): Promise<Commit<TokenDone>> {
  requireUsableUnlockCode(token.unlockCode, finalTry);
  requireNewPin(unblocking.newPin, token.pinLength);
  await enterBegun(parts.auditTrail, by, 'token.unblock-begin', { token: token.serialNumber });
  await parts.tokens.unblock(token, unblocking);
  return pinSet(token);
}

const pinSet =
  ({ serialNumber }: FoundToken): Commit<TokenDone> =>
  async (_, { auditIndex }) => ({
    value: { token: serialNumber, auditIndex },
    subject: { token: serialNumber },
    pushes: [{ name: 'tokens.changed', payload: { tokens: [serialNumber] } }],
  });
