import type { JobError } from '../contract/enrollment.ts';
import type { TokenEnrollment } from '../contract/tokens.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import { parseKeyAlgorithm } from '../domain/key/algorithm.ts';
import { chooseKeys } from '../domain/token/key-choice.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import { requirePermittedMailboxes } from '../domain/x509/mail-constraints.ts';
import { parseMailbox } from '../domain/x509/mailbox.ts';
import type { Stores } from '../ports/database.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { TokenIntentRecord } from '../ports/stores/tokens.ts';
import type { FoundToken } from '../ports/tokens.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findActivePerson } from './find-person.ts';
import { isFromOutside } from './from-outside.ts';
import type { Commit } from './handler.ts';
import { describeIssuer, findGoodIssuingAuthority } from './issuers.ts';
import { createPlan } from './issuance-plan.ts';
import { readPractice } from './practice.ts';
import { beginIntent, settleIntent, settleToken, writeTokenCertificate, type AtToken } from './token-intents.ts';
import { issueForToken, makeTokenKey, requireUncovered, type TokenIssuance, type TokenIssuanceParts } from './token-issuance.ts';
import { pickToken } from './token-list.ts';
import { requireNotLost } from './token-loss.ts';
import { chooseKeyId } from './token-places.ts';
import { withKeysLogin } from './token-secrets.ts';
import { secureBefore } from './token-securing.ts';

export interface TokenEnrollmentParts extends TokenIssuanceParts {
  /** What a person reads about an error. */
  readonly wordError: (code: ErrorCode, details: ErrorDetails) => JobError;
}

export interface TokenEnrollmentOrder {
  readonly person: string;
  readonly token: string;
  readonly finalTry: boolean;
  readonly profile: string;
  readonly algorithm?: string | undefined;
}

/**
 * Gives one person a signing key on a token and a decryption key in the vault, with their certificates. What was left
 * unfinished on the token is settled first; if that completes what is asked for, nothing is issued twice.
 * @throws AppError not-found, conflict, token.*, input.*
 */
export async function enrollOnToken(
  parts: TokenEnrollmentParts,
  operator: UnlockedOperator,
  order: TokenEnrollmentOrder,
  at: AtToken,
): Promise<Commit<TokenEnrollment>> {
  const person = await findActivePerson(parts.read(), order.person);
  const token = pickToken(await parts.tokens.survey(), order.token);
  await requireNotLost(parts.read(), token.serialNumber);
  requireUsablePin(token.pin, order.finalTry);
  refuseFactoryPin(at.pin);
  const prepared = await prepare(parts, person, token, order);
  await parts.tokens.checkPin(token, at.pin);
  await secureBefore(parts, operator, token, at);
  return withKeysLogin(parts, operator, token, at, async (by) => settleAndIssue(parts, operator, prepared, by));
}

async function settleAndIssue(
  parts: TokenEnrollmentParts,
  operator: UnlockedOperator,
  prepared: TokenIssuance,
  at: AtToken,
): Promise<Commit<TokenEnrollment>> {
  const { person, token } = prepared;
  const settled = await settleToken(parts, token.serialNumber, at);
  const own = await idsIssuedHere(parts, person);
  const done = settled.find(({ intent, end }) => own.includes(intent.certificateId) && end === 'finished');
  if (done !== undefined) return finishedBefore(parts, done.intent, token);
  await refuseCovered(parts, person);
  return issueOnToken(parts, operator, prepared, at);
}

/** What an authority outside has certified completes nothing that is asked for here. */
async function idsIssuedHere({ read }: TokenEnrollmentParts, { id }: PersonRow): Promise<readonly string[]> {
  const rows = await read().certificates.ofPerson(id);
  return rows.filter((row) => !isFromOutside(row)).map((row) => row.id);
}

async function prepare(
  parts: TokenEnrollmentParts,
  person: PersonRow,
  token: FoundToken,
  order: TokenEnrollmentOrder,
): Promise<TokenIssuance> {
  const stores = parts.read();
  const practice = await readPractice(stores);
  const asked = order.algorithm === undefined ? undefined : parseKeyAlgorithm(order.algorithm);
  const keys = chooseKeys(asked, practice.subjectAlgorithm, token.algorithms);
  const plan = await createPlan(stores, order.profile, keys.decryption);
  if (!plan.profiles.some(({ usage }) => usage === 'sign'))
    throw new AppError('input.invalid', 'On a token goes a key that only signs: choose a profile with one.', {
      field: 'profile',
      rule: 'sign',
    });
  await refuseOutside(parts, person);
  return { person, token, keys, plan };
}

