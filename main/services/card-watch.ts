import type { TokenSurvey, Tokens } from '../ports/tokens.ts';
import { lockSession, type LockParts } from './lock-session.ts';

export interface CardWatchParts extends LockParts {
  readonly tokens: Tokens;
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  readonly report: (error: unknown) => void;
}

/** Milliseconds between two looks, as for all cards. */
const pause = 1_000;

/**
 * Ends sessions at the window that a card opened once it is not there any more. A driver that does not answer shows no card: a card that it
 * does not show twice is taken for gone too. Runs until the returned function is called, which resolves when it has come to rest.
 */
export function watchSignInCards(parts: CardWatchParts): () => Promise<void> {
  let looking: Promise<void> | undefined;
  let missing: ReadonlySet<string> = new Set();
  const look = async () => {
    const sessions = parts.sessions.byCard();
    if (sessions.length === 0) return;
    const survey = await parts.tokens.survey();
    const gone = sessions.filter(([, { card }]) => card !== undefined && !isThere(survey, card));
    const before = missing;
    missing = new Set(gone.flatMap(([, { card }]) => card ?? []));
    const isSure = (card: string) => before.has(card) || isDriverWorking(survey, card);
    for (const [connection, session] of gone)
      if (isSure(session.card ?? '') && parts.sessions.isThere(session)) await lockSession(parts, [connection, session], 'card');
  };
  const stop = parts.repeat(pause, () => {
    looking ??= look()
      .catch(parts.report)
      .finally(() => (looking = undefined));
  });
  return async () => {
    stop();
    await looking;
  };
}

const isThere = ({ tokens }: TokenSurvey, card: string): boolean => tokens.some(({ serialNumber }) => serialNumber === card);

const isDriverWorking = ({ modules, lastSeen }: TokenSurvey, card: string): boolean =>
  modules.some(({ name, state }) => name === lastSeen.get(card) && state === 'working');
