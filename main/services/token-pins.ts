import type { TokenDone } from '../contract/tokens.ts';
import { requireNewPin } from '../domain/token/new-pin.ts';
import { requireUsablePin, requireUsableUnlockCode } from '../domain/token/pin-status.ts';
import type { FoundToken, TokenPinChange, TokenUnblocking, Tokens } from '../ports/tokens.ts';
import type { Commit } from './handler.ts';

interface OnToken {
  readonly token: FoundToken;
  /** The person was told that a wrong one now locks it. */
  readonly finalTry: boolean;
}

/** All that can be refused is refused before the card is asked. @throws AppError token.* */
export async function changePin(tokens: Tokens, { token, finalTry }: OnToken, change: TokenPinChange): Promise<Commit<TokenDone>> {
  requireUsablePin(token.pin, finalTry);
  requireNewPin(change.newPin, token.pinLength, change.pin);
  await tokens.changePin(token, change);
  return pinSet(token);
}

/** @throws AppError token.* */
export async function unblock(tokens: Tokens, { token, finalTry }: OnToken, unblocking: TokenUnblocking): Promise<Commit<TokenDone>> {
  requireUsableUnlockCode(token.unlockCode, finalTry);
  requireNewPin(unblocking.newPin, token.pinLength);
  await tokens.unblock(token, unblocking);
  return pinSet(token);
}

const pinSet =
  ({ serialNumber }: FoundToken): Commit<TokenDone> =>
  async (_, { auditIndex }) => ({
    value: { token: serialNumber, auditIndex },
    subject: { token: serialNumber },
    pushes: [{ name: 'tokens.changed', payload: { tokens: [serialNumber] } }],
  });
