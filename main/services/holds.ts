import { AppError } from '../domain/errors.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import { mayBecome, type KeyState } from '../domain/key/state.ts';
import type { Stores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { allowsHold } from './certificate-view.ts';
import { knownByOf } from './certificate-lists.ts';
import type { Commit } from './handler.ts';
import { knownProfiles } from './known-profiles.ts';
import { openIssuers, type IssuerParts } from './issuers.ts';
import { findAll, issueLists, newsOf, revocationOf, updateStandings, type RevocationResult } from './revocation.ts';

export interface HoldOrder {
  readonly certificates: readonly string[];
  readonly note?: string | undefined;
}

type HoldResult = Pick<RevocationResult, 'lists' | 'knownBy' | 'auditIndex'>;

/**
 * Puts certificates on hold: others are not to rely on them until they are resumed. The issuer's next list is made in the same unit.
 * @throws AppError not-found, conflict when one is revoked or on hold already, input.no-hold where the profile does not allow it
 */
export async function suspend(
  parts: IssuerParts,
  operator: UnlockedOperator,
  order: HoldOrder,
): Promise<Commit<HoldResult & { readonly suspended: readonly string[] }>> {
  const stores = parts.read();
  const rows = await findAll(stores, order.certificates);
  const profiles = await knownProfiles(stores);
  for (const row of rows) refuseHold(row, profiles);
  const issuers = await openIssuers(parts, operator, rows);
  const knownBy = await knownByOf(
    parts.read(),
    rows.map(({ issuerAuthorityId }) => issuerAuthorityId),
  );
  return async (written, { time, auditIndex }) => {
    await written.certificates.revoke(rows.map((row) => revocationOf(row, { reason: 'certificateHold' }, time)));
    await moveKeys(written, rows, 'suspended', time);
    const people = await updateStandings(written, rows);
    const lists = await issueLists(written, issuers, time);
    return { value: { suspended: rows.map(({ id }) => id), lists, knownBy, auditIndex }, ...newsOf(rows, people, lists, order.note) };
  };
}

function refuseHold(row: CertificateRow, profiles: readonly SubscriberProfile[]): void {
  if (row.revocation !== null)
    throw new AppError('conflict', 'This certificate is revoked or on hold already.', { what: 'revocation', id: row.id });
  if (!allowsHold(row, profiles))
    throw new AppError('input.no-hold', 'The rules for this kind of certificate know no hold.', { profile: row.profile, id: row.id });
}

/**
 * Takes certificates off hold; the issuer's next list no longer names them.
 * @throws AppError not-found, conflict when one is not on hold
 */
export async function resume(
  parts: IssuerParts,
  operator: UnlockedOperator,
  order: HoldOrder,
): Promise<Commit<HoldResult & { readonly resumed: readonly string[] }>> {
  const rows = await findAll(parts.read(), order.certificates);
  for (const { id, revocation } of rows)
    if (revocation?.reason !== 'certificateHold') throw new AppError('conflict', 'This certificate is not on hold.', { what: 'hold', id });
  const issuers = await openIssuers(parts, operator, rows);
  const knownBy = await knownByOf(
    parts.read(),
    rows.map(({ issuerAuthorityId }) => issuerAuthorityId),
  );
  return async (written, { time, auditIndex }) => {
    await written.certificates.resume(
      rows.map(({ id }) => id),
      time,
    );
    await moveKeys(written, rows, 'active', time);
    const people = await updateStandings(written, rows);
    const lists = await issueLists(written, issuers, time);
    return { value: { resumed: rows.map(({ id }) => id), lists, knownBy, auditIndex }, ...newsOf(rows, people, lists, order.note) };
  };
}

/** A key that was destroyed or compromised meanwhile stays so. */
async function moveKeys(stores: Stores, rows: readonly CertificateRow[], to: KeyState, at: string): Promise<void> {
  const from: KeyState = to === 'suspended' ? 'active' : 'suspended';
  const moving = rows.filter(({ keyState }) => keyState === from && mayBecome(from, to));
  await stores.keys.move(moving.map(({ keyId }) => ({ keyId, from, to, at })));
}
