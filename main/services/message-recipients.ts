import { containsOctets, isSameOctets } from '../domain/encoding/octets.ts';
import type { SignerIdentifier } from '../domain/cms/read-signed-data.ts';
import { nameKey } from '../domain/x509/compare-name.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import { derOf } from './certificate-export.ts';

export interface RecipientParts {
  readonly read: () => ReadStores;
  /** Lets everything else have its turn. */
  readonly giveWay: () => Promise<void>;
}

/** Recipients looked up: a message to hundreds costs no more. */
const maximumLookedUp = 200;
const atATime = 500;

/**
 * The people's certificates here that a message is encrypted to, named by issuer and serial number or by key identifier (RFC 5652
 * section 6.2.1), as they come.
 */
export async function* recipientsHere(
  parts: RecipientParts,
  recipients: readonly SignerIdentifier[],
): AsyncGenerator<CertificateRow, void, undefined> {
  const stores = parts.read();
  const named = recipients.slice(0, maximumLookedUp);
  for (const recipient of named) {
    if (!('issuer' in recipient)) continue;
    for (const row of await stores.certificates.findByPrefix(recipient.serialNumber))
      if (row.serialNumber === recipient.serialNumber && row.personId !== null && (await isIssuedBy(stores, row, recipient))) yield row;
  }
  const identifiers = named.flatMap((recipient) => ('subjectKeyIdentifier' in recipient ? [recipient.subjectKeyIdentifier] : []));
  if (identifiers.length > 0) yield* withKeyIdentifier(parts, stores, identifiers);
}

async function isIssuedBy(
  stores: ReadStores,
  row: CertificateRow,
  { issuer }: Extract<SignerIdentifier, { readonly serialNumber: string }>,
): Promise<boolean> {
  return nameKey(readCertificate(await derOf(stores, row)).issuer) === nameKey(issuer);
}

/** Few mails name a key so, so nothing is kept to find it by: every certificate is looked at, and everything else has its turn meanwhile. */
async function* withKeyIdentifier(
  { giveWay }: RecipientParts,
  stores: ReadStores,
  identifiers: readonly Uint8Array[],
): AsyncGenerator<CertificateRow, void, undefined> {
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const page = await stores.certificates.page({ limit: atATime, ...(after === undefined ? {} : { after }) });
    for (const row of page.rows) {
      if (row.personId === null || row.keyUsage === 'sign') continue;
      const der = await derOf(stores, row);
      const possible = identifiers.filter((identifier) => identifier.length > 0 && containsOctets(der, identifier));
      const own = possible.length === 0 ? undefined : readCertificate(der).extensions.subjectKeyIdentifier;
      if (own !== undefined && possible.some((identifier) => isSameOctets(identifier, own))) yield row;
    }
    await giveWay();
    after = page.next;
  }
}
