import type { FileContent, Secret } from '../contract/secret.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import { recognise } from '../domain/inspect/recognise.ts';
import { plainSerial } from '../domain/openssl-ca/read-index.ts';
import { privateKeysIn } from '../domain/pfx/private-keys-in.ts';
import type { PasswordPrimitives } from '../domain/pfx/password-primitives.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { readAnswer } from '../domain/request/read-answer.ts';
import { commonNameOf } from '../domain/x509/short-name.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import { isSqlite } from '../domain/xca/sqlite-pages.ts';
import { readXca } from '../domain/xca/read-xca.ts';
import type { KeyPair, KeyPairs } from '../ports/key-pairs.ts';
import type { Primitives } from '../ports/primitives.ts';
import { readHistory, readXcaHistory, type AuthorityHistory, type HistoryFiles } from './imported-history.ts';

export interface BroughtAuthorityParts {
  readonly keyPairs: KeyPairs;
  readonly primitives: Primitives;
  readonly toolPrimitives: PasswordPrimitives;
}

export interface AuthorityFiles extends HistoryFiles {
  /** Its certificate, a PKCS #12 file, or the database of XCA. */
  readonly certificate: FileContent;
  readonly key?: Secret | undefined;
  readonly password?: Secret | undefined;
  /** Certificates of those above it, where these are neither here nor in the same file. */
  readonly above?: readonly FileContent[] | undefined;
  /** Which of several: a common name, a serial number, or its name in XCA. */
  readonly choose?: string | undefined;
}

/** An authority's certificate and key, out of whatever they came in. Nothing is judged yet but that they belong together. */
export interface BroughtAuthority {
  readonly certificate: Certificate;
  /** The caller wipes `pkcs8`. */
  readonly pair: KeyPair;
  /** Certificates that came with it without their keys, of which some may stand above it. */
  readonly others: readonly Certificate[];
  /** @throws AppError input.* with the place where something does not agree */
  readonly history: () => AuthorityHistory;
}

/**
 * Recognises by content what was brought, and opens it.
 * @throws AppError input.wrong-password; input.invalid; path.not-authority; input.several-authorities with details {names}; not-found
 */
export async function openBrought(parts: BroughtAuthorityParts, files: AuthorityFiles): Promise<BroughtAuthority> {
  const { bytes } = files.certificate;
  if (isSqlite(bytes)) return openXca(parts, files);
  const [first] = readEncodedObjects(bytes);
  return first?.label === undefined && recognise(bytes) === 'pkcs12' ? openPfx(parts, files) : openPlain(parts, files);
}

interface Candidate {
  readonly certificate: Certificate;
  /** What it is called where it comes from. */
  readonly name?: string;
}

function openXca(parts: BroughtAuthorityParts, files: AuthorityFiles): BroughtAuthority {
  const all = readXca(files.certificate.bytes).map((authority) => ({
    ...authority,
    authority,
    certificate: readCertificate(authority.certificate),
  }));
  if (all.length === 0) throw notAuthority();
  const kept = all.filter(({ key }) => key !== undefined);
  if (kept.length === 0) throw noKey();
  const chosen = onlyOne(kept, files.choose);
  const { certificate, authority } = chosen;
  const pair = matching(parts, [chosen], [chosen.key ?? new Uint8Array()], files)[0]?.pair;
  if (pair === undefined) throw mismatch();
  const others = [...all.filter(({ key }) => key === undefined).map((other) => other.certificate), ...certificatesAbove(files)];
  return { certificate, pair, others, history: () => readXcaHistory(parts, certificate, authority) };
}

async function openPfx(parts: BroughtAuthorityParts, files: AuthorityFiles): Promise<BroughtAuthority> {
  const objects = readEncodedObjects(files.certificate.bytes);
  const { keys, certificates } = await privateKeysIn(objects, files.password?.reveal(), parts.toolPrimitives);
  try {
    return chooseByKey(parts, files, certificates, keys);
  } finally {
    for (const key of keys) key.fill(0);
  }
}

