import { Secret, type FileContent } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { EscrowRequestRecord } from '../ports/stores/escrow.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { exportPrivateKey, type CertificateExportParts, type PrivateKeyExport } from './certificate-export.ts';
import { exportDecrypting, type OpenPgpExportParts } from './openpgp-export.ts';

/** What of somebody is kept in the escrow: what opens mail to them, and nothing that signs. */
export interface EscrowedKeys {
  readonly certificates: readonly CertificateRow[];
  readonly openPgp: readonly OpenPgpRecord[];
}

/**
 * All of a request's person, or the one key it is about. @throws AppError escrow.not-kept where a profile kept what they have out of it;
 * not-found when they have nothing that opens mail
 */
export async function escrowedKeysOf(
  stores: ReadStores,
  { personId, keyId }: Pick<EscrowRequestRecord, 'personId' | 'keyId'>,
): Promise<EscrowedKeys> {
  const isAsked = (id: string) => keyId === null || id === keyId;
  const opening = (await stores.certificates.ofPerson(personId ?? '')).filter(
    (row) => row.keyStore === 'vault' && row.keyUsage !== 'sign' && isAsked(row.keyId),
  );
  const escrowed = await escrowedAmong(
    stores,
    opening.map((row) => row.keyId),
  );
  const certificates = opening.filter((row) => escrowed.has(row.keyId));
  const openPgp = (await stores.openPgp.ofPerson(personId ?? '')).filter(({ subkeyId }) => isAsked(subkeyId));
  if (certificates.length + openPgp.length === 0 && opening.length > 0)
    throw new AppError('escrow.not-kept', 'The profile of their keys keeps them out of the escrow.', { what: 'key' });
  if (certificates.length + openPgp.length === 0)
    throw new AppError('not-found', 'No key of theirs is kept in the escrow.', { what: 'key' });
  return { certificates, openPgp };
}

/** Which of these keys the escrow opens, as they are sealed. */
export async function escrowedAmong(stores: ReadStores, keyIds: readonly string[]): Promise<ReadonlySet<string>> {
  const ofEscrow = new Set((await stores.vault.sealingKeys('escrow')).map(({ id }) => id));
  const escrowed = new Set<string>();
  for (const keyId of keyIds) {
    const sealed = await stores.vault.sealedKey(keyId);
    if (sealed?.wraps.some(({ sealingKeyId }) => ofEscrow.has(sealingKeyId)) === true) escrowed.add(keyId);
  }
  return escrowed;
}

export type EscrowExportParts = CertificateExportParts & Omit<OpenPgpExportParts, 'keyAccess'>;

/** The files they go out in, all under one password, UTF-8. @throws AppError as `exportPrivateKey` and `exportDecrypting` */
export async function exportEscrowed(
  parts: EscrowExportParts,
  operator: UnlockedOperator,
  { certificates, openPgp }: EscrowedKeys,
  { format, password }: { readonly format: PrivateKeyExport['format']; readonly password: Uint8Array },
): Promise<{ readonly file: FileContent | null; readonly openPgp: readonly FileContent[] }> {
  const order = { certificates: certificates.map(({ id }) => id), format, password: new Secret(password) };
  const file = certificates.length === 0 ? null : (await exportPrivateKey(parts, operator, order)).file;
  const files: FileContent[] = [];
  for (const record of openPgp) files.push(await exportDecrypting(parts, operator, record, password));
  return { file, openPgp: files };
}
