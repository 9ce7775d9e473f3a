import type { AreaHandlers } from './handler.ts';
import { listTokens, pickToken, type TokenListParts } from './token-list.ts';
import type { TokenWatch } from './token-watch.ts';

export interface TokenParts extends TokenListParts {
  readonly tokenWatch: TokenWatch;
}

/** Tokens: which are there, whose they are. */
export function createTokenHandlers(parts: TokenParts): AreaHandlers<'tokens'> {
  return {
    list: async (_, { caller }) => {
      if (caller.host === 'window') parts.tokenWatch.begin();
      return listTokens(parts);
    },
    show: async ({ token }) => pickToken((await listTokens(parts)).tokens, token),
  };
}
