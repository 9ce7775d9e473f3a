import { hexEncode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import { shortNameOf } from '../domain/x509/short-name.ts';
import { formatName } from '../domain/x509/name.ts';
import { parsePublishUrl, publicationSlug } from '../domain/x509/publication.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { SealedKeyRecord, FreshSealingKey } from '../ports/stores/vault.ts';
import type { Vault } from '../ports/vault.ts';
import { keepChoice } from './authority-choice.ts';
import { requireFreeName } from './authority-create.ts';
import type { AuthorityFiles, BroughtAuthorityParts } from './brought-authority.ts';
import { issueCertificateList } from './certificate-lists.ts';
import type { OpenIssuer } from './list-content.ts';
import type { Commit } from './handler.ts';
import { readForeignAuthority, type ForeignAuthority } from './imported-authority.ts';
import { importedProfile, recordIssuedElsewhere } from './imported-certificates.ts';
import type { AuthorityHistory } from './imported-history.ts';
import type { IssuerParts } from './issuers.ts';
import { recordChain } from './record-answer.ts';
import { recordAuthority, type RecordAuthorityParts, type RecordedAuthority } from './record-authority.ts';
import { createSealingKeyFor } from './sealing-keys.ts';

export interface AuthorityImportParts extends IssuerParts, RecordAuthorityParts, BroughtAuthorityParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
}

export interface AuthorityImport extends AuthorityFiles {
  readonly name?: string | undefined;
  readonly publishUrl?: string | undefined;
  /** Authorities below it that came with it, each after what is above it. */
  readonly below: readonly Pick<AuthorityFiles, 'certificate' | 'key' | 'password'>[];
}

interface ImportedList {
  readonly number: number;
  readonly nextUpdate: string;
}

export interface ImportedAuthority {
  readonly authority: string;
  readonly certificates: number;
  readonly revoked: number;
  readonly list: ImportedList;
  readonly below: readonly { readonly authority: string; readonly list: ImportedList }[];
}

/**
 * Takes an authority in with all it has issued and revoked, and makes its next list in the same unit: from then on it goes on here.
 * @throws AppError as `readForeignAuthority` and `readHistory`; input.name-taken; conflict when it is here already
 */
export async function importAuthority(parts: AuthorityImportParts, input: AuthorityImport): Promise<Commit<ImportedAuthority>> {
  const orders: PreparedImport[] = [];
  for (const files of [input, ...input.below.map((below) => ({ ...below, publishUrl: input.publishUrl, certificates: [] }))])
    orders.push(await prepare(parts, files, orders));
  return async (written, { time }) => {
    await keepChoice(written);
    const done: RecordedImport[] = [];
    for (const order of orders) done.push(await record(parts, written, order, time));
    const [first, ...below] = done;
    if (first === undefined) throw new AppError('internal', 'an import of no authority');
    const subject = { authority: first.authority, certificates: first.certificates, revoked: first.revoked, number: first.list.number };
    const more = below.length === 0 ? {} : { below: below.map(({ authority }) => authority) };
    return { value: { ...first, below: below.map(({ authority, list }) => ({ authority, list })) }, subject: { ...subject, ...more } };
  };
}

/** An authority that may be written down: everything about it that can be refused has been looked at. */
interface PreparedImport {
  readonly found: Pick<ForeignAuthority, 'id' | 'certificate' | 'parent'>;
  readonly history: AuthorityHistory;
  readonly made: RecordedAuthority;
  readonly sealingKey: FreshSealingKey;
  readonly sealed: SealedKeyRecord;
  readonly sign: OpenIssuer['sign'];
}

