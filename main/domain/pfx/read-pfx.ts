import { toDefiniteLengths } from '../asn1/ber.ts';
import { children, DerCursor, malformed, only, readDer, type DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid, readSmallInteger, readString } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import { readContentInfo } from '../inspect/inspect-pkcs7.ts';
import { bagTypes, contentTypes } from '../inspect/oid-names.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { implicitOctets } from '../cms/read-enveloped-data.ts';
import { bagAttributeOid, bagOid } from './oid.ts';
import { decryptUnderPassword, type Opening } from './password-decryption.ts';
import { verifyMac } from './verify-mac.ts';

/** What one bag holds. Octets of a `key` are a private key: to be wiped. */
export interface OpenedBag {
  readonly kind: 'key' | 'certificate' | 'crl' | 'secret' | 'other';
  readonly der: Uint8Array;
  readonly friendlyName?: string;
  readonly localKeyId?: Uint8Array;
}

/** A PFX that was opened: its MAC holds, if it has one, and everything in it is decrypted. */
export interface OpenedPfx {
  readonly mac: DerNode | undefined;
  readonly bags: readonly OpenedBag[];
  /** Every way something in it was encrypted, in order; one of each. */
  readonly encryption: readonly AlgorithmIdentifier[];
}

/** More bags than this were made to be slow. */
const maximumBags = 1000;
const maximumNesting = 8;

interface Reading {
  readonly opening: Opening;
  readonly bags: OpenedBag[];
  readonly encryption: Map<string, AlgorithmIdentifier>;
}

/**
 * Opens a PFX in password integrity mode (RFC 7292 section 4), BER and DER. The MAC is verified before anything is
 * decrypted; a file without one is taken as it is.
 * @throws AppError input.wrong-password, input.malformed-der, input.unsupported-algorithm, input.too-large
 */
export async function openPfx(bytes: Uint8Array, opening: Opening): Promise<OpenedPfx> {
  const outer = readDer(toDefiniteLengths(bytes));
  if (outer.tag !== tag.sequence) throw malformed('no SEQUENCE at the beginning', 0);
  const cursor = new DerCursor(outer);
  const version = cursor.next(tag.integer);
  if (readSmallInteger(version) !== 3) throw malformed('a PKCS #12 version that does not exist', version.offset);
  const { contentType, content } = readContentInfo(cursor.next(tag.sequence));
  const mac = cursor.optional(tag.sequence);
  cursor.finish();
  if (contentType === contentTypes.signedData)
    throw new AppError('input.unsupported-algorithm', 'A file that is signed instead of having a MAC is not read here.', {
      algorithm: 'signedData',
    });
  if (contentType !== contentTypes.data || content?.tag !== tag.octetString)
    throw malformed('a PKCS #12 file without its content', version.end);
  const known = mac === undefined ? {} : await verifyMac(mac, content.content, opening);
  const reading: Reading = { opening: preferring(opening, known), bags: [], encryption: new Map<string, AlgorithmIdentifier>() };
  for (const safe of sequenceIn(content.content)) await readSafe(reading, safe);
  return { mac, bags: reading.bags, encryption: [...reading.encryption.values()] };
}

/** What the MAC was right with comes first for the contents. */
function preferring({ forms, ...rest }: Opening, known: { bmp?: Uint8Array; octets?: Uint8Array }): Opening {
  const first = (all: readonly Uint8Array[], one: Uint8Array | undefined): readonly Uint8Array[] =>
    one === undefined ? all : [one, ...all.filter((form) => form !== one)];
  return { ...rest, forms: { bmp: first(forms.bmp, known.bmp), octets: first(forms.octets, known.octets) } };
}

/** The values of a SEQUENCE OF that stands alone in octets, BER too. */
function sequenceIn(octets: Uint8Array): DerNode[] {
  const node = readDer(toDefiniteLengths(octets));
  if (node.tag !== tag.sequence) throw malformed('no SEQUENCE where one belongs', 0);
  return children(node);
}

