import type { FileContent, Secret } from '../contract/secret.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import { formatName } from '../domain/x509/name.ts';
import { parsePublishUrl, publicationNames } from '../domain/x509/publication.ts';
import type { Clock } from '../ports/clock.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { Vault } from '../ports/vault.ts';
import { keepChoice } from './authority-choice.ts';
import { requireFreeName } from './authority-create.ts';
import { issueCertificateList } from './certificate-lists.ts';
import type { Commit } from './handler.ts';
import { readForeignAuthority, type ForeignAuthority } from './imported-authority.ts';
import { importedProfile, readIssued, recordIssuedElsewhere } from './imported-certificates.ts';
import type { IssuerParts } from './issuers.ts';
import { createSealingKeyFor } from './sealing-keys.ts';

export interface AuthorityImportParts extends IssuerParts {
  readonly clock: Clock;
  readonly primitives: Primitives;
  readonly random: Random;
  readonly vault: Vault;
}

export interface AuthorityImport {
  readonly name?: string | undefined;
  readonly certificate: FileContent;
  readonly key: Secret;
  readonly password?: Secret | undefined;
  readonly index?: FileContent | undefined;
  readonly certificates: readonly FileContent[];
  readonly nextListNumber?: number | undefined;
  readonly publishUrl?: string | undefined;
}

export interface ImportedAuthority {
  readonly authority: string;
  readonly certificates: number;
  readonly revoked: number;
  readonly list: { readonly number: number; readonly nextUpdate: string };
}

/**
 * Takes an authority in with all it has issued and revoked, and makes its next list in the same unit: from then on it goes on here.
 * @throws AppError as `readForeignAuthority` and `readIssued`; input.name-taken; conflict when it is here already
 */
export async function importAuthority(parts: AuthorityImportParts, input: AuthorityImport): Promise<Commit<ImportedAuthority>> {
  const stores = parts.read();
  const found = await readForeignAuthority(parts, stores, { ...input, now: parts.clock.now() });
  try {
    const issued = readIssued(parts, found.certificate, input);
    const record = recordOf(parts, found, input);
    await requireNew(parts, found);
    await requireFreeName(stores, record.name);
    const sealing = await createSealingKeyFor(stores, parts.vault, 'authority');
    const sealed = parts.vault.seal({ keyId: record.keyId, pkcs8: found.pair.pkcs8, under: [sealing.open] });
    const sign = parts.keyPairs.signer(found.pair.pkcs8, found.algorithm);
    return async (written, { time }) => {
      await requireFreeName(written, record.name);
      await keepChoice(written);
      await written.vault.insertSealingKeys([sealing.record]);
      await written.vault.insertSealedKeys([sealed]);
      await recordItself(parts, written, { found, record: { ...record, createdAt: time }, time });
      await recordIssuedElsewhere(parts, written, { authority: record.id, issued, time });
      const issuer = { authority: { ...record, createdAt: time }, certificate: found.certificate.der, sign };
      const list = await issueCertificateList(written, issuer, time, 'kept', input.nextListNumber);
      const revoked = issued.filter(({ entry }) => entry.revocation !== undefined).length;
      const counts = { certificates: issued.length, revoked };
      return {
        value: { authority: record.id, ...counts, list: { number: list.number, nextUpdate: list.nextUpdate } },
        subject: { authority: record.id, ...counts, number: list.number },
        pushes: [{ name: 'certificates.changed', payload: { certificates: [] } }],
      };
    };
  } finally {
    found.pair.pkcs8.fill(0);
  }
}

function recordOf(parts: AuthorityImportParts, found: ForeignAuthority, input: AuthorityImport): Omit<AuthorityRecord, 'createdAt'> {
  const { certificate, keyIdentifier, parent, algorithm } = found;
  const name = input.name ?? commonNameOf(found);
  return {
    id: parts.random.uuid(),
    name,
    parentId: parent?.id ?? null,
    algorithm,
    keyId: parts.random.uuid(),
    certificateId: parts.random.uuid(),
    publishUrl: input.publishUrl === undefined ? null : parsePublishUrl(input.publishUrl),
    slug: publicationNames(name, keyIdentifier.length === 0 ? certificate.der : keyIdentifier).crlName.replace(/\.crl$/, ''),
  };
}

const commonNameType = '2.5.4.3';
const commonNameOf = ({ certificate: { subject } }: ForeignAuthority): string =>
  subject.rdnSequence.flat().find(({ type }) => type === commonNameType)?.value ?? formatName(subject.rdnSequence);

async function requireNew(parts: AuthorityImportParts, { certificate }: ForeignAuthority): Promise<void> {
  const spki = hexEncode(parts.primitives.digest('sha256', certificate.subjectPublicKeyInfo.der));
  if ((await parts.read().keys.findBySpki(spki)) !== undefined)
    throw new AppError('conflict', 'This authority, or another with the same key, is here already.', { what: 'authority' });
}

async function recordItself(
  parts: AuthorityImportParts,
  stores: Parameters<Commit<unknown>>[0],
  { found, record, time }: { readonly found: ForeignAuthority; readonly record: AuthorityRecord; readonly time: string },
): Promise<void> {
  const { certificate, algorithm, parent } = found;
  const digest = (octets: Uint8Array) => hexEncode(parts.primitives.digest('sha256', octets));
  const spkiSha256 = digest(certificate.subjectPublicKeyInfo.der);
  await stores.keys.insert([
    { id: record.keyId, algorithm, usage: 'authority', state: 'active', store: 'vault', personId: null, spkiSha256, createdAt: time },
  ]);
  await stores.authorities.insert(record);
  const own = {
    id: record.certificateId,
    sha256: digest(certificate.der),
    serialNumber: certificate.serialNumber,
    subject: formatName(certificate.subject.rdnSequence),
    issuer: formatName(certificate.issuer.rdnSequence),
    issuerAuthorityId: parent?.id ?? record.id,
    emails: [],
    profile: importedProfile,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    isAuthority: true,
    keyId: record.keyId,
    personId: null,
    isCurrent: true,
    createdAt: time,
  };
  await stores.certificates.insert([own], [certificate.der]);
}
