import type { OpenPgpDetails, OpenPgpSummary } from '../contract/openpgp.ts';
import { AppError } from '../domain/errors.ts';
import { normalizeFingerprint } from '../domain/openpgp/fingerprint.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';

/** With where its primary key is. */
export async function summariseOpenPgp(stores: ReadStores, record: OpenPgpRecord, now: Date): Promise<OpenPgpSummary> {
  const { id, fingerprint, algorithm, userIds, subkeyFingerprint, createdAt, expiresAt, isCurrent, personId, revokedAt } = record;
  return {
    id,
    version: 4,
    fingerprint,
    algorithm,
    userIds,
    subkeys: [{ fingerprint: subkeyFingerprint, usage: 'encrypt', expiresAt }],
    createdAt,
    expiresAt,
    status: revokedAt !== null ? 'revoked' : isGood(record, now) ? 'valid' : 'expired',
    revokedAt,
    isCurrent,
    personId,
    place: (await stores.keys.find(record.primaryKeyId))?.store === 'token' ? 'card' : 'vault',
  };
}

export const isGood = ({ expiresAt }: Pick<OpenPgpRecord, 'expiresAt'>, now: Date): boolean => now.getTime() < Date.parse(expiresAt);

/** With whose it is and where its secrets are. @throws AppError not-found, conflict when several begin like that */
export async function showOpenPgp(stores: ReadStores, text: string, now: Date): Promise<OpenPgpDetails> {
  const record = await findByText(stores, text);
  const person = await stores.people.find(record.personId);
  const keys = await Promise.all([record.primaryKeyId, record.subkeyId].map((id) => stores.keys.find(id)));
  return {
    ...(await summariseOpenPgp(stores, record, now)),
    personName: person?.name ?? '',
    keys: keys.flatMap((key) => (key === undefined ? [] : [{ id: key.id, algorithm: key.algorithm, usage: key.usage, state: key.state }])),
  };
}

async function findByText(stores: ReadStores, text: string): Promise<OpenPgpRecord> {
  const [record, ...more] = await stores.openPgp.findByPrefix(normalizeFingerprint(text));
  if (more.length > 0) throw new AppError('conflict', 'Several OpenPGP keys begin like that: use more digits.', { what: 'openpgp' });
  if (record === undefined) throw notFound();
  return record;
}

/** @throws AppError not-found */
export async function findOpenPgp(stores: ReadStores, id: string): Promise<OpenPgpRecord> {
  const record = await stores.openPgp.find(id);
  if (record === undefined) throw notFound(id);
  return record;
}

const notFound = (id?: string): AppError =>
  new AppError('not-found', 'There is no such OpenPGP key here.', { what: 'openpgp', ...(id === undefined ? {} : { id }) });