async function readSafe(reading: Reading, node: DerNode): Promise<void> {
  const { contentType, content } = readContentInfo(node);
  if (contentType === contentTypes.data && content?.tag === tag.octetString) return readBags(reading, sequenceIn(content.content), 0);
  if (contentType !== contentTypes.encryptedData || content === undefined)
    throw new AppError('input.unsupported-algorithm', 'Contents that are encrypted to a key are not read here.', {
      algorithm: contentType,
    });
  const cursor = new DerCursor(content);
  cursor.next(tag.integer);
  const info = new DerCursor(cursor.next(tag.sequence));
  info.next(tag.oid);
  const algorithm = readAlgorithmIdentifier(info.next(tag.sequence));
  const plaintext = await decrypt(reading, algorithm, implicitOctets(info.next()));
  await readBags(reading, sequenceIn(plaintext), 0);
}

async function decrypt(reading: Reading, algorithm: AlgorithmIdentifier, ciphertext: Uint8Array): Promise<Uint8Array> {
  reading.encryption.set(algorithm.oid + String(algorithm.parameters?.length), algorithm);
  return decryptUnderPassword(algorithm, ciphertext, reading.opening, isOneValue);
}

function isOneValue(plaintext: Uint8Array): boolean {
  try {
    return readDer(toDefiniteLengths(plaintext)).tag === tag.sequence;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function readBags(reading: Reading, nodes: readonly DerNode[], depth: number): Promise<void> {
  if (depth > maximumNesting || reading.bags.length + nodes.length > maximumBags)
    throw new AppError('input.too-large', 'This file holds more than anybody keeps in one.', { limit: maximumBags });
  for (const node of nodes) await readBag(reading, node, depth);
}

async function readBag(reading: Reading, node: DerNode, depth: number): Promise<void> {
  const cursor = new DerCursor(node);
  const type = readOid(cursor.next(tag.oid));
  const value = only(cursor.next(0xa0));
  const attributes = readAttributes(cursor.optional(tag.set));
  cursor.finish();
  if (type === bagTypes.safeContentsBag) return readBags(reading, children(value), depth + 1);
  reading.bags.push({ ...(await openBag(reading, type, value)), ...attributes });
}

async function openBag(reading: Reading, type: string, value: DerNode): Promise<Pick<OpenedBag, 'kind' | 'der'>> {
  switch (type) {
    case bagTypes.keyBag:
      return { kind: 'key', der: value.whole };
    case bagTypes.pkcs8ShroudedKeyBag: {
      const cursor = new DerCursor(value);
      const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
      const ciphertext = cursor.next(tag.octetString).content;
      cursor.finish();
      return { kind: 'key', der: await decrypt(reading, algorithm, ciphertext) };
    }
    case bagTypes.certBag:
      return readCertificateBag(value);
    case bagTypes.crlBag:
      return { kind: 'crl', der: value.whole };
    case bagTypes.secretBag:
      return { kind: 'secret', der: value.whole };
    default:
      return { kind: 'other', der: value.whole };
  }
}

function readCertificateBag(value: DerNode): Pick<OpenedBag, 'kind' | 'der'> {
  const cursor = new DerCursor(value);
  const type = readOid(cursor.next(tag.oid));
  const content = only(cursor.next(0xa0));
  cursor.finish();
  if (type !== bagOid.x509Certificate || content.tag !== tag.octetString) return { kind: 'other', der: value.whole };
  return { kind: 'certificate', der: content.content };
}

/** friendlyName and localKeyId (RFC 2985 section 5.5); other attributes are left to whoever knows them. */
function readAttributes(node: DerNode | undefined): Pick<OpenedBag, 'friendlyName' | 'localKeyId'> {
  let found: Pick<OpenedBag, 'friendlyName' | 'localKeyId'> = {};
  for (const attribute of node === undefined ? [] : children(node)) {
    const cursor = new DerCursor(attribute);
    const type = readOid(cursor.next(tag.oid));
    const [value] = children(cursor.next(tag.set));
    cursor.finish();
    if (type === bagAttributeOid.friendlyName && value?.tag === tag.bmpString) found = { ...found, friendlyName: readString(value) };
    if (type === bagAttributeOid.localKeyId && value?.tag === tag.octetString) found = { ...found, localKeyId: value.content };
  }
  return found;
}
