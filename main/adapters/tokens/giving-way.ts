import { AppError } from '../../domain/errors.ts';
import type { Readers } from '../../ports/readers.ts';
import type { Tokens, TokenSurvey } from '../../ports/tokens.ts';

export interface GivingWay {
  readonly tokens: Tokens;
  readonly readers: Readers;
  /** Runs an act by another driver once looks that run have ended; those that come meanwhile see what was seen last. One at a time. */
  readonly alone: <T>(act: () => Promise<T>) => Promise<T>;
  readonly isActing: () => boolean;
}

/**
 * Looks at cards give way to an act on one: a look would switch a card with several applications to another, and a PIN that was
 * shown would be forgotten in the middle.
 */
export function givingWay(tokens: Tokens, readers: Readers): GivingWay {
  const looking = new Set<Promise<unknown>>();
  let acting: Promise<unknown> | undefined;
  let last: TokenSurvey | undefined;
  const look = async (): Promise<TokenSurvey> => {
    if (acting !== undefined && last !== undefined) return last;
    await acting?.catch(() => undefined);
    last = await during(looking, tokens.survey());
    return last;
  };
  const alone = async <T>(act: () => Promise<T>): Promise<T> => {
    while (acting !== undefined) await acting.catch(() => undefined);
    const running = Promise.allSettled(looking).then(act);
    acting = running;
    return running.finally(() => (acting = undefined));
  };
  return {
    tokens: { ...tokens, survey: look },
    readers: {
      survey: async () => readers.survey(),
      withCard: async (reader, act) => {
        if (acting !== undefined) throw new AppError('token.device-failed', 'Something is being done on a card just now.');
        return during(looking, readers.withCard(reader, act));
      },
    },
    alone,
    isActing: () => acting !== undefined,
  };
}

async function during<T>(set: Set<Promise<unknown>>, act: Promise<T>): Promise<T> {
  set.add(act);
  return act.finally(() => set.delete(act));
}
