import type { FoundToken, Tokens } from '../ports/tokens.ts';
import type { PushMessage } from './handler.ts';

export interface TokenWatchParts {
  readonly tokens: Tokens;
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  readonly isAnybodyThere: () => boolean;
  readonly send: (messages: readonly PushMessage[]) => void;
}

/** Looks for tokens that come and go, while somebody who wants to know is signed in. */
export interface TokenWatch {
  /** Begins to look, or goes on. */
  begin(): void;
  stop(): void;
}

/** Milliseconds between two looks: PKCS #11 has events, and hardly a module that sends them. */
const pause = 1_000;

export function createTokenWatch(parts: TokenWatchParts): TokenWatch {
  let stop: (() => void) | undefined;
  let isLooking = false;
  let known: string | undefined;
  const end = () => {
    stop?.();
    [stop, known] = [undefined, undefined];
  };
  const look = async () => {
    if (!parts.isAnybodyThere()) return end();
    if (isLooking) return;
    isLooking = true;
    const { tokens } = await parts.tokens.survey().finally(() => (isLooking = false));
    const now = JSON.stringify(tokens.map(standing));
    if (known !== undefined && known !== now)
      parts.send([{ name: 'tokens.changed', payload: { tokens: tokens.map(({ serialNumber }) => serialNumber) } }]);
    known = now;
  };
  return { begin: () => (stop ??= parts.repeat(pause, () => void look())), stop: end };
}

const standing = ({ module, serialNumber, label, pin }: FoundToken): readonly string[] => [module, serialNumber, label, pin];
