import type { ImportVerdict } from '../contract/certificates.ts';
import type { FileContent, Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { rsaWeakness } from '../domain/key/weak-rsa.ts';
import { mailboxKey } from '../domain/people/mailbox-key.ts';
import { requestedMailboxes } from '../domain/request/request-subject.ts';
import type { PathCode } from '../domain/x509/path-validation/result.ts';
import { validatePath } from '../domain/x509/path-validation/validate-path.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import type { SubjectPublicKeyInfo } from '../domain/x509/read-public-key.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { KeyRecord } from '../ports/stores/keys.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { findActivePerson } from './find-person.ts';
import { readBrought } from './import-files.ts';
import { issuersAmong, requireNotForged } from './import-issuers.ts';
import { openKeys, type ImportKeyParts, type ImportedKey } from './import-keys.ts';
import { knownAuthorities } from './outside-answer.ts';
import type { KnownAuthority } from './record-answer.ts';
import { requireUnsharedKey } from './sound-key.ts';

export interface ImportPlanParts extends ImportKeyParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface ImportInput {
  readonly files: readonly FileContent[];
  readonly passwords: readonly Secret[];
  readonly owners: readonly { readonly sha256: string; readonly person: string }[];
}

/** One thing that was brought, and what is to become of it. */
export interface PlannedItem {
  readonly file: string;
  readonly verdict: ImportVerdict;
  readonly certificate?: Certificate | undefined;
  readonly sha256: string;
  /** Its private key, if that was brought and belongs to it. */
  readonly key?: ImportedKey | undefined;
  readonly person?: PersonRow | undefined;
  /** Those above it, the nearest first; none where nobody knows who issued it. */
  readonly chain: readonly Certificate[];
  readonly isOurs: boolean;
  readonly findings: readonly PathCode[];
  /** What is here of it already. */
  readonly row?: CertificateRow | undefined;
  readonly knownKey?: KeyRecord | undefined;
  readonly error?: AppError | undefined;
}

export interface ImportPlan {
  readonly items: readonly PlannedItem[];
  /** Clears every private key that was opened for it. */
  wipe(): void;
}

/**
 * Looks at everything that was brought, and says of each what would become of it. What is weak, forged or broken is refused by itself; the
 * rest is not held up by it. The plan's keys are to be wiped.
 * @throws AppError input.too-large; not-found, conflict for somebody who is named as owner
 */
export async function planImport(parts: ImportPlanParts, input: ImportInput): Promise<ImportPlan> {
  const stores = parts.read();
  const owners = new Map<string, PersonRow>();
  for (const { sha256, person } of input.owners) owners.set(sha256, await findActivePerson(stores, person));
  const { certificates, keys, unread } = await readBrought(input.files, input.passwords, parts.toolPrimitives);
  const opened = openKeys(parts, keys);
  try {
    const known = await knownAuthorities(stores);
    const brought = certificates.map(({ certificate }) => certificate);
    const planning: Planning = { ...parts, stores, owners, known, brought, keys: opened.keys, sharing: sharedModuli(parts, brought) };
    const items: PlannedItem[] = [];
    for (const one of onceEach(parts, certificates)) items.push(await judgeCertificate(planning, one));
    for (const key of opened.keys.values())
      if (!items.some((item) => item.key === key || spkiOf(parts, item) === key.spkiSha256)) items.push(await judgeLoneKey(planning, key));
    const refused = [...unread, ...opened.refused].map(({ file, error }) => ({ ...bare, file, error, verdict: 'refused' as const }));
    return { items: [...items, ...refused], wipe: opened.wipe };
  } catch (error) {
    opened.wipe();
    throw error;
  }
}

interface Planning extends ImportPlanParts {
  readonly stores: ReadStores;
  readonly owners: ReadonlyMap<string, PersonRow>;
  readonly known: readonly KnownAuthority[];
  readonly brought: readonly Certificate[];
  /** By the SHA-256 of the SubjectPublicKeyInfo. */
  readonly keys: ReadonlyMap<string, ImportedKey>;
  /** Moduli that two different keys of what was brought have. */
  readonly sharing: ReadonlySet<string>;
}

const bare = { sha256: '', chain: [], isOurs: false, findings: [] } as const;

const spkiOf = ({ sha256Hex }: ImportPlanParts, { certificate }: PlannedItem): string =>
  certificate === undefined ? '' : sha256Hex(certificate.subjectPublicKeyInfo.der);

interface Brought {
  readonly file: string;
  readonly certificate: Certificate;
  readonly sha256: string;
}

function onceEach({ sha256Hex }: ImportPlanParts, all: readonly Omit<Brought, 'sha256'>[]): readonly Brought[] {
  const found = new Map<string, Brought>();
  for (const one of all) {
    const sha256 = sha256Hex(one.certificate.der);
    if (!found.has(sha256)) found.set(sha256, { ...one, sha256 });
  }
  return [...found.values()];
}

async function judgeCertificate(planning: Planning, one: Brought): Promise<PlannedItem> {
  const { stores, keys, sha256Hex } = planning;
  const { certificate, sha256 } = one;
  const spki = sha256Hex(certificate.subjectPublicKeyInfo.der);
  const [row] = await stores.certificates.findByPrefix(sha256);
  const knownKey = await stores.keys.findBySpki(spki);
  const key = keys.get(spki);
  const seen = { ...bare, ...one, key, knownKey, row };
  if (isAuthority(certificate)) return { ...seen, verdict: row !== undefined ? 'known' : key === undefined ? 'chain' : 'authority' };
  if (row !== undefined && !comesHome(knownKey, key)) return { ...seen, verdict: 'known' };
  try {
    await requireSound(planning, certificate.subjectPublicKeyInfo);
    requireNobodyElses(knownKey);
    if (row !== undefined) return { ...seen, ...(await pathOf(planning, certificate)), person: await ownerOf(stores, row), verdict: 'key' };
    return { ...seen, ...(await pathOf(planning, certificate)), ...(await whose(planning, one)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...seen, error, verdict: 'refused' };
  }
}

const isAuthority = ({ extensions: { basicConstraints } }: Certificate): boolean => basicConstraints?.cA === true;

/** Whether the private key of a certificate that is here was elsewhere until now. */
const comesHome = (known: KeyRecord | undefined, key: ImportedKey | undefined): boolean =>
  key !== undefined && known?.store === 'elsewhere' && known.state !== 'destroyed';

const ownerOf = async (stores: ReadStores, { personId }: CertificateRow): Promise<PersonRow | undefined> =>
  personId === null ? undefined : stores.people.find(personId);

/** @throws AppError input.unsupported-algorithm, input.weak-key, input.compromised-key */
async function requireSound({ stores, toolPrimitives, sharing }: Planning, key: SubjectPublicKeyInfo): Promise<void> {
  if (keyAlgorithmOf(key.der) === undefined)
    throw new AppError('input.unsupported-algorithm', 'Keyward does not keep keys of this kind.', {
      algorithm: key.keySize === undefined ? key.algorithm.name : `${key.algorithm.name} ${key.keySize}`,
    });
  const weakness = key.rsa && rsaWeakness(key.rsa.modulus);
  if (weakness !== undefined) throw new AppError('input.weak-key', 'The private half of this key can be computed.', { weakness });
  if (key.rsa !== undefined && sharing.has(hexEncode(key.rsa.modulus)))
    throw new AppError('input.weak-key', 'Another key that came with it has the same modulus.', { weakness: 'shared-modulus' });
  await requireUnsharedKey(stores, toolPrimitives, key);
}

function sharedModuli({ sha256Hex }: ImportPlanParts, brought: readonly Certificate[]): ReadonlySet<string> {
  const keys = new Map(brought.map(({ subjectPublicKeyInfo: key }) => [sha256Hex(key.der), key]));
  const byModulus = Map.groupBy(
    [...keys.values()].flatMap(({ rsa }) => (rsa === undefined ? [] : [hexEncode(rsa.modulus)])),
    (modulus) => modulus,
  );
  return new Set([...byModulus].filter(([, { length }]) => length > 1).map(([modulus]) => modulus));
}

/** A key that was made for an authority, or waits for the answer to a request, has an entrance of its own. */
function requireNobodyElses(known: KeyRecord | undefined): void {
  if (known === undefined || (known.usage !== 'authority' && known.usage !== 'revocation' && known.state !== 'preActive')) return;
  throw new AppError('conflict', 'This key is here for something else: an authority, or a request that waits for its answer.', {
    what: 'key',
    id: known.id,
  });
}

/** Who is above it, and what its path is found wanting in. @throws AppError path.signature */
async function pathOf(planning: Planning, certificate: Certificate): Promise<Pick<PlannedItem, 'chain' | 'isOurs' | 'findings'>> {
  const { known, brought, toolPrimitives, stores, clock } = planning;
  const pool = issuersAmong([...brought.filter(isAuthority), ...known.map((authority) => authority.certificate)], certificate);
  const chain = pool.chainFor(toolPrimitives);
  if (chain.length === 0) requireNotForged(certificate, pool.candidates, toolPrimitives);
  const nearest = chain[0]?.der;
  const issuer = known.find((authority) => nearest !== undefined && Buffer.compare(authority.certificate.der, nearest) === 0);
  const isOurs = issuer !== undefined && (await stores.authorities.list()).some(({ id }) => id === issuer.authority.id);
  const { findings } = validatePath({ target: certificate, anchors: chain.slice(-1), pool: chain, time: clock.now() }, toolPrimitives);
  return { chain, isOurs, findings: [...new Set(findings.map(({ code }) => code))] };
}

/** @throws AppError conflict where it is somebody else's than who was named */
async function whose({ stores, owners }: Planning, { certificate, sha256 }: Brought): Promise<Pick<PlannedItem, 'person' | 'verdict'>> {
  const found = await stores.people.findByAddresses(requestedMailboxes(certificate).map(mailboxKey));
  const people = [...new Map([...found.values()].map((person) => [person.id, person])).values()];
  const named = owners.get(sha256);
  const [first, ...more] = people;
  if (named !== undefined && first !== undefined && !people.some(({ id }) => id === named.id))
    throw new AppError('conflict', 'Its mailboxes are somebody else’s.', { what: 'mailbox', id: first.id });
  const person = named ?? (more.length === 0 ? first : undefined);
  return person === undefined ? { verdict: 'whose' } : { person, verdict: 'take' };
}

/** A private key that came without a certificate: its certificate may be here, waiting for it. */
async function judgeLoneKey({ stores }: Planning, key: ImportedKey): Promise<PlannedItem> {
  const seen = { ...bare, file: key.file, key };
  const knownKey = await stores.keys.findBySpki(key.spkiSha256);
  if (knownKey === undefined) return { ...seen, verdict: 'alone' };
  const theirs = knownKey.personId === null ? [] : await stores.certificates.ofPerson(knownKey.personId);
  const row = theirs.find(({ keyId }) => keyId === knownKey.id);
  if (row === undefined || !comesHome(knownKey, key)) return { ...seen, knownKey, verdict: 'known' };
  return { ...seen, knownKey, row, sha256: row.sha256, person: await ownerOf(stores, row), verdict: 'key' };
}
