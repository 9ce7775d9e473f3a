import type { JobError } from '../contract/enrollment.ts';
import type { ModuleSummary, TokenList, TokenSummary, UnfinishedOnToken } from '../contract/tokens.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { FoundToken, ModuleReport, Tokens } from '../ports/tokens.ts';
import { summariseCertificate } from './certificate-view.ts';

export interface TokenListParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** What a person reads about an error. */
  readonly wordError: (code: ErrorCode, details: ErrorDetails) => JobError;
}

/** Digits or letters of a serial number's end that are enough to name a token. */
const shortestEnd = 4;

/** Every token that is there now with what is recorded about it, how the drivers fare, and what is unfinished anywhere. */
export async function listTokens(parts: TokenListParts): Promise<TokenList> {
  const { tokens, modules } = await parts.tokens.survey();
  const unfinished = await listUnfinished(parts.read());
  return {
    tokens: await summariseTokens(parts, tokens, unfinished),
    modules: modules.map((report) => summariseModule(parts, report)),
    unfinished,
  };
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

async function listUnfinished(stores: ReadStores): Promise<UnfinishedOnToken[]> {
  const intents = await stores.tokens.unfinished();
  const people = await stores.people.findMany(intents.map(({ personId }) => personId));
  return intents.map(({ serialNumber, personId, createdAt, state }) => ({
    token: serialNumber,
    personId,
    personName: people.find(({ id }) => id === personId)?.name ?? null,
    begunAt: createdAt,
    state: state === 'issued' ? 'issued' : 'begun',
  }));
}

async function summariseTokens(
  parts: TokenListParts,
  tokens: readonly FoundToken[],
  unfinished: readonly UnfinishedOnToken[],
): Promise<TokenSummary[]> {
  const stores = parts.read();
  const certificates = await certificatesOn(
    stores,
    tokens.map(({ serialNumber }) => serialNumber),
  );
  return Promise.all(
    tokens.map(async (found) => {
      const rows = certificates.get(found.serialNumber) ?? [];
      const personId = rows[0]?.personId ?? null;
      return {
        ...found,
        personId,
        personName: personId === null ? null : ((await stores.people.find(personId))?.name ?? null),
        certificates: rows.map((row) => summariseCertificate(row, parts.clock.now())),
        unfinished: unfinished.some(({ token }) => token === found.serialNumber),
      };
    }),
  );
}

/** By serial number; newest first. */
async function certificatesOn(
  stores: ReadStores,
  serialNumbers: readonly string[],
): Promise<ReadonlyMap<string, readonly CertificateRow[]>> {
  const tokenOf = new Map((await stores.tokens.keysOn(serialNumbers)).map(({ keyId, serialNumber }) => [keyId, serialNumber]));
  const keys = await Promise.all([...tokenOf.keys()].map(async (keyId) => stores.keys.find(keyId)));
  const people = new Set(keys.flatMap((key) => key?.personId ?? []));
  const rows = (await stores.certificates.ofPeople([...people])).filter(({ keyId }) => tokenOf.has(keyId));
  return Map.groupBy(rows, ({ keyId }) => tokenOf.get(keyId) ?? '');
}

const summariseModule = (parts: TokenListParts, { error, ...report }: ModuleReport): ModuleSummary => ({
  ...report,
  error: error === null ? null : parts.wordError(error.code, error.details),
});
