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

/** All of a request's person, or the one key it is about. @throws AppError not-found when no key of theirs is in the escrow */
export async function escrowedKeysOf(stores: ReadStores, { personId, keyId }: EscrowRequestRecord): Promise<EscrowedKeys> {
  const isAsked = (id: string) => keyId === null || id === keyId;
  const certificates = (await stores.certificates.ofPerson(personId ?? '')).filter(
    (row) => row.keyStore === 'vault' && row.keyUsage !== 'sign' && isAsked(row.keyId),
  );
  const openPgp = (await stores.openPgp.ofPerson(personId ?? '')).filter(({ subkeyId }) => isAsked(subkeyId));
  if (certificates.length + openPgp.length === 0)
    throw new AppError('not-found', 'No key of theirs is kept in the escrow.', { what: 'key' });
  return { certificates, openPgp };
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
