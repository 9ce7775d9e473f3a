import type { Secret } from '../contract/secret.ts';
import { may } from '../domain/access/permissions.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import type { FoundToken } from '../ports/tokens.ts';
import type { AreaHandlers, SessionContext } from './handler.ts';
import { abandonAuthorityKeys } from './authority-key-intents.ts';
import { addAttestationIssuers, listAttestationIssuers, readAttestationIssuers, removeAttestationIssuer } from './attestation-issuers.ts';
import { findToken } from './find-token.ts';
import { enrollOnToken } from './token-enrollment.ts';
import { generateOnToken, type TokenGenerationParts } from './token-generation.ts';
import { importOnToken, type TokenImportParts } from './token-import.ts';
import { initializeToken } from './token-initialization.ts';
import { settleToken, type AtToken } from './token-intents.ts';
import type { TokenActor } from './token-begun.ts';
import { listTokens, pickToken, showToken, type TokenListParts } from './token-list.ts';
import { previewLoss, reportLost, requireNotLost, takeBack } from './token-loss.ts';
import { changePin, unblock } from './token-pins.ts';
import { isKept, withKept, withKeysLogin } from './token-secrets.ts';
import { secureBefore, secureToken } from './token-securing.ts';
import type { TokenWatch } from './token-watch.ts';
import { wipeToken } from './token-wiping.ts';
import type { Turns } from './turns.ts';

export interface TokenParts extends TokenListParts, TokenImportParts, TokenGenerationParts {
  readonly tokenWatch: TokenWatch;
  /** Settling one act on a token in the middle of another would undo it. */
  readonly tokenTurns: Turns;
}

/** Tokens: which are there, whose they are, a key on one of them, and settling what was left unfinished. */
export function createTokenHandlers(parts: TokenParts): AreaHandlers<'tokens'> {
  const turns = parts.tokenTurns;
  /** One that is there. */
  const find = async (text: string) => pickToken(await parts.tokens.survey(), text);
  /** One that is there and not lost. */
  const findUsable = async (text: string) => {
    const token = await find(text);
    await requireNotLost(parts.read(), token.serialNumber);
    return token;
  };
  return {
    list: async (_, { caller, session }) => {
      if (caller.host === 'window') parts.tokenWatch.begin();
      const list = await listTokens(parts);
      const { role } = session.operator;
      // Whose cards are gone or were begun is for those who see people.
      return {
        ...list,
        ...(may(role, 'tokens.reconcile') ? {} : { unfinished: [] }),
        ...(may(role, 'people.show') ? {} : { lost: [] }),
      };
    },
    show: async ({ token }) => showToken(parts, token),
    ...attestationHandlers(parts),
    enroll: async ({ pin, managementKey, ...order }, context) =>
      turns.take(async () => enrollOnToken(parts, context.session.unlocked, order, atToken({ pin, managementKey }, context))),
    generate: async ({ pin, managementKey, ...order }, context) =>
      turns.take(async () => {
        const onto = { ...order, token: await findUsable(order.token) };
        return generateOnToken(parts, context.session.unlocked, onto, atToken({ pin, managementKey }, context));
      }),
    import: async ({ certificate, token, pin, managementKey, finalTry }, context) =>
      turns.take(async () => {
        const order = { certificate, token: await findUsable(token), finalTry };
        return importOnToken(parts, context.session.unlocked, order, atToken({ pin, managementKey }, context));
      }),
    initialize: async ({ module, label, soPin, pin }, context) =>
      turns.take(async () => initializeToken(parts, { module, label, soPin: soPin.reveal(), pin: pin.reveal() }, actorOf(context))),
    ...pinHandlers(parts, turns, findUsable),
    ...lossHandlers(parts, turns, findUsable),
    reconcile: async ({ token: text, pin, managementKey, finalTry }, context) =>
      turns.take(async () => {
        const token = await findUsable(text);
        requireUsablePin(token.pin, finalTry);
        const at = atToken({ pin, managementKey }, context);
        await parts.tokens.checkPin(token, at.pin);
        const { settled, ofAuthorities } = await withKeysLogin(parts, context.session.unlocked, token, at, async (by) => ({
          settled: await settleToken(parts, token.serialNumber, by),
          ofAuthorities: await abandonAuthorityKeys(parts, token.serialNumber, by),
        }));
        const count = (end: 'finished' | 'abandoned') => settled.filter((one) => one.end === end).length;
        const ends = { finished: count('finished'), abandoned: count('abandoned') + ofAuthorities };
        return async () => ({
          value: { token: token.serialNumber, ...ends },
          subject: { token: token.serialNumber, ...ends },
          pushes: [{ name: 'tokens.changed', payload: { tokens: [token.serialNumber] } }],
        });
      }),
  };
}

