import { toDefiniteLengths } from '../asn1/ber.ts';
import { children, DerCursor, malformed, only, readDer, type DerNode } from '../asn1/der-reader.ts';
import { compareOctets, tag } from '../asn1/der-writer.ts';
import { readOid, readSmallInteger } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { digestOid } from '../x509/oid.ts';
import { bmpPassword } from './bmp-password.ts';
import { decryptContent, readIterations, unsupported } from './decrypt-content.ts';
import { derivePkcs12, purpose } from './key-derivation.ts';
import { bagOid, contentTypeOid } from './oid.ts';
import type { PfxDigest, PfxPrimitives } from './primitives.ts';

/** What a PKCS #12 file holds. */
export interface PfxContents {
  /** PrivateKeyInfo or EncryptedPrivateKeyInfo under the same password, DER (RFC 5958). */
  readonly keys: readonly Uint8Array[];
  /** DER. */
  readonly certificates: readonly Uint8Array[];
}

/** Deeper bags in bags are refused. */
const deepestBags = 4;

/**
 * Opens a PKCS #12 file (RFC 7292) in password mode, BER too: its integrity is verified before anything in it is believed.
 * @throws AppError input.wrong-password, also where the file was changed; input.unsupported-algorithm; input.malformed-der
 */
export async function readPfx(bytes: Uint8Array, password: Uint8Array, primitives: PfxPrimitives): Promise<PfxContents> {
  const cursor = new DerCursor(readDer(toDefiniteLengths(bytes)));
  const version = cursor.next(tag.integer);
  if (readSmallInteger(version) !== 3) throw malformed('a PKCS #12 version that does not exist', version.offset);
  const [type, content] = contentOf(cursor.next(tag.sequence));
  if (type !== contentTypeOid.data || content.tag !== tag.octetString) throw unsupported(type);
  const macData = cursor.next(tag.sequence);
  cursor.finish();
  await requireMac(macData, content.content, password, primitives);
  const found: { keys: Uint8Array[]; certificates: Uint8Array[] } = { keys: [], certificates: [] };
  for (const safe of children(readDer(toDefiniteLengths(content.content))))
    collectBags(readDer(toDefiniteLengths(await safeContents(safe, password, primitives))), found, 0);
  return found;
}

/** ContentInfo (RFC 5652 section 3). */
function contentOf(node: DerNode): readonly [type: string, content: DerNode] {
  const cursor = new DerCursor(node);
  const type = readOid(cursor.next(tag.oid));
  const content = only(cursor.next(0xa0));
  cursor.finish();
  return [type, content];
}

const macDigests: Readonly<Partial<Record<string, { readonly digest: PfxDigest; readonly length: number }>>> = {
  [digestOid.sha1]: { digest: 'sha1', length: 20 },
  [digestOid.sha256]: { digest: 'sha256', length: 32 },
};

/** MacData (RFC 7292 section 4, appendix B.4). */
async function requireMac(node: DerNode, data: Uint8Array, password: Uint8Array, primitives: PfxPrimitives): Promise<void> {
  const cursor = new DerCursor(node);
  const info = new DerCursor(cursor.next(tag.sequence));
  const { oid } = readAlgorithmIdentifier(info.next(tag.sequence));
  const expected = info.next(tag.octetString).content;
  const salt = cursor.next(tag.octetString).content;
  const count = cursor.optional(tag.integer);
  cursor.finish();
  const known = macDigests[oid];
  if (known === undefined) throw unsupported(oid);
  const iterations = count === undefined ? 1 : readIterations(count);
  const bmp = bmpPassword(password);
  const key = await derivePkcs12({ ...known, purpose: purpose.macKey, bmpPassword: bmp, salt, iterations }, primitives);
  const mac = primitives.hmac(known.digest, key, data);
  for (const secret of [bmp, key]) secret.fill(0);
  if (compareOctets(mac, expected) !== 0)
    throw new AppError('input.wrong-password', 'This file does not open with this password, or it was changed.');
}

/** SafeContents, decrypted where they are. */
async function safeContents(safe: DerNode, password: Uint8Array, primitives: PfxPrimitives): Promise<Uint8Array> {
  const [type, content] = contentOf(safe);
  if (type === contentTypeOid.data && content.tag === tag.octetString) return content.content;
  if (type !== contentTypeOid.encryptedData) throw unsupported(type);
  const cursor = new DerCursor(content);
  cursor.next(tag.integer);
  const info = new DerCursor(cursor.next(tag.sequence));
  info.next(tag.oid);
  const algorithm = readAlgorithmIdentifier(info.next(tag.sequence));
  return decryptContent(algorithm, encryptedOctets(info.next()), password, primitives);
}

/** `[0]` IMPLICIT OCTET STRING, which writers of BER cut into pieces. */
const encryptedOctets = (node: DerNode): Uint8Array =>
  node.isConstructed ? Uint8Array.from(children(node).flatMap((piece) => [...piece.content])) : node.content;

interface Found {
  readonly keys: Uint8Array[];
  readonly certificates: Uint8Array[];
}

function collectBags(contents: DerNode, found: Found, depth: number): void {
  if (depth > deepestBags) throw malformed('bags in bags without end', contents.offset);
  for (const bag of children(contents)) {
    const cursor = new DerCursor(bag);
    const type = readOid(cursor.next(tag.oid));
    const value = only(cursor.next(0xa0));
    if (type === bagOid.keyBag || type === bagOid.pkcs8ShroudedKeyBag) found.keys.push(value.whole);
    else if (type === bagOid.certBag) found.certificates.push(...certificateIn(value));
    else if (type === bagOid.safeContentsBag) collectBags(value, found, depth + 1);
  }
}

/** CertBag (RFC 7292 section 4.2.3); what is no X.509 certificate is left. */
function certificateIn(value: DerNode): Uint8Array[] {
  const cursor = new DerCursor(value);
  const type = readOid(cursor.next(tag.oid));
  const content = only(cursor.next(0xa0));
  return type === bagOid.x509Certificate && content.tag === tag.octetString ? [content.content] : [];
}
