import { toDefiniteLengths } from '../asn1/ber.ts';
import { readDer } from '../asn1/der-reader.ts';
import { readSignedData } from '../cms/read-signed-data.ts';
import { base64Encode } from '../encoding/base64.ts';
import { hexEncode } from '../encoding/hex.ts';
import { readEncodedObjects, type EncodedObject } from '../encoding/pem.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../errors.ts';
import { isOpenPgp } from '../openpgp/armor.ts';
import { inspectOpenPgp } from '../openpgp/inspect-openpgp.ts';
import { readCertificate, type Certificate } from '../x509/read-certificate.ts';
import { boundedReading } from './bounded.ts';
import type { Digest } from './inspect-certificate.ts';
import { inspectObject } from './inspect.ts';
import { toJsonObject, type JsonObject } from './json.ts';
import { contentTypes } from './oid-names.ts';
import { readContentInfo } from './inspect-pkcs7.ts';
import { recognise, type InspectType } from './recognise.ts';
import { valueTree, type ValueTree } from './value-tree.ts';

/** One object of a file, as the viewer shows it: JSON as it stands. */
export interface ViewedObject {
  readonly kind: InspectType | 'openpgp' | 'unknown';
  /** SHA-256 of its octets. */
  readonly sha256: string;
  readonly size: number;
  /** The reading of `inspect`, no longer than anybody reads; null where it cannot be read. */
  readonly reading: JsonObject | null;
  readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
  /** The values and the octets they stand in; null for what may hold a private key, and for what is no ASN.1. */
  readonly raw: { readonly tree: ValueTree; readonly octets: string; readonly isCut: boolean } | null;
}

export interface ViewedFile {
  readonly objects: readonly ViewedObject[];
  /** How many more there are. */
  readonly more: number;
  /** Every certificate in it that can be read, those inside containers too. */
  readonly certificates: readonly Certificate[];
}

const maximumObjects = 50;
const maximumCertificates = 200;
/** Octets shown of one object. */
const maximumOctets = 65_536;

/** Kinds without a private key in them, even by mistake. */
const open: readonly ViewedObject['kind'][] = ['certificate', 'crl', 'csr', 'pkcs7', 'ocsp', 'public-key', 'spkac', 'unknown'];

/**
 * Everything the viewer shows of a file that is no mail. What one object cannot be read as is said of that object; the others
 * are shown all the same. A private key is named and described, its octets are not.
 * @throws AppError input.empty, input.too-large, input.malformed-pem, input.malformed-der
 */
export function viewFile(bytes: Uint8Array, digest: Digest): ViewedFile {
  if (isOpenPgp(bytes)) return { objects: [viewOpenPgp(bytes, digest)], more: 0, certificates: [] };
  const objects = readEncodedObjects(bytes);
  const shown = objects.slice(0, maximumObjects);
  return {
    objects: shown.map((object) => viewObject(object, digest)),
    more: objects.length - shown.length,
    certificates: objects.flatMap(({ der }) => certificatesIn(der)).slice(0, maximumCertificates),
  };
}

const facts = (octets: Uint8Array, digest: Digest) => ({ sha256: hexEncode(digest('sha256', octets)), size: octets.length });

function viewOpenPgp(bytes: Uint8Array, digest: Digest): ViewedObject {
  const { value, error } = attempt(() => toJsonObject(inspectOpenPgp(bytes, digest)));
  return { kind: 'openpgp', ...facts(bytes, digest), reading: value === undefined ? null : boundedReading(value), error, raw: null };
}

function viewObject(object: EncodedObject, digest: Digest): ViewedObject {
  const kind = attempt(() => recognise(object.der, object.label)).value ?? 'unknown';
  const { value, error } = attempt(() => inspectObject(object, digest));
  const mayShow = open.includes(kind) && !/PRIVATE KEY/.test(object.label ?? '');
  return {
    kind,
    ...facts(object.der, digest),
    reading: value === undefined ? null : boundedReading(value),
    error,
    raw: mayShow && !isPrivateKey(object.der) ? viewRaw(object.der, kind) : null,
  };
}

/** By its shape, whatever a label says: a version, then numbers or a string, as PKCS #1, PKCS #8 and SEC 1 have it. */
function isPrivateKey(der: Uint8Array): boolean {
  const { value } = attempt(() => recognise(der));
  return value === 'pkcs8' || (value === undefined && der[0] === 0x30 && der.indexOf(0x02) >= 2 && der.indexOf(0x02) <= 5);
}

function viewRaw(der: Uint8Array, kind: string): ViewedObject['raw'] {
  const { value } = attempt(() => {
    const octets = der[1] === 0x80 ? toDefiniteLengths(der) : der;
    const shown = octets.subarray(0, maximumOctets);
    return { tree: valueTree(octets, kind), octets: base64Encode(shown), isCut: shown.length < octets.length };
  });
  return value ?? null;
}

/** A certificate, or those of a container; anything else holds none. */
function certificatesIn(der: Uint8Array): readonly Certificate[] {
  const single = attempt(() => readCertificate(der)).value;
  if (single !== undefined) return [single];
  const inside = attempt(() => {
    const { contentType, content } = readContentInfo(readDer(toDefiniteLengths(der)));
    return contentType === contentTypes.signedData && content !== undefined ? readSignedData(content).certificates : [];
  });
  return inside.value ?? [];
}

function attempt<T>(read: () => T): { readonly value: T | undefined; readonly error: ViewedObject['error'] } {
  try {
    return { value: read(), error: null };
  } catch (error) {
    if (error instanceof AppError) return { value: undefined, error: { code: error.code, details: error.details } };
    throw error;
  }
}
