import { concatenate } from '../../../domain/asn1/der-writer.ts';
import { AppError } from '../../../domain/errors.ts';
import type { AuthorityReader, CertificateListPart, CertificateListRecord } from '../../../ports/stores/authorities.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

const newest = ({ db }: ReadConnection, authorityId: string) =>
  db.selectFrom('certificateList').selectAll().where('authorityId', '=', authorityId).orderBy('number', 'desc').limit(1);

export const latestList = (connection: ReadConnection, authorityId: string): ReturnType<AuthorityReader['latestList']> =>
  newest(connection, authorityId).where('base', 'is', null).executeTakeFirst();

export const latestPublished = (connection: ReadConnection, authorityId: string): ReturnType<AuthorityReader['latestPublished']> =>
  newest(connection, authorityId).where('base', 'is', null).where('publishedAt', 'is not', null).executeTakeFirst();

export const latestDelta = (connection: ReadConnection, authorityId: string): ReturnType<AuthorityReader['latestDelta']> =>
  newest(connection, authorityId).where('base', 'is not', null).executeTakeFirst();

export async function listDer({ db }: ReadConnection, authorityId: string, number: number): Promise<Uint8Array | undefined> {
  const parts = await db
    .selectFrom('certificateListPart')
    .select('der')
    .where('authorityId', '=', authorityId)
    .where('number', '=', number)
    .orderBy('position')
    .execute();
  return parts.length === 0 ? undefined : concatenate(parts.map(({ der }) => der));
}

export const listParts = ({ db }: ReadConnection, authorityId: string, number: number, from: number, most: number) =>
  db
    .selectFrom('certificateListPart')
    .selectAll()
    .where('authorityId', '=', authorityId)
    .where('number', '=', number)
    .where('position', '>=', from)
    .orderBy('position')
    .limit(most)
    .execute();

export async function insertList(connection: WriteConnection, list: CertificateListRecord): Promise<void> {
  const latest = await connection.db
    .selectFrom('certificateList')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('authorityId', '=', list.authorityId)
    .executeTakeFirst();
  const before = latest?.number ?? null;
  if (before !== null && list.number <= before)
    throw new AppError('stale', 'Another list of this authority was made meanwhile.', { number: before });
  const { authorityId, number } = list;
  await connection.insertRows(
    'certificateList',
    ['authorityId', 'number', 'thisUpdate', 'nextUpdate', 'entries', 'publishedAt', 'base', 'point'],
    [[authorityId, number, list.thisUpdate, list.nextUpdate, list.entries, list.publishedAt, list.base, list.point]],
  );
}

export const insertListPart = (connection: WriteConnection, { authorityId, number, position, der }: CertificateListPart): Promise<void> =>
  connection.insertRows('certificateListPart', ['authorityId', 'number', 'position', 'der'], [[authorityId, number, position, der]]);
