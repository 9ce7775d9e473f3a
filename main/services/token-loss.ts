import type { LossPreview, TokenDone, TokenLost } from '../contract/tokens.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { knownByOf } from './certificate-lists.ts';
import { certificateStatus, isStillGood, summariseCertificate } from './certificate-view.ts';
import { isFromOutside } from './from-outside.ts';
import type { Commit } from './handler.ts';
import { findAuthority, isKeyAtHand, type IssuerParts } from './issuers.ts';
import { openPgpOn, prepareRevocation } from './openpgp-revocation.ts';
import { revoke } from './revocation.ts';
import { ofSameName } from './same-name.ts';
import { authoritiesOn, certificatesOn, lostSince } from './token-list.ts';

export interface TokenLossParts extends IssuerParts {
  readonly clock: Clock;
  readonly random: Random;
}

/** Before a token is used. @throws AppError token.lost */
export async function requireNotLost(stores: ReadStores, serialNumber: string): Promise<void> {
  const lostAt = await lostSince(stores, serialNumber);
  if (lostAt !== null)
    throw new AppError('token.lost', 'This token was reported lost.', { token: serialNumber, lostAt: lostAt.slice(0, 10) });
}

/** Changes nothing. */
export async function previewLoss(parts: TokenLossParts, operator: UnlockedOperator, token: string): Promise<LossPreview> {
  const { read, clock } = parts;
  const stores = read();
  const now = clock.now();
  const rows = (await certificatesOn(stores, [token])).get(token) ?? [];
  const revoking = rows.filter((row) => isStillGood(row, now) && !isFromOutside(row));
  const openPgp = (await openPgpOn(stores, token)).filter(({ revokedAt }) => revokedAt === null);
  const personId = rows[0]?.personId ?? openPgp[0]?.personId ?? null;
  const person = personId === null ? undefined : await stores.people.find(personId);
  const keeping = personId === null ? [] : await keptElsewhere(stores, personId, rows, now);
  const issuers = [...new Set(revoking.map(({ issuerAuthorityId }) => issuerAuthorityId))];
  const authorities = await Promise.all(issuers.map((id) => findAuthority(stores, id)));
  return {
    token,
    personId,
    personName: person?.name ?? null,
    lostAt: await lostSince(stores, token),
    revoking: revoking.map((row) => summariseCertificate(row, now)),
    keeping: keeping.map((row) => summariseCertificate(row, now)),
    knownBy: await knownByOf(stores, issuers),
    publishUrl: authorities[0]?.publishUrl ?? null,
    owing: await owingOf(parts, operator, issuers),
    authorities: (await authoritiesOn(stores, token)).map(({ name }) => name),
    openPgp: openPgp.map(({ id, fingerprint }) => ({ id, fingerprint })),
  };
}

async function keptElsewhere(stores: ReadStores, personId: string, onToken: readonly CertificateRow[], now: Date) {
  const rows = await stores.certificates.ofPerson(personId);
  return rows.filter((row) => row.isCurrent && certificateStatus(row, now) === 'valid' && !onToken.some(({ id }) => id === row.id));
}

/** Names of those that would sign the next lists and whose key does not sign now. */
async function owingOf(parts: TokenLossParts, operator: UnlockedOperator, issuers: readonly string[]): Promise<readonly string[]> {
  const owing = new Set<string>();
  for (const id of issuers)
    for (const authority of await ofSameName(parts.read(), id))
      if (!(await isKeyAtHand(parts, operator, authority))) owing.add(authority.name);
  return [...owing];
}

/** @throws AppError conflict when it is lost already; as `revoke` */
export async function reportLost(
  parts: TokenLossParts,
  operator: UnlockedOperator,
  { token, note }: { readonly token: string; readonly note: string | undefined },
): Promise<Commit<TokenLost>> {
  const { lostAt, revoking, personId, personName, knownBy, owing, authorities } = await previewLoss(parts, operator, token);
  if (lostAt !== null) throw new AppError('conflict', 'This token is reported lost already.', { what: 'token', id: token });
  const certificates = revoking.map(({ id }) => id);
  const reason = 'keyCompromise';
  const revokeThem = certificates.length === 0 ? undefined : await revoke(parts, operator, { certificates, reason, note });
  const ending = await endingsOf(parts, operator, await openPgpOn(parts.read(), token));
  const openPgp = ending.map(({ record, end }) => ({ id: record.id, fingerprint: record.fingerprint, isRevoked: end !== undefined }));
  const id = parts.random.uuid();
  return async (stores, at) => {
    for (const { end } of ending) await end?.(stores, at.time);
    await stores.tokens.insertLoss({ id, serialNumber: token, lostAt: at.time, foundAt: null });
    const done = await revokeThem?.(stores, at);
    const [lists, { auditIndex }] = [done?.value.lists ?? [], at];
    return {
      value: { token, personId, personName, knownBy, owing, authorities, openPgp, revoked: certificates, lists, auditIndex },
      subject: { ...done?.subject, token, ...(personId === null ? {} : { person: personId }), certificates, reason, ...revokedOf(openPgp) },
      ...(note === undefined ? {} : { reason: note }),
      pushes: [
        ...(done?.pushes ?? []),
        { name: 'tokens.changed', payload: { tokens: [token] } },
        { name: 'openpgp.changed', payload: { openPgp: openPgp.map((key) => key.id) } },
      ],
    };
  };
}

const revokedOf = (keys: readonly { readonly id: string; readonly isRevoked: boolean }[]): { readonly openPgp?: readonly string[] } => {
  const revoked = keys.filter(({ isRevoked }) => isRevoked).map(({ id }) => id);
  return revoked.length === 0 ? {} : { openPgp: revoked };
};

/** What ends each OpenPGP key on a card; undefined where the operator's keys do not open what was sealed for that. */
async function endingsOf(parts: TokenLossParts, operator: UnlockedOperator, records: readonly OpenPgpRecord[]) {
  const endings: { readonly record: OpenPgpRecord; readonly end: Awaited<ReturnType<typeof prepareRevocation>> | undefined }[] = [];
  for (const record of records.filter(({ revokedAt }) => revokedAt === null))
    endings.push({ record, end: await permitted(prepareRevocation(parts, operator, record)) });
  return endings;
}

async function permitted<T>(act: Promise<T>): Promise<T | undefined> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof AppError && error.code === 'session.not-permitted') return undefined;
    throw error;
  }
}

/** What was revoked stays revoked. @throws AppError stale for one that is not lost */
export async function takeBack({ read }: TokenLossParts, token: string): Promise<Commit<TokenDone>> {
  if ((await lostSince(read(), token)) === null)
    throw new AppError('stale', 'This token is not reported lost.', { what: 'token', id: token });
  const people = (await certificatesOn(read(), [token])).get(token)?.flatMap(({ personId }) => personId ?? []) ?? [];
  return async (stores, { time, auditIndex }) => {
    await stores.tokens.endLoss(token, time);
    return {
      value: { token, auditIndex },
      subject: { token, ...(people[0] === undefined ? {} : { person: people[0] }) },
      pushes: [{ name: 'tokens.changed', payload: { tokens: [token] } }],
    };
  };
}
