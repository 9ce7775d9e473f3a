import { children, DerCursor, malformed, only, type DerNode } from '../asn1/der-reader.ts';
import { concatenate, tag, tlv } from '../asn1/der-writer.ts';
import { readBitOctets, readOid, readSmallInteger } from '../asn1/read-value.ts';
import { octetsOf, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { readIdentifier, readCertificatesOf, type SignerIdentifier } from './read-signed-data.ts';
import type { Certificate } from '../x509/read-certificate.ts';

/** Who can open a message, and by what (RFC 5652 section 6.2). */
export type RecipientInfo =
  | {
      readonly kind: 'transport';
      readonly recipient: SignerIdentifier;
      readonly algorithm: AlgorithmIdentifier;
      readonly encryptedKey: Uint8Array;
    }
  | {
      readonly kind: 'agreement';
      readonly originator: Originator;
      readonly userKeyingMaterial?: Uint8Array;
      readonly algorithm: AlgorithmIdentifier;
      readonly keys: readonly { readonly recipient: SignerIdentifier; readonly encryptedKey: Uint8Array }[];
    }
  | {
      readonly kind: 'password';
      readonly derivation: AlgorithmIdentifier | undefined;
      readonly algorithm: AlgorithmIdentifier;
      readonly encryptedKey: Uint8Array;
    }
  | { readonly kind: 'other' };

/** The other half of an agreement: a fresh public key, or that of a certificate. */
export type Originator =
  | { readonly algorithm: AlgorithmIdentifier; readonly publicKey: Uint8Array }
  | { readonly certificate: SignerIdentifier };

/** EnvelopedData or AuthEnvelopedData as read; octets are views on the input. */
export interface EnvelopedData {
  readonly originators: readonly Certificate[];
  readonly recipients: readonly RecipientInfo[];
  readonly contentType: string;
  readonly algorithm: AlgorithmIdentifier;
  readonly ciphertext: OctetSource;
  /** AuthEnvelopedData: what is authenticated beside the content, and the tag (RFC 5083). */
  readonly authentication?: { readonly additionalData: Uint8Array; readonly tag: Uint8Array };
}

const maximumRecipients = 500;

/**
 * @param octets the ciphertext where that was left out of `node`
 * @throws AppError input.malformed-der, input.too-large
 */
export function readEnvelopedData(node: DerNode, isAuthenticated: boolean, octets?: OctetSource): EnvelopedData {
  const cursor = new DerCursor(node);
  readSmallInteger(cursor.next(tag.integer));
  const originatorInfo = cursor.optional(0xa0);
  const recipients = children(cursor.next(tag.set));
  if (recipients.length > maximumRecipients)
    throw new AppError('input.too-large', 'More recipients than any message has.', { limit: maximumRecipients });
  const info = new DerCursor(cursor.next(tag.sequence));
  const contentType = readOid(info.next(tag.oid));
  const algorithm = readAlgorithmIdentifier(info.next(tag.sequence));
  const inside = implicitOctets(info.next());
  info.finish();
  const authentication = isAuthenticated ? readAuthentication(cursor) : undefined;
  cursor.optional(isAuthenticated ? 0xa2 : 0xa1);
  cursor.finish();
  return {
    originators: originatorInfo === undefined ? [] : readCertificatesOf(new DerCursor(originatorInfo).optional(0xa0)),
    recipients: recipients.map(readRecipient),
    contentType,
    algorithm,
    ciphertext: octets ?? octetsOf(inside),
    ...(authentication === undefined ? {} : { authentication }),
  };
}

/** authAttrs, authenticated under the tag of a SET (RFC 5083 section 2.2), and the tag. */
function readAuthentication(cursor: DerCursor): NonNullable<EnvelopedData['authentication']> {
  const attributes = cursor.optional(0xa1);
  const authenticationTag = cursor.next(tag.octetString).content;
  return { additionalData: attributes === undefined ? new Uint8Array(0) : tlv(tag.set, attributes.content), tag: authenticationTag };
}

/** [0] IMPLICIT OCTET STRING, in one piece or, as BER has it, in several. @throws AppError input.malformed-der */
export function implicitOctets(node: DerNode): Uint8Array {
  if (node.tag === 0x80) return node.content;
  if (node.tag !== 0xa0) throw malformed('no encrypted content', node.offset);
  return concatenate(
    children(node).map((piece) => {
      if (piece.tag !== tag.octetString) throw malformed('a piece of a string that is none', piece.offset);
      return piece.content;
    }),
  );
}

function readRecipient(node: DerNode): RecipientInfo {
  switch (node.tag) {
    case tag.sequence:
      return readTransport(node);
    case 0xa1:
      return readAgreement(node);
    case 0xa3:
      return readPassword(node);
    default:
      return { kind: 'other' };
  }
}

function readTransport(node: DerNode): RecipientInfo {
  const cursor = new DerCursor(node);
  cursor.next(tag.integer);
  const recipient = readIdentifier(cursor.next());
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const encryptedKey = cursor.next(tag.octetString).content;
  cursor.finish();
  return { kind: 'transport', recipient, algorithm, encryptedKey };
}

function readAgreement(node: DerNode): RecipientInfo {
  const cursor = new DerCursor(node);
  cursor.next(tag.integer);
  const originator = readOriginator(only(cursor.next(0xa0)));
  const material = cursor.optional(0xa1);
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const keys = children(cursor.next(tag.sequence)).map(readAgreedKey);
  cursor.finish();
  const userKeyingMaterial = material === undefined ? undefined : only(material, tag.octetString).content;
  return { kind: 'agreement', originator, algorithm, keys, ...(userKeyingMaterial === undefined ? {} : { userKeyingMaterial }) };
}

function readOriginator(node: DerNode): Originator {
  if (node.tag !== 0xa1) return { certificate: readIdentifier(node) };
  const cursor = new DerCursor(node);
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const publicKey = readBitOctets(cursor.next(tag.bitString));
  cursor.finish();
  return { algorithm, publicKey };
}

/** RecipientKeyIdentifier is `[0]` around an OCTET STRING with the rest behind it. */
function readAgreedKey(node: DerNode): { recipient: SignerIdentifier; encryptedKey: Uint8Array } {
  const cursor = new DerCursor(node);
  const named = cursor.next();
  const recipient =
    named.tag === 0xa0 ? { subjectKeyIdentifier: new DerCursor(named).next(tag.octetString).content } : readIdentifier(named);
  const encryptedKey = cursor.next(tag.octetString).content;
  cursor.finish();
  return { recipient, encryptedKey };
}

function readPassword(node: DerNode): RecipientInfo {
  const cursor = new DerCursor(node);
  cursor.next(tag.integer);
  // The derivation is `[0]` IMPLICIT: its content is that of an AlgorithmIdentifier.
  const derivation = cursor.optional(0xa0);
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const encryptedKey = cursor.next(tag.octetString).content;
  cursor.finish();
  return {
    kind: 'password',
    derivation: derivation === undefined ? undefined : readAlgorithmIdentifier(derivation),
    algorithm,
    encryptedKey,
  };
}
