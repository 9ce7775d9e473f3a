import { AppError } from '../domain/errors.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import { requestedMailboxes } from '../domain/request/request-subject.ts';
import { shortNameOf } from '../domain/x509/short-name.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import type { Stores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { FreshSealingKey, SealedKeyRecord } from '../ports/stores/vault.ts';
import type { OpenSealingKey, Vault } from '../ports/vault.ts';
import { factsOf } from './certificate-facts.ts';
import { findActivePerson } from './find-person.ts';
import { isFromOutside, outsideProfile } from './from-outside.ts';
import { importedProfile, usageOf } from './imported-certificates.ts';
import type { ImportPlanParts, PlannedItem } from './import-plan.ts';
import { knownAuthorities } from './outside-answer.ts';
import { recordChain } from './record-answer.ts';
import { createSealingKeys } from './sealing-keys.ts';
import { standingOf } from './standing.ts';

interface RecordImportParts {
  readonly random: Random;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** What is to be written down, with its private key sealed. */
interface SealedItem extends PlannedItem {
  /** The id of its key, here already or new. */
  readonly keyId: string;
}

/** A plan whose private keys are sealed: nothing secret is left in it. */
export interface SealedPlan {
  readonly items: readonly SealedItem[];
  readonly sealingKeys: readonly FreshSealingKey[];
  readonly sealedKeys: readonly SealedKeyRecord[];
}

export interface RecordedImport {
  /** Ids of the certificates that came in, and of those whose private key did. */
  readonly certificates: readonly string[];
  /** Ids of the private keys that came in. */
  readonly keys: readonly string[];
}

/** Seals every private key once, as keys are sealed that are made here: what opens mail for the escrow as well. @throws AppError store.corrupt */
export async function sealPlan(
  parts: RecordImportParts & Pick<ImportPlanParts, 'read'> & { readonly vault: Vault },
  items: readonly PlannedItem[],
  keychain?: OpenSealingKey,
): Promise<SealedPlan> {
  const { plan, records } = await createSealingKeys(parts.read(), parts.vault, keychain);
  const ids = new Map<string, string>();
  const sealed: SealedItem[] = [];
  for (const item of items) {
    const spki = spkiOf(parts, item);
    const keyId = item.knownKey?.id ?? ids.get(spki) ?? parts.random.uuid();
    ids.set(spki, keyId);
    sealed.push({ ...item, keyId });
  }
  const sealedKeys: SealedKeyRecord[] = [];
  for (const [keyId, theirs] of Map.groupBy(sealed, (item) => item.keyId)) {
    const pair = theirs.find(({ key }) => key !== undefined)?.key?.pair;
    if (pair === undefined || !isNewHere(theirs[0])) continue;
    const opensMail = theirs.some((item) => purposeOf(item) !== 'sign');
    sealedKeys.push(parts.vault.seal({ keyId, pkcs8: pair.pkcs8, under: opensMail ? plan.decrypt : plan.sign }));
  }
  return { items: sealed, sealingKeys: sealedKeys.length === 0 ? [] : records, sealedKeys };
}

/** A key of an older certificate may be in the vault already: it stays as it is. */
const isNewHere = (item: SealedItem | undefined): boolean => item?.knownKey === undefined || item.knownKey.store === 'elsewhere';

function spkiOf({ sha256Hex }: RecordImportParts, { certificate, key }: PlannedItem): string {
  if (certificate !== undefined) return sha256Hex(certificate.subjectPublicKeyInfo.der);
  return key?.spkiSha256 ?? '';
}

const purposeOf = ({ certificate, row, knownKey }: PlannedItem) =>
  certificate === undefined ? (row?.keyUsage ?? knownKey?.usage ?? 'dual') : usageOf(certificate);

/**
 * Writes down, within a unit, certificates and keys that came from elsewhere. A certificate that has ended comes in as an older one, and its
 * key as one that only opens what it once protected.
 * @throws AppError stale, conflict
 */
export async function recordImport(
  parts: RecordImportParts,
  stores: Stores,
  { items, sealingKeys, sealedKeys }: SealedPlan,
  time: string,
): Promise<RecordedImport & { readonly people: readonly string[] }> {
  await stores.vault.insertSealingKeys(sealingKeys);
  const keys = sealedKeys.map(({ keyId }) => keyId);
  await recordKeys(parts, stores, { items, keys, time });
  await stores.vault.insertSealedKeys(sealedKeys);
  const certificates: string[] = [];
  for (const item of items) certificates.push(item.row?.id ?? (await recordCertificate(parts, stores, item, time)));
  const people = [...new Set(items.flatMap(({ person }) => person?.id ?? []))];
  await settleCurrent(stores, people, new Set(certificates));
  const theirs = Map.groupBy(await stores.certificates.ofPeople(people), ({ personId }) => personId ?? '');
  await stores.people.setStanding(people.map((id) => ({ id, ...standingOf(theirs.get(id) ?? []) })));
  return { certificates, keys, people };
}

interface KeysToRecord {
  readonly items: readonly SealedItem[];
  /** Whose private half comes in. */
  readonly keys: readonly string[];
  readonly time: string;
}

async function recordKeys(parts: RecordImportParts, stores: Stores, { items, keys, time }: KeysToRecord): Promise<void> {
  for (const [keyId, theirs] of Map.groupBy(items, (item) => item.keyId)) {
    const [first] = theirs;
    if (first === undefined) continue;
    if (first.person !== undefined) await findActivePerson(stores, first.person.id);
    const isBrought = keys.includes(keyId);
    if (first.knownKey !== undefined) {
      if (isBrought) await stores.keys.bringHome(keyId, 'vault');
      continue;
    }
    const spki = first.certificate?.subjectPublicKeyInfo.der ?? new Uint8Array();
    const purposes = new Set(theirs.map(purposeOf));
    const [usage = 'dual'] = purposes;
    const facts = { id: keyId, algorithm: keyAlgorithmOf(spki) ?? ('other' as const), personId: first.person?.id ?? null };
    const store = isBrought ? 'vault' : 'elsewhere';
    const record = { ...facts, usage: purposes.size > 1 ? ('dual' as const) : usage, store, spkiSha256: spkiOf(parts, first) } as const;
    await stores.keys.insert([{ ...record, state: 'active', createdAt: time }]);
    if (theirs.every(({ certificate }) => certificate !== undefined && hasEnded(certificate, time)))
      await stores.keys.move([{ keyId, from: 'active', to: 'deactivated', at: time }]);
  }
}

const hasEnded = ({ notAfter }: Certificate, time: string): boolean => notAfter.toISOString() <= time;

async function recordCertificate(parts: RecordImportParts, stores: Stores, item: SealedItem, time: string): Promise<string> {
  const { certificate, chain, keyId, person, isOurs } = item;
  if (certificate === undefined) throw new AppError('internal', 'an item without a certificate');
  const id = parts.random.uuid();
  const known = await knownAuthorities(stores);
  const [isAlone, unknown] = [chain.length === 0, parts.random.uuid()];
  const issuerAuthorityId = isAlone ? unknown : await recordChain(parts, stores, { chain, known, time });
  const record = {
    ...factsOf(parts, certificate),
    id,
    keyId,
    personId: person?.id ?? null,
    emails: requestedMailboxes(certificate),
    issuerAuthorityId,
    isAuthority: false,
    profile: isOurs ? importedProfile : outsideProfile,
    isCurrent: !hasEnded(certificate, time),
    createdAt: time,
  };
  await stores.certificates.insert([record], [certificate.der]);
  if (isAlone) await recordUnknownIssuer(parts, stores, { id: unknown, certificateId: id, keyId, certificate, time });
  return id;
}

interface UnknownIssuer {
  readonly id: string;
  readonly certificateId: string;
  readonly keyId: string;
  readonly certificate: Certificate;
  readonly time: string;
}

/** Of an issuer nobody knows there is only its name: what it issued stands in for its certificate, and is never taken for one. */
async function recordUnknownIssuer({ sha256Hex }: RecordImportParts, stores: Stores, order: UnknownIssuer): Promise<void> {
  const { id, certificateId, keyId, certificate, time } = order;
  await stores.authorities.insertOutside({
    id,
    name: shortNameOf(certificate.issuer),
    parentId: null,
    algorithm: keyAlgorithmOf(certificate.subjectPublicKeyInfo.der) ?? ('other' as KeyAlgorithm),
    keyId,
    certificateId,
    publishUrl: null,
    ocspUrl: null,
    slug: `outside-${sha256Hex(certificate.der).slice(0, 16)}`,
    replaces: null,
    createdAt: time,
  });
}

/** Of what authorities outside have issued to somebody for one use, the newest is in use. What is issued here is not touched. */
async function settleCurrent(stores: Stores, people: readonly string[], imported: ReadonlySet<string>): Promise<void> {
  const rows = (await stores.certificates.ofPeople(people)).filter((row) => row.isCurrent && isFromOutside(row));
  const uses = Map.groupBy(rows, ({ personId, keyUsage }) => `${personId} ${keyUsage}`);
  const older = [...uses.values()].filter((all) => all.some(({ id }) => imported.has(id))).flatMap((all) => newestFirst(all).slice(1));
  await stores.certificates.supersede(older.map(({ id }) => id));
}

const newestFirst = (rows: readonly CertificateRow[]): readonly CertificateRow[] =>
  rows.toSorted((a, b) => b.notBefore.localeCompare(a.notBefore) || b.notAfter.localeCompare(a.notAfter));