async function prepare(
  parts: AuthorityImportParts,
  input: Omit<AuthorityImport, 'below'>,
  before: readonly PreparedImport[],
): Promise<PreparedImport> {
  const stores = parts.read();
  const companions = before.map(({ found }) => found);
  const found = await readForeignAuthority(parts, stores, { id: parts.random.uuid(), files: input, companions, now: parts.clock.now() });
  try {
    const history = found.history();
    const made = recordOf(parts, found, input, await whatIsKnown(parts, stores, found));
    await requireFreeName(stores, made.name);
    const { open, record: sealingKey } = await createSealingKeyFor(stores, parts.vault, 'authority');
    const sealed = parts.vault.seal({ keyId: made.keyId, pkcs8: found.pair.pkcs8, under: [open] });
    return { found, history, made, sealingKey, sealed, sign: parts.keyPairs.signer(found.pair.pkcs8, found.algorithm) };
  } finally {
    found.pair.pkcs8.fill(0);
  }
}

type RecordedImport = Omit<ImportedAuthority, 'below'>;

async function record(parts: AuthorityImportParts, stores: Stores, order: PreparedImport, time: string): Promise<RecordedImport> {
  const { found, made, history, sealed, sealingKey, sign } = order;
  const { issued, nextListNumber } = history;
  await requireFreeName(stores, made.name);
  await stores.vault.insertSealingKeys([sealingKey]);
  const authority = await recordAuthority(parts, stores, made, sealed, await parentIn(parts, stores, found, time), time);
  await recordIssuedElsewhere(parts, stores, { authority: authority.id, issued, time });
  const list = await issueCertificateList(stores, { authority, certificate: made.certificate, sign }, time, 'kept', nextListNumber);
  const revoked = issued.filter(({ entry }) => entry.revocation !== undefined).length;
  const { number, nextUpdate } = list;
  return { authority: authority.id, certificates: issued.length, revoked, list: { number, nextUpdate } };
}

/** Who stands above it; those outside are written down first. */
async function parentIn(parts: AuthorityImportParts, stores: Stores, { parent }: PreparedImport['found'], time: string) {
  if (parent === undefined || 'id' in parent) return parent;
  return { id: await recordChain(parts, stores, { ...parent, time }), subject: parent.subject };
}

interface KnownAlready {
  readonly keyId: string;
  readonly certificateId: string | undefined;
  /** Where it stands above somebody here as an authority outside. */
  readonly outside: string | undefined;
}

function recordOf(
  { random }: AuthorityImportParts,
  found: ForeignAuthority,
  input: Pick<AuthorityImport, 'name' | 'publishUrl'>,
  known: KnownAlready | undefined,
): RecordedAuthority {
  const { id, certificate, keyIdentifier, algorithm, pair } = found;
  const name = input.name ?? shortNameOf(certificate.subject);
  return {
    id: known?.outside ?? id,
    keyId: known?.keyId ?? random.uuid(),
    certificateId: known?.certificateId ?? random.uuid(),
    ...(known === undefined
      ? {}
      : { known: { hasCertificate: known.certificateId !== undefined, isOutside: known.outside !== undefined } }),
    name,
    algorithm,
    profile: importedProfile,
    subject: formatName(certificate.subject.rdnSequence),
    serialNumber: certificate.serialNumber,
    certificate: certificate.der,
    slug: publicationSlug(name, keyIdentifier),
    publishUrl: input.publishUrl === undefined ? null : parsePublishUrl(input.publishUrl),
    pair,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  };
}

/**
 * The records of an authority that is known as what another one has issued; undefined for one nobody here has heard of.
 * @throws AppError conflict when its key is here already
 */
async function whatIsKnown(
  parts: AuthorityImportParts,
  stores: ReadStores,
  { certificate }: ForeignAuthority,
): Promise<KnownAlready | undefined> {
  const key = await stores.keys.findBySpki(hexEncode(parts.primitives.digest('sha256', certificate.subjectPublicKeyInfo.der)));
  if (key === undefined) return undefined;
  const isTaken = (await stores.authorities.list()).some(({ keyId }) => keyId === key.id);
  if (isTaken || key.store !== 'elsewhere')
    throw new AppError('conflict', 'This authority, or another with the same key, is here already.', { what: 'authority' });
  const [row] = await stores.certificates.findByPrefix(parts.sha256Hex(certificate.der));
  const outside = (await stores.authorities.outside()).find(({ certificateId }) => certificateId === row?.id);
  return { keyId: key.id, certificateId: row?.id, outside: outside?.id };
}
