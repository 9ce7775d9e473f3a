import type { RevocationReason } from '../../../domain/x509/revocation-reason.ts';
import type { StatusQuery, StatusRow } from '../../../ports/stores/certificates.ts';
import type { ReadConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';

const issuedBy = ({ db }: ReadConnection, authorityId: string) =>
  db
    .selectFrom('certificate')
    .leftJoin('revocation', 'revocation.certificateId', 'certificate.id')
    .select(['certificate.serialNumber', 'revocation.revokedAt', 'revocation.reason'])
    .where('certificate.issuerAuthorityId', '=', authorityId);

export async function statuses(connection: ReadConnection, { authorityId, at, after = '', limit }: StatusQuery): Promise<StatusRow[]> {
  const rows = await issuedBy(connection, authorityId)
    .where('certificate.serialNumber', '>', after)
    .where('certificate.notAfter', '>', at)
    .orderBy('certificate.serialNumber')
    .limit(limit)
    .execute();
  return rows.map(statusOf);
}

export async function statusesOf(connection: ReadConnection, authorityId: string, serialNumbers: readonly string[]): Promise<StatusRow[]> {
  const rows = await byIds(serialNumbers, (some) =>
    issuedBy(connection, authorityId)
      .where('certificate.serialNumber', 'in', [...some])
      .execute(),
  );
  return rows.map(statusOf);
}

interface JoinedRow {
  readonly serialNumber: string;
  readonly revokedAt: string | null;
  readonly reason: RevocationReason | null;
}

const statusOf = ({ serialNumber, revokedAt, reason }: JoinedRow): StatusRow => ({
  serialNumber,
  revocation: revokedAt === null || reason === null ? null : { revokedAt, reason },
});