/** Before a key is made on the token that nobody may certify. */
async function refuseOutside(parts: TokenEnrollmentParts, person: PersonRow): Promise<void> {
  const stores = parts.read();
  const { mailConstraints = [] } = await describeIssuer(stores, await findGoodIssuingAuthority(stores, parts.clock.now()));
  const mailboxes = person.mailboxes.map((address) => parseMailbox(address).normalized);
  requirePermittedMailboxes(mailboxes, mailConstraints);
}

/** What an earlier try had issued is on the token now. */
async function finishedBefore(parts: TokenEnrollmentParts, intent: TokenIntentRecord, token: FoundToken): Promise<Commit<TokenEnrollment>> {
  const rows = await parts.read().certificates.ofPerson(intent.personId);
  const issued = rows.find(({ id }) => id === intent.certificateId);
  const certificates = rows.filter(({ createdAt }) => createdAt === issued?.createdAt).map(({ id }) => id);
  return async (_, { auditIndex }) => ({
    value: { certificates, token: token.serialNumber, auditIndex, unfinished: null },
    subject: { token: token.serialNumber, certificates },
    pushes: newsOf(intent.personId, certificates, token),
  });
}

async function refuseCovered(parts: TokenEnrollmentParts, person: PersonRow): Promise<void> {
  const rows = await parts.read().certificates.ofPerson(person.id);
  requireUncovered(rows, parts.clock.now());
}

async function issueOnToken(
  parts: TokenEnrollmentParts,
  operator: UnlockedOperator,
  prepared: TokenIssuance,
  at: AtToken,
): Promise<Commit<TokenEnrollment>> {
  const intent = await beginEnrollment(parts, prepared, at);
  const issued = await undoneOnFailure(parts, intent, at, async () => {
    const key = await makeTokenKey(parts, prepared, intent, at);
    return issueForToken(parts, operator, prepared, { intent, key }, at);
  });
  const unfinished = await failureOf(parts, async () => writeTokenCertificate(parts, intent, at));
  const { token, person } = prepared;
  return async (stores, { time, auditIndex }) => {
    if (unfinished === null) await finishIntent(stores, intent, time);
    return {
      value: { certificates: issued, token: token.serialNumber, auditIndex, unfinished },
      subject: { token: token.serialNumber, certificates: issued, ...(unfinished === null ? {} : { unfinished: unfinished.code }) },
      pushes: newsOf(person.id, issued, token),
    };
  };
}

async function beginEnrollment(parts: TokenEnrollmentParts, { person, token }: TokenIssuance, at: AtToken): Promise<TokenIntentRecord> {
  const { module, serialNumber } = token;
  const [keyId, certificateId, id] = [parts.random.uuid(), parts.random.uuid(), parts.random.uuid()];
  const ckaId = await chooseKeyId(parts, token, 'sign');
  const subject = { person: person.id, token: serialNumber, key: keyId };
  const begun = { id, personId: person.id, certificateId, module, serialNumber, keyId, ckaId };
  return beginIntent(parts, begun, { action: 'token.begin', subject }, at);
}

/** What fails before anything was issued leaves nothing on the token, if the token still lets us. */
export async function undoneOnFailure<T>(
  parts: TokenEnrollmentParts,
  intent: TokenIntentRecord,
  at: AtToken,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isAboutPin(error)) await failureOf(parts, async () => settleIntent(parts, intent, at));
    throw error;
  }
}

const isAboutPin = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('token.pin-');

async function failureOf(parts: TokenEnrollmentParts, act: () => Promise<unknown>): Promise<JobError | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof AppError) return parts.wordError(error.code, error.details);
    throw error;
  }
}

/** Unless another act on the token has found it written and finished it. */
async function finishIntent(stores: Stores, { id }: TokenIntentRecord, time: string): Promise<void> {
  const left = await stores.tokens.unfinished();
  if (left.some((intent) => intent.id === id)) await stores.tokens.moveIntent(id, 'issued', 'finished', time);
}

const newsOf = (personId: string, certificates: readonly string[], { serialNumber }: FoundToken) =>
  [
    { name: 'people.changed', payload: { people: [personId] } },
    { name: 'certificates.changed', payload: { certificates } },
    { name: 'tokens.changed', payload: { tokens: [serialNumber] } },
  ] as const;
