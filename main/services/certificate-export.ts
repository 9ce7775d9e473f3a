import { FileContent, type Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { hexDecode } from '../domain/encoding/hex.ts';
import { encodePem } from '../domain/encoding/pem.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { encodePfx, type PfxCertificate, type PfxKey } from '../domain/pfx/encode-pfx.ts';
import type { PfxPrimitives } from '../domain/pfx/primitives.ts';
import { encodeEncryptedPrivateKey } from '../domain/pkcs8/encrypted-private-key-info.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { filePassword } from './file-password.ts';
import { fileStem } from './file-stem.ts';
import { issuersAbove } from './issuers.ts';
import type { KeyAccess } from './key-access.ts';

export interface CertificateExportParts {
  readonly read: () => ReadStores;
  readonly keyAccess: Pick<KeyAccess, 'withPrivateKey'>;
  readonly pfxPrimitives: PfxPrimitives;
  readonly random: Random;
}

export interface PrivateKeyExport {
  readonly certificates: readonly string[];
  readonly format: 'p12-modern' | 'p12-compatible' | 'pkcs8';
  readonly password?: Secret | undefined;
}

/** One certificate, or the chain with its issuers; never a private key. */
export async function exportCertificate(stores: ReadStores, row: CertificateRow, format: 'pem' | 'der' | 'chain'): Promise<FileContent> {
  const own = await derOf(stores, row);
  if (format === 'der') return new FileContent(`${fileStem(row)}.crt`, own);
  const certificates = format === 'pem' ? [own] : [own, ...(await issuersOf(stores, row))];
  return new FileContent(`${fileStem(row)}.pem`, utf8Encode(certificates.map((der) => encodePem('CERTIFICATE', der)).join('')));
}

/**
 * Private keys on their way out: always under a password. One is made when none is given, and answered with the file.
 * @throws AppError not-found, conflict when the certificates are not all of one person, token.key-stays, input.* for the password or
 * the format
 */
export async function exportPrivateKey(
  parts: CertificateExportParts,
  operator: UnlockedOperator,
  order: PrivateKeyExport,
): Promise<{ readonly file: FileContent; readonly password: Secret | null; readonly rows: readonly CertificateRow[] }> {
  const stores = parts.read();
  const rows = await findAll(stores, order.certificates);
  const { octets: password, made } = filePassword(order.password, parts.random);
  const file =
    order.format === 'pkcs8'
      ? await exportPkcs8(parts, operator, rows, password)
      : await exportPfx(parts, operator, rows, password, order.format);
  return { file, password: made, rows };
}

async function findAll(stores: ReadStores, ids: readonly string[]): Promise<readonly CertificateRow[]> {
  const rows: CertificateRow[] = [];
  for (const id of new Set(ids)) rows.push(await findCertificate(stores, id));
  const [first] = rows;
  const isSomebodys = rows.length === 1 || first?.personId !== null;
  if (!isSomebodys || rows.some(({ personId, isAuthority }) => isAuthority || personId !== first?.personId)) {
    throw new AppError('conflict', 'A file of private keys holds those of one person, never those of an authority.', {
      what: 'certificates',
    });
  }
  if (rows.some(({ keyStore }) => keyStore === 'token'))
    throw new AppError('token.key-stays', 'A key that was made on a token never leaves it.', { what: 'key' });
  if (rows.some(({ keyStore }) => keyStore === 'elsewhere'))
    throw new AppError('not-found', 'This private key never was here: whoever asked for the certificate has it.', { what: 'private-key' });
  return rows;
}

/** @throws AppError not-found */
export async function findCertificate(stores: ReadStores, id: string): Promise<CertificateRow> {
  const row = await stores.certificates.find(id);
  if (row === undefined) throw new AppError('not-found', 'There is no such certificate here.', { what: 'certificate', id });
  return row;
}

async function exportPkcs8(
  parts: CertificateExportParts,
  operator: UnlockedOperator,
  rows: readonly CertificateRow[],
  password: Uint8Array,
): Promise<FileContent> {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0)
    throw new AppError('input.invalid', 'A PKCS #8 file holds one key.', { field: 'certificates', rule: 'one' });
  const pem = await parts.keyAccess.withPrivateKey(operator, row.keyId, 'people', (pkcs8) =>
    encodeEncryptedPrivateKey(pkcs8, password, parts.pfxPrimitives),
  );
  return new FileContent(`${fileStem(row)}.key.pem`, utf8Encode(pem));
}

async function exportPfx(
  parts: CertificateExportParts,
  operator: UnlockedOperator,
  rows: readonly CertificateRow[],
  password: Uint8Array,
  format: 'p12-modern' | 'p12-compatible',
): Promise<FileContent> {
  const stores = parts.read();
  const keys: PfxKey[] = [];
  try {
    for (const row of rows) keys.push(await keyBag(parts, operator, row));
    const certificates = await certificateBags(stores, rows);
    const style = format === 'p12-modern' ? 'modern' : 'compatible';
    const [first] = rows;
    if (first === undefined) throw new AppError('input.empty', 'No certificate was chosen.', { what: 'certificates' });
    return new FileContent(
      `${fileStem(first, rows.length > 1)}.p12`,
      await encodePfx({ keys, certificates, password, style }, parts.pfxPrimitives),
    );
  } finally {
    for (const { pkcs8 } of keys) pkcs8.fill(0);
  }
}

async function keyBag(parts: CertificateExportParts, operator: UnlockedOperator, row: CertificateRow): Promise<PfxKey> {
  const pkcs8 = await parts.keyAccess.withPrivateKey(operator, row.keyId, 'people', (octets) => Uint8Array.from(octets));
  return { pkcs8, ...attributesOf(row) };
}

/** Each person's own certificates, then every issuer once. */
async function certificateBags(stores: ReadStores, rows: readonly CertificateRow[]): Promise<PfxCertificate[]> {
  const own: PfxCertificate[] = [];
  const issuers = new Map<string, PfxCertificate>();
  for (const row of rows) {
    own.push({ der: await derOf(stores, row), ...attributesOf(row) });
    for (const { authority, certificate } of await issuersAbove(stores, row))
      issuers.set(authority.id, { der: certificate, friendlyName: authority.name });
  }
  return [...own, ...issuers.values()];
}

/** Named so that two certificates of one person can be told apart in a mail program's list. */
function attributesOf(row: CertificateRow): { localKeyId: Uint8Array; friendlyName: string } {
  const uses = {
    sign: 'signing',
    encrypt: 'encryption',
    dual: 'signing and encryption',
    authority: 'authority',
    revocation: 'revocation',
  } as const;
  const friendlyName = `${row.emails[0] ?? row.subject} ${uses[row.keyUsage]} until ${row.notAfter.slice(0, 10)}`;
  return { localKeyId: hexDecode(row.sha256.slice(0, 40)) ?? new Uint8Array(), friendlyName };
}

const issuersOf = async (stores: ReadStores, row: CertificateRow): Promise<readonly Uint8Array[]> =>
  (await issuersAbove(stores, row)).map(({ certificate }) => certificate);

/** @throws AppError store.corrupt */
export async function derOf(stores: ReadStores, row: CertificateRow): Promise<Uint8Array> {
  const der = await stores.certificates.der(row.id);
  if (der === undefined)
    throw new AppError('store.corrupt', 'A certificate is recorded and its content is missing.', { what: 'certificate', id: row.id });
  return der;
}
