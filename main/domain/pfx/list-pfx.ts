import { readDer } from '../asn1/der-reader.ts';
import { compareOctets } from '../asn1/der-writer.ts';
import { formatInstant } from '../asn1/read-time.ts';
import { AppError } from '../errors.ts';
import { hexEncode } from '../encoding/hex.ts';
import { privateKeyAlgorithm } from '../pkcs8/private-key-info.ts';
import { describeMac } from '../inspect/inspect-pkcs12.ts';
import type { JsonObject } from '../inspect/json.ts';
import { describePasswordScheme } from '../inspect/password-scheme.ts';
import { formatName } from '../x509/name.ts';
import { algorithmOid, nameOfOid } from '../x509/oid.ts';
import { mailboxesOf } from '../x509/path-validation/identity.ts';
import { readCertificate, type Certificate } from '../x509/read-certificate.ts';
import { readSubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';
import { passwordForms } from './password.ts';
import type { PasswordPrimitives } from './password-primitives.ts';
import { openPfx, type OpenedBag } from './read-pfx.ts';
import { WorkBudget } from './work-budget.ts';

export interface ListedKey {
  readonly friendlyName: string | null;
  /** Hexadecimal. */
  readonly localKeyId: string | null;
  readonly algorithm: string;
  /** SHA-256 of the certificate with this key's public half; null where there is none, or the engine cannot take the key. */
  readonly certificate: string | null;
  /** The certificate that bears the key's localKeyId is another key's. */
  readonly isMislabelled: boolean;
}

export interface ListedCertificate {
  readonly friendlyName: string | null;
  readonly localKeyId: string | null;
  readonly sha256: string;
  /** Null, as what follows, where the certificate cannot be read. */
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly serialNumber: string | null;
  readonly emails: readonly string[];
  readonly notAfter: string | null;
}

/** What is in a PKCS #12 file, JSON as it stands. Never a private key. */
export interface PfxListing {
  readonly keys: readonly ListedKey[];
  readonly certificates: readonly ListedCertificate[];
  /** How the integrity is protected, and that it holds; null where nothing protects it. */
  readonly mac: JsonObject | null;
  readonly encryption: readonly JsonObject[];
  readonly crls: number;
  readonly secrets: number;
}

export interface ListPfxPrimitives extends PasswordPrimitives, Pick<SignaturePrimitives, 'digest'> {
  /** SubjectPublicKeyInfo of a PrivateKeyInfo; undefined for one the engine cannot take. */
  publicKeyInfoOf(pkcs8: Uint8Array): Uint8Array | undefined;
}

/**
 * Opens a PKCS #12 file and says what is in it. `password` undefined: none was given, which is not the empty one.
 * @throws AppError input.wrong-password, input.malformed-der, input.unsupported-algorithm, input.too-large
 */
export async function listPfx(bytes: Uint8Array, password: Uint8Array | undefined, primitives: ListPfxPrimitives): Promise<PfxListing> {
  const forms = passwordForms(password);
  const { mac, bags, encryption } = await openPfx(bytes, { forms, primitives, budget: new WorkBudget() });
  const certificates = bags.filter(({ kind }) => kind === 'certificate').map((bag) => ({ bag, certificate: readable(bag.der) }));
  const fingerprint = (der: Uint8Array): string => hexEncode(primitives.digest('sha256', der));
  const count = (wanted: OpenedBag['kind']): number => bags.filter(({ kind }) => kind === wanted).length;
  const listing = {
    keys: bags.filter(({ kind }) => kind === 'key').map((bag) => listKey(bag, certificates, fingerprint, primitives)),
    certificates: certificates.map(({ bag, certificate }) => listCertificate(bag, certificate, fingerprint(bag.der))),
    mac: mac === undefined ? null : describeMac(mac),
    encryption: encryption.map(describePasswordScheme),
    crls: count('crl'),
    secrets: count('secret'),
  };
  for (const { kind, der } of bags) if (kind === 'key') der.fill(0);
  return listing;
}

type Listed = readonly { readonly bag: OpenedBag; readonly certificate: Certificate | undefined }[];

function listKey(bag: OpenedBag, certificates: Listed, fingerprint: (der: Uint8Array) => string, primitives: ListPfxPrimitives): ListedKey {
  const info = primitives.publicKeyInfoOf(bag.der);
  const publicKey = info === undefined ? undefined : readSubjectPublicKeyInfo(readDer(info)).publicKey;
  const isOwn = ({ certificate }: Listed[number]): boolean =>
    publicKey !== undefined && certificate !== undefined && compareOctets(certificate.subjectPublicKeyInfo.publicKey, publicKey) === 0;
  const own = certificates.find(isOwn);
  const labelled = certificates.filter((one) => bag.localKeyId !== undefined && idOf(one.bag) === idOf(bag));
  return {
    friendlyName: bag.friendlyName ?? null,
    localKeyId: idOf(bag),
    algorithm: nameOfOid(algorithmOid, privateKeyAlgorithm(bag.der)),
    certificate: own === undefined ? null : fingerprint(own.bag.der),
    isMislabelled: publicKey !== undefined && labelled.some((one) => !isOwn(one)),
  };
}

const idOf = ({ localKeyId }: OpenedBag): string | null => (localKeyId === undefined ? null : hexEncode(localKeyId));

/** A certificate in a file need not be a good one to be listed. */
function readable(der: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function listCertificate(bag: OpenedBag, certificate: Certificate | undefined, sha256: string): ListedCertificate {
  return {
    friendlyName: bag.friendlyName ?? null,
    localKeyId: idOf(bag),
    sha256,
    subject: certificate === undefined ? null : formatName(certificate.subject.rdnSequence),
    issuer: certificate === undefined ? null : formatName(certificate.issuer.rdnSequence),
    serialNumber: certificate?.serialNumber ?? null,
    emails: certificate === undefined ? [] : mailboxesOf(certificate),
    notAfter: certificate === undefined ? null : formatInstant(certificate.notAfter),
  };
}