function openPlain(parts: BroughtAuthorityParts, files: AuthorityFiles): BroughtAuthority {
  const found = readEncodedObjects(files.certificate.bytes).filter(({ label }) => label === undefined || label.endsWith('CERTIFICATE'));
  return chooseByKey(
    parts,
    files,
    found.map(({ der }) => der),
    files.key === undefined ? [] : [files.key.reveal()],
  );
}

function chooseByKey(
  parts: BroughtAuthorityParts,
  files: AuthorityFiles,
  certificates: readonly Uint8Array[],
  keys: readonly Uint8Array[],
): BroughtAuthority {
  if (certificates.length === 0) throw new AppError('input.empty', 'There is no certificate in this file.', { field: 'certificate' });
  const all = certificates.map((der) => ({ certificate: readCertificate(der) }));
  const candidates = all.filter(isAuthority);
  if (candidates.length === 0) throw notAuthority();
  if (keys.length === 0) throw noKey();
  const matched = matching(parts, candidates, keys, files);
  if (matched.length === 0) throw mismatch();
  const { certificate, pair } = onlyOne(matched, files.choose);
  for (const other of matched) if (other.pair !== pair) other.pair.pkcs8.fill(0);
  const strangers = all.filter((other) => !matched.some((one) => one.certificate === other.certificate));
  const others = [...strangers.map((other) => other.certificate), ...certificatesAbove(files)];
  return { certificate, pair, others, history: () => readHistory(parts, certificate, files) };
}

const certificatesAbove = ({ above = [] }: AuthorityFiles): readonly Certificate[] => above.flatMap(({ bytes }) => readAnswer(bytes));

function isAuthority({ certificate: { extensions } }: Candidate): boolean {
  return extensions.basicConstraints?.cA === true && extensions.keyUsage?.includes('keyCertSign') !== false;
}

/** The candidates that a key belongs to, each with its pair; keys of nobody are wiped. @throws AppError input.wrong-password, input.invalid */
function matching<C extends Candidate>(
  { keyPairs }: BroughtAuthorityParts,
  candidates: readonly C[],
  keys: readonly Uint8Array[],
  { password }: AuthorityFiles,
): readonly (C & { readonly pair: KeyPair })[] {
  return keys.flatMap((file) => {
    const pair = keyPairs.open(file, password?.reveal());
    const owners = candidates.filter(
      ({ certificate: { subjectPublicKeyInfo } }) => compareOctets(subjectPublicKeyInfo.der, pair.subjectPublicKeyInfo) === 0,
    );
    if (owners.length === 0) pair.pkcs8.fill(0);
    return owners.map((candidate) => ({ ...candidate, pair }));
  });
}

/** @throws AppError not-found; input.several-authorities */
function onlyOne<C extends Candidate>(candidates: readonly C[], choose: string | undefined): C {
  const meant = choose === undefined ? candidates : candidates.filter((candidate) => isMeant(candidate, choose));
  const [first, ...more] = meant;
  if (first === undefined) throw new AppError('not-found', 'There is no authority of this name in what was given.', { what: 'authority' });
  if (more.length > 0)
    throw new AppError('input.several-authorities', 'Several authorities are in here: say which one is meant.', {
      names: meant.map(nameOf),
    });
  return first;
}

const isMeant = (candidate: Candidate, choose: string): boolean =>
  [candidate.name, commonNameOf(candidate.certificate.subject)].includes(choose) ||
  plainSerial(candidate.certificate.serialNumber) === plainSerial(choose);

const nameOf = ({ name, certificate }: Candidate): string => name ?? commonNameOf(certificate.subject) ?? certificate.serialNumber;

const notAuthority = (): AppError =>
  new AppError('path.not-authority', 'This certificate is not that of an authority.', { field: 'certificate' });

const noKey = (): AppError =>
  new AppError('input.invalid', 'The key of the authority is not in here: name its file.', { field: 'key', reason: 'missing' });

const mismatch = (): AppError =>
  new AppError('input.invalid', 'The key is not that of the certificate.', { field: 'key', reason: 'mismatch' });
