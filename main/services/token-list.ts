import type { JobError } from '../contract/enrollment.ts';
import type { ModuleSummary, TokenSummary } from '../contract/tokens.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import type { FoundToken, ModuleReport, Tokens } from '../ports/tokens.ts';

export interface TokenListParts {
  readonly tokens: Tokens;
  /** What a person reads about an error. */
  readonly wordError: (code: ErrorCode, details: ErrorDetails) => JobError;
}

/** Digits or letters of a serial number's end that are enough to name a token. */
const shortestEnd = 4;

/** Every token that is there now with what is recorded about it, and how the drivers fare. */
export async function listTokens(parts: TokenListParts): Promise<{ tokens: TokenSummary[]; modules: ModuleSummary[] }> {
  const { tokens, modules } = await parts.tokens.survey();
  return { tokens: tokens.map(summarise), modules: modules.map((report) => summariseModule(parts, report)) };
}

/**
 * The token with this serial number, or the only one whose serial number ends so. Upper and lower case are the same.
 * @throws AppError token.absent when none is there, conflict when several fit
 */
export function pickToken<T extends Pick<FoundToken, 'serialNumber'>>(tokens: readonly T[], text: string): T {
  const wanted = text.toLowerCase();
  const exact = tokens.filter(({ serialNumber }) => serialNumber.toLowerCase() === wanted);
  const byEnd = wanted.length < shortestEnd ? [] : tokens.filter(({ serialNumber }) => serialNumber.toLowerCase().endsWith(wanted));
  const [token, ...more] = exact.length > 0 ? exact : byEnd;
  if (token === undefined) throw new AppError('token.absent', 'No token with this serial number is there.', { token: text });
  if (more.length > 0) throw new AppError('conflict', 'More than one token fits: give the whole serial number.', { what: 'token' });
  return token;
}

const summarise = (token: FoundToken): TokenSummary => ({
  ...token,
  personId: null,
  personName: null,
  certificates: [],
  unfinished: false,
});

const summariseModule = (parts: TokenListParts, { error, ...report }: ModuleReport): ModuleSummary => ({
  ...report,
  error: error === null ? null : parts.wordError(error.code, error.details),
});
