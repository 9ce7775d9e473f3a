import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListChanges, RevocationRecord } from '../../../ports/stores/certificates.ts';
import type { ReadConnection } from '../connection.ts';

/** Rows read before the event loop has its turn. */
const atATime = 1000;

/** What came in the very millisecond of the list counts as since: said twice does no harm, left out it would. */
export const changesSince = async (connection: ReadConnection, authorityId: string, since: string): Promise<ListChanges> => ({
  revoked: await revokedSince(connection, authorityId, since),
  resumed: await resumedSince(connection, authorityId, since),
});

async function revokedSince({ db }: ReadConnection, authorityId: string, since: string): Promise<RevocationRecord[]> {
  const revoked: RevocationRecord[] = [];
  for (let last = ''; ;) {
    const rows = await db
      .selectFrom('revocation')
      .select(['certificateId', 'authorityId', 'serialNumber', 'revokedAt', 'reason', 'invalidityDate', 'notAfter'])
      .where('authorityId', '=', authorityId)
      .where('changedAt', '>=', since)
      .where('certificateId', '>', last)
      .orderBy('certificateId')
      .limit(atATime)
      .execute();
    revoked.push(...rows);
    last = rows.at(-1)?.certificateId ?? last;
    if (rows.length < atATime) return revoked;
    await nextTurn();
  }
}

/** Whoever was put on hold again is among the revoked. */
const resumedSince = ({ db }: ReadConnection, authorityId: string, since: string): Promise<ListChanges['resumed']> =>
  db
    .selectFrom('resumption')
    .leftJoin('revocation', 'revocation.certificateId', 'resumption.certificateId')
    .select(['resumption.serialNumber', 'resumption.resumedAt'])
    .where('resumption.authorityId', '=', authorityId)
    .where('resumption.resumedAt', '>=', since)
    .where('resumption.heldAt', '<=', since)
    .where('revocation.certificateId', 'is', null)
    .orderBy('resumption.certificateId')
    .execute();
