import type { FileContent, Secret } from '../contract/secret.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import { formatName } from '../domain/x509/name.ts';
import { parsePublishUrl, publicationNames } from '../domain/x509/publication.ts';
import type { Clock } from '../ports/clock.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { Stores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { Vault } from '../ports/vault.ts';
import { keepChoice } from './authority-choice.ts';
import { requireFreeName } from './authority-create.ts';
import { issueCertificateList } from './certificate-lists.ts';
import type { Commit } from './handler.ts';
import { readForeignAuthority, type ForeignAuthority } from './imported-authority.ts';
import { importedProfile, readIssued, recordIssuedElsewhere } from './imported-certificates.ts';
import type { IssuerParts } from './issuers.ts';
import { recordAuthority, type RecordAuthorityParts, type RecordedAuthority } from './record-authority.ts';
import { createSealingKeyFor } from './sealing-keys.ts';

export interface AuthorityImportParts extends IssuerParts, RecordAuthorityParts {
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
    const made = recordOf(parts, found, input);
    await requireNew(parts, found);
    await requireFreeName(stores, made.name);
    const sealing = await createSealingKeyFor(stores, parts.vault, 'authority');
    const sealed = parts.vault.seal({ keyId: made.keyId, pkcs8: found.pair.pkcs8, under: [sealing.open] });
    const sign = parts.keyPairs.signer(found.pair.pkcs8, found.algorithm);
    return async (written, { time }) => {
      await requireFreeName(written, made.name);
      await keepChoice(written);
      await written.vault.insertSealingKeys([sealing.record]);
      const authority = await recordAuthority(parts, written, made, sealed, found.parent && (await signerOf(written, found.parent)), time);
      await recordIssuedElsewhere(parts, written, { authority: authority.id, issued, time });
      const issuer = { authority, certificate: made.certificate, sign };
      const list = await issueCertificateList(written, issuer, time, 'kept', input.nextListNumber);
      const revoked = issued.filter(({ entry }) => entry.revocation !== undefined).length;
      const counts = { certificates: issued.length, revoked };
      return {
        value: { authority: authority.id, ...counts, list: { number: list.number, nextUpdate: list.nextUpdate } },
        subject: { authority: authority.id, ...counts, number: list.number },
      };
    };
  } finally {
    found.pair.pkcs8.fill(0);
  }
}

function recordOf(parts: AuthorityImportParts, found: ForeignAuthority, input: AuthorityImport): RecordedAuthority {
  const { certificate, keyIdentifier, algorithm, pair } = found;
  const name = input.name ?? commonNameOf(found);
  return {
    id: parts.random.uuid(),
    keyId: parts.random.uuid(),
    certificateId: parts.random.uuid(),
    name,
    algorithm,
    profile: importedProfile,
    subject: formatName(certificate.subject.rdnSequence),
    serialNumber: certificate.serialNumber,
    certificate: certificate.der,
    slug: publicationNames(name, keyIdentifier).crlName.replace(/\.crl$/, ''),
    publishUrl: input.publishUrl === undefined ? null : parsePublishUrl(input.publishUrl),
    pair,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  };
}

/** The one that signed it, as its record names it. */
async function signerOf(stores: Stores, { id, certificateId }: AuthorityRecord): Promise<{ id: string; subject: string }> {
  return { id, subject: (await stores.certificates.find(certificateId))?.subject ?? '' };
}

const commonNameType = '2.5.4.3';
const commonNameOf = ({ certificate: { subject } }: ForeignAuthority): string =>
  subject.rdnSequence.flat().find(({ type }) => type === commonNameType)?.value ?? formatName(subject.rdnSequence);

async function requireNew(parts: AuthorityImportParts, { certificate }: ForeignAuthority): Promise<void> {
  const spki = hexEncode(parts.primitives.digest('sha256', certificate.subjectPublicKeyInfo.der));
  if ((await parts.read().keys.findBySpki(spki)) !== undefined)
    throw new AppError('conflict', 'This authority, or another with the same key, is here already.', { what: 'authority' });
}
