import type { JobError } from '../contract/enrollment.ts';
import type { LostToken, ModuleSummary, ReaderHealth, TokenList, TokenSummary, UnfinishedOnToken } from '../contract/tokens.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import { readerHealth, type ReaderFinding, type SeenAtReaders } from '../domain/token/reader-health.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { OpenPgpCards } from '../ports/openpgp-cards.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Readers } from '../ports/readers.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { KeyRecord } from '../ports/stores/keys.ts';
import type { FoundToken, ModuleReport, Tokens, TokenSurvey } from '../ports/tokens.ts';
import { summariseCertificate } from './certificate-view.ts';
import { describeAttestation, type AttestationParts } from './key-attestation.ts';
import { isKept } from './token-secrets.ts';
import { listUnfinished } from './token-unfinished.ts';

export interface TokenListParts extends AttestationParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
  readonly readers: Readers;
  readonly openPgpCards: OpenPgpCards;
  readonly clock: Clock;
  /** What a person reads about an error. */
  readonly wordError: (code: ErrorCode, details: ErrorDetails) => JobError;
}

/** Digits or letters of a serial number's end that are enough to name a token. */
const shortestEnd = 4;

/** Every token that is there now with what is recorded about it, how the drivers fare, and what is unfinished anywhere. */
export async function listTokens(parts: TokenListParts): Promise<TokenList> {
  const [{ tokens, modules }, seen] = await Promise.all([parts.tokens.survey(), parts.readers.survey()]);
  const unfinished = await listUnfinished(parts.read());
  return {
    tokens: await summariseTokens(parts, tokens, unfinished),
    modules: modules.map((report) => summariseModule(parts, report)),
    unfinished,
    lost: await listLost(parts.read()),
    readers: (await readersWithCards(parts, { ...seen, tokens, modules })).map((finding) => wordFinding(parts, finding)),
  };
}

/** A card that no driver of tokens shows may be an OpenPGP card, which is none of theirs. */
async function readersWithCards({ openPgpCards }: TokenListParts, seen: SeenAtReaders): Promise<readonly ReaderFinding[]> {
  const findings = readerHealth(seen);
  const unseen = findings.flatMap(({ reader, error }) =>
    reader === null || error === null || error.code === 'token.absent' ? [] : [reader],
  );
  if (unseen.length === 0) return findings;
  return readerHealth({ ...seen, tokens: [...seen.tokens, ...(await openPgpCards.survey(unseen))] });
}

const wordFinding = (parts: TokenListParts, { error, ...finding }: ReaderFinding): ReaderHealth => ({
  ...finding,
  error: error === null ? null : parts.wordError(error.code, error.details),
});

/** One token that is there, by what names it, with what is recorded about it. @throws AppError as `pickToken` */
export async function showToken(parts: TokenListParts, text: string): Promise<TokenSummary> {
  const found = pickToken(await parts.tokens.survey(), text);
  const certificates = await certificatesOn(parts.read(), [found.serialNumber]);
  return summariseToken(parts, found, certificates.get(found.serialNumber) ?? [], await listUnfinished(parts.read()));
}

/**
 * The token with this serial number, or the only one whose serial number ends so. Upper and lower case are the same.
 * @throws AppError token.absent when none is there, the module's own error when it may be behind one that does not work,
 * conflict when several fit
 */
export function pickToken(survey: TokenSurvey, text: string): FoundToken {
  const fitting = fittingIn(
    survey.tokens.map(({ serialNumber }) => serialNumber),
    text,
  );
  const [token, ...more] = survey.tokens.filter(({ serialNumber }) => fitting.includes(serialNumber));
  if (token === undefined) throw whyAbsent(survey, text);
  if (more.length > 0) throw new AppError('conflict', 'More than one token fits: give the whole serial number.', { what: 'token' });
  return token;
}

/** Upper and lower case are the same; the end of one is enough where it has four characters or more. */
export function fittingIn(serialNumbers: readonly string[], text: string): readonly string[] {
  const wanted = text.toLowerCase();
  const digits = wanted.replaceAll(' ', '');
  const printed = serialNumbers.filter((serialNumber) => digits !== '' && printedNumber(serialNumber) === digits);
  if (printed.length > 0) return printed;
  const exact = serialNumbers.filter((serialNumber) => serialNumber.toLowerCase() === wanted);
  if (exact.length > 0 || wanted.length < shortestEnd) return exact;
  return serialNumbers.filter((serialNumber) => serialNumber.toLowerCase().endsWith(wanted));
}

/** What stands on an OpenPGP card: maker and number, in the middle of its application identifier; of other tokens nothing. */
const printedNumber = (serialNumber: string): string | undefined => /^d27600012401.{4}(.{12}).{4}$/.exec(serialNumber.toLowerCase())?.[1];

/** A token that was never seen may be behind any module that crashed or hung; one that was, only behind its own. */
function whyAbsent({ modules, lastSeen }: TokenSurvey, text: string): AppError {
  const [seen] = fittingIn([...lastSeen.keys()], text);
  const module = modules.find(({ name, state }) =>
    seen === undefined ? state === 'crashed' || state === 'hung' : lastSeen.get(seen) === name,
  );
  const error = module?.error;
  return error === null || error === undefined
    ? new AppError('token.absent', 'No token with this serial number is there.', { token: text })
    : new AppError(error.code, 'The driver of this token does not work.', error.details);
}

