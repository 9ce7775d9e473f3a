import type { RevocationPreview } from '../contract/certificates.ts';
import { AppError } from '../domain/errors.ts';
import { mayBecome, type KeyState } from '../domain/key/state.ts';
import type { RevocationReason } from '../domain/x509/revocation-reason.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { CertificateRow, RevocationRecord } from '../ports/stores/certificates.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findCertificate } from './certificate-export.ts';
import { issueCertificateList, knownByOf } from './certificate-lists.ts';
import type { OpenIssuer } from './list-content.ts';
import { allowsHold, summariseCertificate } from './certificate-view.ts';
import type { Commit } from './handler.ts';
import { knownProfiles } from './known-profiles.ts';
import { findAuthority, openIssuers, type IssuerParts } from './issuers.ts';
import { standingOf } from './standing.ts';

export interface RevocationOrder {
  readonly certificates: readonly string[];
  readonly reason: RevocationReason;
  readonly note?: string | undefined;
  readonly invalidityDate?: string | undefined;
}

export interface RevocationResult {
  readonly revoked: readonly string[];
  readonly knownBy: string | null;
  readonly lists: readonly { readonly authority: string; readonly number: number; readonly nextUpdate: string }[];
  readonly auditIndex: number;
}

/** Says what revoking would do; changes nothing. */
export async function previewRevocation(stores: ReadStores, ids: readonly string[], clock: Clock): Promise<RevocationPreview> {
  const rows = await findAll(stores, ids);
  const personId = rows[0]?.personId ?? null;
  const person = personId === null ? undefined : await stores.people.find(personId);
  const authorities = await Promise.all(
    [...new Set(rows.map(({ issuerAuthorityId }) => issuerAuthorityId))].map((id) => findAuthority(stores, id)),
  );
  const knownBy = await knownByOf(
    stores,
    authorities.map(({ id }) => id),
  );
  const profiles = await knownProfiles(stores);
  return {
    certificates: rows.map((row) => summariseCertificate(row, clock.now())),
    personName: person?.name ?? null,
    knownBy,
    publishUrl: authorities[0]?.publishUrl ?? null,
    mayHold: rows.every((row) => row.revocation === null && allowsHold(row, profiles)),
  };
}

export async function findAll(stores: ReadStores, ids: readonly string[]): Promise<readonly CertificateRow[]> {
  return Promise.all([...new Set(ids)].map((id) => findCertificate(stores, id)));
}

/**
 * Revokes for good, also what was on hold, and makes each issuer's next list in the same unit.
 * @throws AppError not-found, conflict when one is revoked already
 */
export async function revoke(parts: IssuerParts, operator: UnlockedOperator, order: RevocationOrder): Promise<Commit<RevocationResult>> {
  const rows = await findAll(parts.read(), order.certificates);
  for (const { id, revocation } of rows)
    if (revocation !== null && !isHold(revocation))
      throw new AppError('conflict', 'This certificate is revoked already.', { what: 'revocation', id });
  requireFittingReason(rows, order.reason);
  const issuers = await openIssuers(parts, operator, rows);
  const knownBy = await knownByOf(
    parts.read(),
    rows.map(({ issuerAuthorityId }) => issuerAuthorityId),
  );
  return async (written, { time, auditIndex }) => {
    await recordRevocations(written, rows, order, time);
    await retireKeys(written, rows, order.reason, time);
    const people = await updateStandings(written, rows);
    const lists = await issueLists(written, issuers, time);
    return { value: { revoked: rows.map(({ id }) => id), lists, knownBy, auditIndex }, ...newsOf(rows, people, lists, order.note) };
  };
}

/** An authority's compromise is no person's (RFC 5280 section 5.3.1). */
function requireFittingReason(rows: readonly CertificateRow[], reason: RevocationReason): void {
  if (!isOfAuthorities(reason) || rows.every(({ isAuthority }) => isAuthority)) return;
  throw new AppError('input.invalid', `${reason} is for certificates of authorities alone.`, { field: 'reason' });
}

const isOfAuthorities = (reason: RevocationReason): boolean => reason === 'cACompromise' || reason === 'aACompromise';

const isHold = ({ reason }: { readonly reason: RevocationReason }): boolean => reason === 'certificateHold';

async function recordRevocations(stores: Stores, rows: readonly CertificateRow[], order: RevocationOrder, time: string): Promise<void> {
  const [fresh, held] = [rows.filter(({ revocation }) => revocation === null), rows.filter(({ revocation }) => revocation !== null)];
  await stores.certificates.revoke(fresh.map((row) => revocationOf(row, order, time)));
  const change = { reason: order.reason, invalidityDate: order.invalidityDate ?? null };
  if (held.length > 0)
    await stores.certificates.revokeHeld(
      held.map(({ id }) => id),
      change,
      time,
    );
}

/** The next list of each issuer, as a reply names them. */
export async function issueLists(stores: Stores, issuers: readonly OpenIssuer[], time: string): Promise<RevocationResult['lists']> {
  const lists = [];
  for (const issuer of issuers) {
    const { authorityId, number, nextUpdate } = await issueCertificateList(stores, issuer, time, 'kept');
    lists.push({ authority: authorityId, number, nextUpdate });
  }
  return lists;
}

/** What the log and the windows are told of certificates that were revoked, put on hold or resumed. */
export const newsOf = (
  rows: readonly CertificateRow[],
  people: readonly string[],
  lists: RevocationResult['lists'],
  note: string | undefined,
): Omit<Awaited<ReturnType<Commit<unknown>>>, 'value'> => ({
  subject: { people, lists: lists.map(({ number }) => String(number)) },
  ...(note === undefined ? {} : { reason: note }),
  pushes: [
    { name: 'people.changed', payload: { people } },
    { name: 'certificates.changed', payload: { certificates: rows.map(({ id }) => id) } },
  ],
});

export function revocationOf(
  row: CertificateRow,
  order: Pick<RevocationOrder, 'reason' | 'invalidityDate'>,
  time: string,
): RevocationRecord {
  return {
    certificateId: row.id,
    authorityId: row.issuerAuthorityId,
    serialNumber: row.serialNumber,
    revokedAt: time,
    reason: order.reason,
    invalidityDate: order.invalidityDate ?? null,
    notAfter: row.notAfter,
  };
}

/** A leaked key may process only under control from now on; any other revoked key only opens what it once protected. */
export async function retireKeys(stores: Stores, rows: readonly CertificateRow[], reason: RevocationReason, at: string): Promise<void> {
  const to: KeyState = reason === 'keyCompromise' || isOfAuthorities(reason) ? 'compromised' : 'deactivated';
  const moving = rows.filter(({ keyState }) => mayBecome(keyState, to));
  await stores.keys.move(moving.map(({ keyId, keyState }) => ({ keyId, from: keyState, to, at })));
}

export async function updateStandings(stores: Stores, rows: readonly CertificateRow[]): Promise<readonly string[]> {
  const people = [...new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
  const certificates = Map.groupBy(await stores.certificates.ofPeople(people), ({ personId }) => personId ?? '');
  await stores.people.setStanding(people.map((id) => ({ id, ...standingOf(certificates.get(id) ?? []) })));
  return people;
}
