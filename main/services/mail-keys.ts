import { hexDecode } from '../domain/encoding/hex.ts';
import type { MailIssuer } from '../domain/mail-client/mail-client.ts';
import { encodePfx, type PfxCertificate, type PfxKey, type PfxStyle } from '../domain/pfx/encode-pfx.ts';
import { generatePassword, passwordRandomOctets } from '../domain/pfx/generate-password.ts';
import type { MailKeyForm, MailKeys } from '../ports/mail-client.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { derOf, type CertificateExportParts } from './certificate-export.ts';
import { labelOf } from './mail-setup.ts';

/** How many keys and certificates a set-up has, before any of them is opened. */
export const countKeys = (rows: readonly CertificateRow[], issuers: readonly MailIssuer[]): MailKeys['counts'] => ({
  keys: rows.length,
  certificates: rows.length + issuers.length,
});

/**
 * The private keys of one person with their chain, under a password of their own, for `use`; both are wiped afterwards.
 * @throws AppError not-found, session.not-permitted, and what `use` throws
 */
export async function withMailKeys<T>(
  parts: CertificateExportParts,
  operator: UnlockedOperator,
  rows: readonly CertificateRow[],
  issuers: readonly MailIssuer[],
  form: MailKeyForm,
  use: (keys: MailKeys) => Promise<T>,
): Promise<T> {
  const octets = parts.random.bytes(passwordRandomOctets);
  const password = generatePassword(octets);
  octets.fill(0);
  const pfxs: Uint8Array[] = [];
  try {
    if (form === 'together' && rows.length > 0) pfxs.push(await makePfx(parts, operator, { rows, issuers, password, style: 'modern' }));
    if (form === 'keys-alone') pfxs.push(await makePfx(parts, operator, { rows, issuers: [], password, style: 'modern' }));
    if (form === 'one-by-one')
      for (const row of rows) pfxs.push(await makePfx(parts, operator, { rows: [row], issuers: [], password, style: 'compatible' }));
    return await use({ pfxs, password, counts: countKeys(rows, issuers) });
  } finally {
    for (const pfx of pfxs) pfx.fill(0);
    password.fill(0);
  }
}

export interface PfxContent {
  readonly rows: readonly CertificateRow[];
  readonly issuers: readonly MailIssuer[];
  readonly password: Uint8Array;
  readonly style: PfxStyle;
}

export async function makePfx(
  parts: CertificateExportParts,
  operator: UnlockedOperator,
  { rows, issuers, password, style }: PfxContent,
): Promise<Uint8Array> {
  const stores = parts.read();
  const keys: PfxKey[] = [];
  const certificates: PfxCertificate[] = [];
  try {
    for (const row of rows) {
      const attributes = { localKeyId: hexDecode(row.sha256.slice(0, 40)) ?? new Uint8Array(), friendlyName: labelOf(row) };
      keys.push({
        pkcs8: await parts.keyAccess.withPrivateKey(operator, row.keyId, 'people', (pkcs8) => Uint8Array.from(pkcs8)),
        ...attributes,
      });
      certificates.push({ der: await derOf(stores, row), ...attributes });
    }
    const chain = issuers.map(({ der, label }) => ({ der, friendlyName: label }));
    return await encodePfx({ keys, certificates: [...certificates, ...chain], password, style }, parts.pfxPrimitives);
  } finally {
    for (const { pkcs8 } of keys) pkcs8.fill(0);
  }
}
