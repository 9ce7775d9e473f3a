import { may } from '../domain/access/permissions.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import type { AreaHandlers, SessionContext } from './handler.ts';
import { enrollOnToken, type TokenEnrollmentParts } from './token-enrollment.ts';
import { initializeToken } from './token-initialization.ts';
import { settleToken, type AtToken } from './token-intents.ts';
import { listTokens, pickToken, showToken, type TokenListParts } from './token-list.ts';
import type { TokenWatch } from './token-watch.ts';
import { Turns } from './turns.ts';

export interface TokenParts extends TokenListParts, TokenEnrollmentParts {
  readonly tokenWatch: TokenWatch;
}

/** Tokens: which are there, whose they are, a key on one of them, and settling what was left unfinished. */
export function createTokenHandlers(parts: TokenParts): AreaHandlers<'tokens'> {
  /** Settling one act on a token in the middle of another would undo it. */
  const turns = new Turns();
  return {
    list: async (_, { caller, session }) => {
      if (caller.host === 'window') parts.tokenWatch.begin();
      const list = await listTokens(parts);
      return may(session.operator.role, 'tokens.reconcile') ? list : { ...list, unfinished: [] };
    },
    show: async ({ token }) => showToken(parts, token),
    enroll: async ({ pin, ...order }, context) =>
      turns.take(async () => enrollOnToken(parts, context.session.unlocked, order, atToken(pin.reveal(), context))),
    initialize: async ({ module, label, soPin, pin }, { session, caller }) =>
      turns.take(async () =>
        initializeToken(
          parts,
          { module, label, soPin: soPin.reveal(), pin: pin.reveal() },
          { operator: session.operator.id, host: caller.host },
        ),
      ),
    reconcile: async ({ token: text, pin, finalTry }, context) =>
      turns.take(async () => {
        const token = pickToken(await parts.tokens.survey(), text);
        requireUsablePin(token.pin, finalTry);
        const at = atToken(pin.reveal(), context);
        await parts.tokens.checkPin(token, at.pin);
        const settled = await settleToken(parts, token.serialNumber, at);
        const count = (end: 'finished' | 'abandoned') => settled.filter((one) => one.end === end).length;
        const ends = { finished: count('finished'), abandoned: count('abandoned') };
        return async () => ({
          value: { token: token.serialNumber, ...ends },
          subject: { token: token.serialNumber, ...ends },
          pushes: [{ name: 'tokens.changed', payload: { tokens: [token.serialNumber] } }],
        });
      }),
  };
}

const atToken = (pin: Uint8Array, { session, caller }: SessionContext): AtToken => ({
  pin,
  operator: session.operator.id,
  host: caller.host,
});
