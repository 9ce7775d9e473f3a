import { AppError } from '../../../domain/errors.ts';
import type { CertificateStore } from '../../../ports/stores/certificates.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';
import type { RevocationTable } from '../schema.ts';
import { renewChunk } from './revocation-chunks.ts';

/** @throws AppError stale for what is not on hold */
async function heldOnes(connection: WriteConnection, ids: readonly string[]): Promise<readonly RevocationTable[]> {
  const held = await byIds(ids, (some) => heldAmong(connection, some));
  if (held.length !== new Set(ids).size) connection.refuse(new AppError('stale', 'One of these certificates is not on hold any more.'));
  return held;
}

const heldAmong = ({ db }: ReadConnection, ids: readonly string[]): Promise<RevocationTable[]> =>
  db.selectFrom('revocation').selectAll().where('certificateId', 'in', ids).where('reason', '=', 'certificateHold').execute();

export async function revokeHeld(
  connection: WriteConnection,
  ...[ids, change, at]: Parameters<CertificateStore['revokeHeld']>
): Promise<void> {
  const held = await heldOnes(connection, ids);
  const rows = held.map(({ certificateId }) => [change.reason, change.invalidityDate, at, certificateId] as const);
  await connection.updateRows('revocation', ['reason', 'invalidityDate', 'changedAt'], ['certificateId'], rows);
  await renewChunksOf(connection, held);
}

export async function resumeHeld(connection: WriteConnection, ...[ids, at]: Parameters<CertificateStore['resume']>): Promise<void> {
  const held = await heldOnes(connection, ids);
  for (const { certificateId } of held) {
    await connection.db.deleteFrom('revocation').where('certificateId', '=', certificateId).execute();
    await connection.db.deleteFrom('resumption').where('certificateId', '=', certificateId).execute();
  }
  await connection.insertRows(
    'resumption',
    ['certificateId', 'authorityId', 'serialNumber', 'heldAt', 'resumedAt'],
    held.map(({ certificateId, authorityId, serialNumber, revokedAt }) => [certificateId, authorityId, serialNumber, revokedAt, at]),
  );
  await renewChunksOf(connection, held);
}

async function renewChunksOf(connection: WriteConnection, changed: readonly RevocationTable[]): Promise<void> {
  const chunks = new Map(changed.map(({ authorityId, chunk }) => [`${authorityId} ${chunk}`, { authorityId, chunk }]));
  for (const { authorityId, chunk } of chunks.values()) await renewChunk(connection, authorityId, chunk, '');
}
