import type { Readers, ReaderSurvey } from '../ports/readers.ts';
import type { FoundToken, Tokens, TokenSurvey } from '../ports/tokens.ts';
import type { PushMessage } from './handler.ts';

export interface TokenWatchParts {
  readonly tokens: Tokens;
  readonly readers: Readers;
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  readonly isAnybodyThere: () => boolean;
  readonly send: (messages: readonly PushMessage[]) => void;
  /** Told of every look; must not fail. */
  readonly onSeen: (tokens: TokenSurvey) => void;
}

/** Looks for tokens that come and go and modules that stop, while somebody who wants to know is signed in. */
export interface TokenWatch {
  /** Looks at once and from now on, unless it does already. */
  begin(): void;
  stop(): void;
}

/** Milliseconds between two looks: PKCS #11 has events, and hardly a module that sends them. */
const pause = 1_000;

export function createTokenWatch(parts: TokenWatchParts): TokenWatch {
  let stop: (() => void) | undefined;
  let isLooking = false;
  let known: ReadonlyMap<string, string> | undefined;
  const end = () => {
    stop?.();
    [stop, known] = [undefined, undefined];
  };
  const look = async () => {
    if (!parts.isAnybodyThere()) return end();
    if (isLooking) return;
    isLooking = true;
    const [tokens, readers] = await Promise.all([parts.tokens.survey(), parts.readers.survey()]).finally(() => (isLooking = false));
    parts.onSeen(tokens);
    const now = standings(tokens, readers);
    const changed = known === undefined ? [] : differing(known, now);
    known = now;
    if (changed.length === 0) return;
    parts.send([{ name: 'tokens.changed', payload: { tokens: changed.filter((serialNumber) => serialNumber !== noToken) } }]);
  };
  const begin = () => {
    if (stop !== undefined) return;
    stop = parts.repeat(pause, () => void look());
    void look();
  };
  return { begin, stop: end };
}

/** In the place of a serial number, where a module or the readers changed. */
const noToken = '';

/** What is worth telling when it is another, with the serial number it is about. */
const standings = ({ tokens, modules }: TokenSurvey, readers: ReaderSurvey): ReadonlyMap<string, string> =>
  new Map([
    ...tokens.map((token): [string, string] => [standing(token), token.serialNumber]),
    [JSON.stringify(readers), noToken],
    ...modules.map(({ library, state }): [string, string] => [JSON.stringify([library, state]), noToken]),
  ]);

const standing = ({ module, serialNumber, label, pin }: FoundToken): string => JSON.stringify([module, serialNumber, label, pin]);

/** Serial numbers by what only one of the two holds. */
function differing(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const onlyIn = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    [...one].flatMap(([key, serialNumber]) => (other.has(key) ? [] : [serialNumber]));
  return [...new Set([...onlyIn(before, now), ...onlyIn(now, before)])];
}