const actorOf = ({ session, caller }: SessionContext): TokenActor => ({ operator: session.operator.id, host: caller.host });

interface TypedKeys {
  readonly pin: Secret;
  readonly managementKey: Secret | undefined;
}

const atToken = ({ pin, managementKey }: TypedKeys, context: SessionContext): AtToken => ({
  pin: pin.reveal(),
  ...(managementKey === undefined ? {} : { managementKey: managementKey.reveal() }),
  ...actorOf(context),
});

type AttestationCalls = 'attestationIssuers' | 'readAttestationIssuers' | 'addAttestationIssuers' | 'removeAttestationIssuer';

const attestationHandlers = (parts: TokenParts): Pick<AreaHandlers<'tokens'>, AttestationCalls> => ({
  attestationIssuers: async () => ({ issuers: await listAttestationIssuers(parts) }),
  readAttestationIssuers: async ({ file }) => ({ issuers: await readAttestationIssuers(parts, file) }),
  addAttestationIssuers: async ({ file }) => addAttestationIssuers(parts, file),
  removeAttestationIssuer: async ({ sha256 }) => removeAttestationIssuer(parts, sha256),
});

type FindToken = (text: string) => Promise<FoundToken>;

function pinHandlers(
  parts: TokenParts,
  turns: Turns,
  findUsable: FindToken,
): Pick<AreaHandlers<'tokens'>, 'changePin' | 'unblock' | 'secure'> {
  return {
    changePin: async ({ token, pin, newPin, finalTry }, context) =>
      turns.take(async () => {
        const on = { token: await findUsable(token), finalTry, by: actorOf(context) };
        return changePin(parts, on, { pin: pin.reveal(), newPin: newPin.reveal() });
      }),
    unblock: async ({ token, unlockCode, newPin, finalTry }, context) =>
      turns.take(async () => {
        const on = { token: await findUsable(token), finalTry, by: actorOf(context) };
        const by = async (soPin: Uint8Array) => unblock(parts, on, { soPin, newPin: newPin.reveal() });
        if (unlockCode !== undefined) return by(unlockCode.reveal());
        // A card that never got the code which was sealed for it gets it now: otherwise that code would cost it a try.
        const { unlocked } = context.session;
        if (await isKept(parts.read(), 'unlock-code', on.token.serialNumber)) await secureBefore(parts, unlocked, on.token, on.by);
        return withKept(parts, unlocked, 'unlock-code', on.token.serialNumber, by);
      }),
    secure: async ({ token }, context) =>
      turns.take(async () => secureToken(parts, context.session.unlocked, await findUsable(token), actorOf(context))),
  };
}

function lossHandlers(
  parts: TokenParts,
  turns: Turns,
  findUsable: FindToken,
): Pick<AreaHandlers<'tokens'>, 'previewLoss' | 'reportLost' | 'takeBack' | 'wipe'> {
  return {
    previewLoss: async ({ token }, { session }) => previewLoss(parts, session.unlocked, await findToken(parts, token)),
    reportLost: async ({ token, note }, { session }) =>
      turns.take(async () => reportLost(parts, session.unlocked, { token: await findToken(parts, token), note })),
    takeBack: async ({ token }) => turns.take(async () => takeBack(parts, await findToken(parts, token))),
    wipe: async ({ token, unlockCode, finalTry }, context) =>
      turns.take(async () => wipeToken(parts, { token: await findUsable(token), soPin: unlockCode.reveal(), finalTry }, actorOf(context))),
  };
}