async function listLost(stores: ReadStores): Promise<LostToken[]> {
  const lost = await stores.tokens.lost();
  const certificates = await certificatesOn(
    stores,
    lost.map(({ serialNumber }) => serialNumber),
  );
  const owned = await Promise.all(
    lost.map(async ({ serialNumber, lostAt }) => {
      const personId = certificates.get(serialNumber)?.[0]?.personId ?? (await ownerOfKeys(stores, serialNumber, () => true));
      return { token: serialNumber, personId, lostAt };
    }),
  );
  const people = await stores.people.findMany(owned.flatMap(({ personId }) => personId ?? []));
  return owned.map((card) => ({ ...card, personName: people.find(({ id }) => id === card.personId)?.name ?? null }));
}

async function summariseTokens(
  parts: TokenListParts,
  tokens: readonly FoundToken[],
  unfinished: readonly UnfinishedOnToken[],
): Promise<TokenSummary[]> {
  const certificates = await certificatesOn(
    parts.read(),
    tokens.map(({ serialNumber }) => serialNumber),
  );
  return Promise.all(tokens.map(async (found) => summariseToken(parts, found, certificates.get(found.serialNumber) ?? [], unfinished)));
}

async function summariseToken(
  parts: TokenListParts,
  found: FoundToken,
  rows: readonly CertificateRow[],
  unfinished: readonly UnfinishedOnToken[],
): Promise<TokenSummary> {
  const personId = rows[0]?.personId ?? (await ownerOfKeys(parts.read(), found.serialNumber, isWaiting));
  return {
    ...found,
    personId,
    personName: personId === null ? null : ((await parts.read().people.find(personId))?.name ?? null),
    certificates: rows.map((row) => summariseCertificate(row, parts.clock.now())),
    authorities: (await authoritiesOn(parts.read(), found.serialNumber)).map(({ name }) => name),
    attestations: await attestationsOf(parts, rows),
    isUnlockCodeKept: await isKept(parts.read(), 'unlock-code', found.serialNumber),
    isManagementKeyKept: await isKept(parts.read(), 'management-key', found.serialNumber),
    unfinished: unfinished.some(({ token }) => token === found.serialNumber),
    isEnrolmentBegun: unfinished.some(({ token, isEnrolment: begun }) => begun && token === found.serialNumber),
    lostAt: await lostSince(parts.read(), found.serialNumber),
  };
}

/** Verified anew at each look; of keys that were put on it nothing can be attested. */
async function attestationsOf(parts: TokenListParts, rows: readonly CertificateRow[]): Promise<TokenSummary['attestations']> {
  const stores = parts.read();
  const views = rows.map(async ({ id, keyId }) => {
    const der = await stores.certificates.der(id);
    const spki = der === undefined ? undefined : readCertificate(der).subjectPublicKeyInfo.der;
    const attestation = spki === undefined ? null : await describeAttestation(parts, stores, keyId, spki);
    return attestation === null ? [] : [{ certificate: id, attestation }];
  });
  return (await Promise.all(views)).flat();
}

/** For its certificate. */
const isWaiting = ({ state }: KeyRecord): boolean => state === 'preActive';

/** Whose the first such key on it is. */
async function ownerOfKeys(stores: ReadStores, serialNumber: string, isMeant: (key: KeyRecord) => boolean): Promise<string | null> {
  const places = await stores.tokens.keysOn([serialNumber]);
  const keys = await Promise.all(places.map(async ({ keyId }) => stores.keys.find(keyId)));
  return keys.find((key) => key !== undefined && isMeant(key))?.personId ?? null;
}

/** When a token was reported lost; null for one that is not. */
export const lostSince = async (stores: ReadStores, token: string): Promise<string | null> =>
  (await stores.tokens.lost()).find(({ serialNumber }) => serialNumber === token)?.lostAt ?? null;

/** By serial number; newest first. */
export async function certificatesOn(
  stores: ReadStores,
  serialNumbers: readonly string[],
): Promise<ReadonlyMap<string, readonly CertificateRow[]>> {
  const tokenOf = new Map((await stores.tokens.keysOn(serialNumbers)).map(({ keyId, serialNumber }) => [keyId, serialNumber]));
  const keys = await Promise.all([...tokenOf.keys()].map(async (keyId) => stores.keys.find(keyId)));
  const people = new Set(keys.flatMap((key) => key?.personId ?? []));
  const rows = (await stores.certificates.ofPeople([...people])).filter(({ keyId }) => tokenOf.has(keyId));
  return Map.groupBy(rows, ({ keyId }) => tokenOf.get(keyId) ?? '');
}

/** Those whose key is on this token. */
export async function authoritiesOn(stores: ReadStores, serialNumber: string): Promise<readonly AuthorityRecord[]> {
  const keys = new Set((await stores.tokens.keysOn([serialNumber])).map(({ keyId }) => keyId));
  return (await stores.authorities.list()).filter(({ keyId }) => keys.has(keyId));
}

const summariseModule = (parts: TokenListParts, { error, ...report }: ModuleReport): ModuleSummary => ({
  ...report,
  error: error === null ? null : parts.wordError(error.code, error.details),
});
