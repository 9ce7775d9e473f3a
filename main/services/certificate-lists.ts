import { lengthOf } from '../domain/asn1/der-writer.ts';
import { certificateListFrame, encodeRemovedFromList, encodeRevokedCertificate, listEntryOf } from '../domain/x509/certificate-list.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { CertificateListRecord } from '../ports/stores/authorities.ts';
import { entriesOfAll, entriesSize, fieldsOf, freshestOf, nextNumber, pointField, type OpenIssuer } from './list-content.ts';
import { listWriter } from './list-file.ts';
import { listPeriodOf, nextUpdateOf } from './list-period.ts';
import { listPointOf } from './list-point.ts';
import { signAhead } from './lists-ahead.ts';
import { ofSameName } from './same-name.ts';

/** Whether a list leaves the practice with the call that makes it. From then on others may rely on it until it runs out. */
export type ListUse = 'kept' | 'handed-out';

/**
 * When everybody knows who asks for a new list as late as they may: the lists and OCSP responses others were given have run out by then.
 * Null while one of these authorities never gave one.
 */
export async function knownByOf(stores: ReadStores, authorities: readonly string[]): Promise<string | null> {
  const ends = await Promise.all(authorities.map((id) => reliedOnUntil(stores, id)));
  const known = ends.filter((end) => end !== undefined);
  return known.length < ends.length ? null : (known.toSorted().at(-1) ?? null);
}

/** The end of the newest list, or of the OCSP responses that count longest, where that is later. */
async function reliedOnUntil(stores: ReadStores, id: string): Promise<string | undefined> {
  const [list, answers] = [await stores.authorities.latestPublished(id), await stores.delegates.latestAnswers(id)];
  return [list?.nextUpdate, answers?.nextUpdate]
    .filter((end) => end !== undefined)
    .toSorted()
    .at(-1);
}

/**
 * Makes and stores an authority's next list of revoked certificates (RFC 5280 section 5) within a unit: a full list,
 * its number one above the last, and no less than `leastNumber` where others were made elsewhere before; its time that of the unit.
 * Of any size: everything else has its turn meanwhile.
 */
export async function issueCertificateList(
  stores: Stores,
  issuer: OpenIssuer,
  time: string,
  use: ListUse,
  leastNumber = 1,
): Promise<CertificateListRecord> {
  const { id } = issuer.authority;
  const names = (await ofSameName(stores, id)).map((authority) => authority.id);
  const size = await entriesSize(stores, names, time);
  const delta = await stores.authorities.latestDelta(id);
  const freshest = delta === undefined ? {} : freshestOf(issuer.authority);
  const point = await listPointOf(stores, issuer.authority);
  const plan = { time, use, base: null, point, leastNumber, ...size };
  const list = await issueList(stores, issuer, plan, freshest, entriesOfAll(stores, names));
  await signAhead(stores, issuer, list);
  return list;
}

/**
 * The next list as what changed since the last full one that others were given (RFC 5280 section 5.2.4), in the same
 * sequence of numbers; what was taken off hold since then is named as removeFromCRL.
 * @throws AppError input.no-base-list where none was handed out, or it has run out
 */
export async function issueDeltaList(stores: Stores, issuer: OpenIssuer, time: string, use: ListUse): Promise<CertificateListRecord> {
  const { id } = issuer.authority;
  const base = await stores.authorities.latestPublished(id);
  if (base === undefined || base.nextUpdate <= time)
    throw new AppError('input.no-base-list', 'There is no published list in force that a delta list could say the changes to.', { id });
  const names = await ofSameName(stores, id);
  const changes = await Promise.all(names.map((authority) => stores.certificates.changesSince(authority.id, base.thisUpdate)));
  const [revoked, resumed] = [changes.flatMap((change) => change.revoked), changes.flatMap((change) => change.resumed)];
  const entries = [
    ...revoked.map((record) => encodeRevokedCertificate(listEntryOf(record))),
    ...resumed.map(({ serialNumber, resumedAt }) => encodeRemovedFromList(serialNumber, new Date(resumedAt))),
  ];
  const plan = { time, use, base: base.number, point: base.point, leastNumber: 1, entries: entries.length, octets: lengthOf(entries) };
  return issueList(stores, issuer, plan, { baseNumber: base.number }, entries);
}

interface ListPlan {
  readonly time: string;
  readonly use: ListUse;
  readonly base: number | null;
  /** A delta list is for the address its base is for, or for none either (RFC 5280 section 5.2.4 c 2). */
  readonly point: string | null;
  readonly leastNumber: number;
  readonly entries: number;
  readonly octets: number;
}

async function issueList(
  stores: Stores,
  issuer: OpenIssuer,
  { time, use, base, point, leastNumber, entries, octets }: ListPlan,
  more: { readonly baseNumber?: number; readonly freshestUrl?: string },
  encoded: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<CertificateListRecord> {
  const { authority } = issuer;
  const number = Math.max(await nextNumber(stores, authority.id), leastNumber);
  const thisUpdate = new Date(time);
  const nextUpdate = nextUpdateOf(await listPeriodOf(stores, authority), thisUpdate);
  const times = { thisUpdate: thisUpdate.toISOString(), nextUpdate: nextUpdate.toISOString() };
  const publishedAt = use === 'handed-out' ? times.thisUpdate : null;
  const list = { authorityId: authority.id, number, ...times, entries, publishedAt, base, point };
  await stores.authorities.insertList(list);
  const frame = certificateListFrame({ thisUpdate, nextUpdate, number, ...more, ...pointField(point), ...fieldsOf(issuer) }, octets);
  const writer = listWriter(stores, list);
  const { before, after } = frame.around(await issuer.sign.inTurns(writer.passing(frame.toBeSigned(encoded))));
  await writer.end(before, after);
  return list;
}
