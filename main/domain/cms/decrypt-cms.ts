import { DerCursor, malformed, readDer } from '../asn1/der-reader.ts';
import { compareOctets, tag } from '../asn1/der-writer.ts';
import { readSmallInteger } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import { ciphers, contentTypes } from '../inspect/oid-names.ts';
import { readRc2Parameters } from '../pfx/password-decryption.ts';
import { decryptRc2Cbc } from '../pfx/rc2.ts';
import { passwordForms } from '../pfx/password.ts';
import { WorkBudget } from '../pfx/work-budget.ts';
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { nameKey } from '../x509/compare-name.ts';
import { nameOfOid } from '../x509/oid.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { readSubjectPublicKeyInfo, type SubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import type { ContentCipher, DecryptionKey, GcmCipher, MessagePrimitives } from './message-primitives.ts';
import { openAgreed, openTransported, openUnderPassword, originatorKeyInfo } from './open-key.ts';
import { readEnvelopedData, type EnvelopedData, type RecipientInfo } from './read-enveloped-data.ts';
import type { SignerIdentifier } from './read-signed-data.ts';
import { readMessage } from './verify-cms.ts';

/** A key that may open a message. Without a certificate every recipient it could be is tried. */
export interface MessageKey {
  readonly key: DecryptionKey;
  readonly publicKeyInfo: Uint8Array;
  readonly certificate?: Certificate;
}

export interface OpenedMessage {
  readonly content: Uint8Array;
  /** Dotted decimal. */
  readonly contentType: string;
  /** `aes256-CBC`, `aes128-GCM`, ... */
  readonly encryption: string;
  readonly recipient: RecipientInfo['kind'];
}

/**
 * Opens an EnvelopedData or AuthEnvelopedData (RFC 5652 section 6, RFC 5083) with one of these keys. Whatever is wrong
 * behind the choice of the recipient (the wrapped key, its padding, that of the content, the tag) gives one and the same
 * error, and a key that came out wrong is used all the same (RFC 3218): nobody learns from it.
 * @param senders certificates of people who may have sent it with a static key, where the message does not bring theirs
 * @throws AppError input.not-decryptable, input.malformed-der, input.unsupported-algorithm, input.too-large
 */
export function decryptWithKeys(
  bytes: Uint8Array,
  keys: readonly MessageKey[],
  primitives: MessagePrimitives,
  senders: readonly Certificate[] = [],
): OpenedMessage {
  const read = readEncrypted(bytes);
  const data = { ...read, originators: [...read.originators, ...senders] };
  const cipher = contentCipher(data);
  const opened: OpenedMessage[] = [];
  const trials = new Trials(data.ciphertext.length);
  let isForSomebody = false;
  for (const recipient of data.recipients) {
    for (const key of keys) {
      for (const contentKey of contentKeys(data, recipient, key, cipher.keyLength, primitives)) {
        isForSomebody = true;
        trials.spend();
        const content = cipher.decrypt(contentKey, primitives);
        if (content !== undefined) opened.push({ content, ...describe(data, recipient) });
      }
    }
  }
  const [first, ...others] = opened;
  if (!isForSomebody)
    throw new AppError('input.not-decryptable', 'This message is not for that certificate or key.', { what: 'recipient' });
  if (first === undefined) throw new AppError('input.not-decryptable', 'This message does not open with that key.');
  if (others.some(({ content }) => compareOctets(content, first.content) !== 0)) throw ambiguous();
  return first;
}

/** Without its certificate a key is tried on every recipient, the whole content each time: not without end. */
class Trials {
  #left: number;

  constructor(contentLength: number) {
    this.#left = Math.max(20, Math.floor((256 << 20) / Math.max(1, contentLength)));
  }

  /** @throws AppError input.not-decryptable */
  spend(): void {
    if (this.#left-- <= 0) throw ambiguous();
  }
}

const ambiguous = (): AppError =>
  new AppError('input.not-decryptable', 'It cannot be told for which of its recipients this key is: give its certificate.', {
    what: 'certificate',
  });

/** As `decryptWithKeys`, for a password recipient (RFC 3211). @throws AppError input.wrong-password and as above */
export async function decryptWithPassword(bytes: Uint8Array, password: Uint8Array, primitives: MessagePrimitives): Promise<OpenedMessage> {
  const data = readEncrypted(bytes);
  const cipher = contentCipher(data);
  const budget = new WorkBudget();
  for (const recipient of data.recipients) {
    if (recipient.kind !== 'password') continue;
    for (const form of passwordForms(password).octets) {
      const key = await openUnderPassword(recipient, form, { budget, primitives });
      const content = key?.length === cipher.keyLength ? cipher.decrypt(key, primitives) : undefined;
      if (content !== undefined) return { content, ...describe(data, recipient) };
    }
  }
  throw new AppError('input.wrong-password', 'This message does not open with that password.');
}

function readEncrypted(bytes: Uint8Array): EnvelopedData {
  const { contentType, content } = readMessage(bytes);
  const isAuthenticated = contentType === contentTypes.authEnvelopedData;
  if (content === undefined || (contentType !== contentTypes.envelopedData && !isAuthenticated))
    throw new AppError('input.invalid', 'This is not an encrypted message.', { field: 'file', rule: 'enveloped-data' });
  return readEnvelopedData(content, isAuthenticated);
}

const describe = ({ contentType, algorithm }: EnvelopedData, { kind }: RecipientInfo): Omit<OpenedMessage, 'content'> => ({
  contentType,
  encryption: nameOfOid(ciphers, algorithm.oid),
  recipient: kind,
});

/** Keys of the content this key gives for this recipient: none where it is somebody else. */
function contentKeys(
  data: EnvelopedData,
  recipient: RecipientInfo,
  own: MessageKey,
  length: number,
  primitives: MessagePrimitives,
): Uint8Array[] {
  const info = readSubjectPublicKeyInfo(readDer(own.publicKeyInfo));
  const isOwn = (identifier: SignerIdentifier): boolean => isRecipient(identifier, own, info, primitives);
  if (recipient.kind === 'transport') {
    if (info.rsa === undefined || !isOwn(recipient.recipient)) return [];
    // A key of the wrong length is replaced by one that opens nothing, and goes the same way.
    const substitute = primitives.randomBytes(length);
    const key = openTransported(recipient, own.key, primitives);
    return [key?.length === length ? key : substitute];
  }
  if (recipient.kind !== 'agreement' || info.rsa !== undefined) return [];
  const originator = originatorInfo(data, recipient, info);
  if (originator === undefined) return [];
  return recipient.keys
    .filter((each) => isOwn(each.recipient))
    .map(({ encryptedKey }) => {
      const key = openAgreed(recipient, encryptedKey, originator, own.key, primitives);
      return key?.length === length ? key : primitives.randomBytes(length);
    });
}

function isRecipient(
  identifier: SignerIdentifier,
  { certificate }: MessageKey,
  info: SubjectPublicKeyInfo,
  primitives: MessagePrimitives,
): boolean {
  if ('subjectKeyIdentifier' in identifier) {
    const own = certificate?.extensions.subjectKeyIdentifier ?? primitives.digest('sha1', info.publicKey);
    return certificate === undefined || compareOctets(own, identifier.subjectKeyIdentifier) === 0;
  }
  if (certificate === undefined) return true;
  return certificate.serialNumber === identifier.serialNumber && nameKey(certificate.issuer) === nameKey(identifier.issuer);
}

/** The public key an agreement was made with: fresh, or of a certificate that the message brings. */
function originatorInfo(
  { originators }: EnvelopedData,
  { originator }: Extract<RecipientInfo, { kind: 'agreement' }>,
  own: SubjectPublicKeyInfo,
): Uint8Array | undefined {
  if ('publicKey' in originator) return originatorKeyInfo(originator.algorithm, originator.publicKey, own.algorithm);
  const named = originator.certificate;
  return originators.find((certificate) => {
    if ('subjectKeyIdentifier' in named)
      return compareOctets(certificate.extensions.subjectKeyIdentifier ?? new Uint8Array(0), named.subjectKeyIdentifier) === 0;
    return certificate.serialNumber === named.serialNumber && nameKey(certificate.issuer) === nameKey(named.issuer);
  })?.subjectPublicKeyInfo.der;
}

interface OpenCipher {
  readonly keyLength: number;
  decrypt(key: Uint8Array, primitives: MessagePrimitives): Uint8Array | undefined;
}

const cbcCiphers = new Map<string, { readonly cipher: ContentCipher; readonly keyLength: number; readonly ivLength: number }>([
  [ciphers['aes128-CBC'], { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16 }],
  [ciphers['aes192-CBC'], { cipher: 'aes-192-cbc', keyLength: 24, ivLength: 16 }],
  [ciphers['aes256-CBC'], { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16 }],
  [ciphers['des-ede3-cbc'], { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8 }],
]);

const gcmCiphers = new Map<string, { readonly cipher: GcmCipher; readonly keyLength: number }>([
  [ciphers['aes128-GCM'], { cipher: 'aes-128-gcm', keyLength: 16 }],
  [ciphers['aes192-GCM'], { cipher: 'aes-192-gcm', keyLength: 24 }],
  [ciphers['aes256-GCM'], { cipher: 'aes-256-gcm', keyLength: 32 }],
]);

/** @throws AppError input.unsupported-algorithm, input.malformed-der: all of it known before a key is touched */
function contentCipher(data: EnvelopedData): OpenCipher {
  return data.authentication === undefined ? cbcCipher(data) : gcmCipher(data, data.authentication);
}

function cbcCipher({ algorithm, ciphertext }: EnvelopedData): OpenCipher {
  if (algorithm.oid === ciphers['rc2-cbc']) return rc2Cipher(algorithm, ciphertext);
  const known = cbcCiphers.get(algorithm.oid);
  if (known === undefined) throw unsupported(nameOfOid(ciphers, algorithm.oid));
  const { cipher, keyLength, ivLength } = known;
  const iv = algorithm.parameters;
  if (iv?.tag !== tag.octetString || iv.length !== ivLength)
    throw malformed('an initialisation vector of the wrong length', iv?.offset ?? 0);
  return { keyLength, decrypt: (key, primitives) => primitives.decryptCbc(cipher, key, iv.content, ciphertext) };
}

/** Mail of the last century. */
function rc2Cipher(algorithm: AlgorithmIdentifier, ciphertext: Uint8Array): OpenCipher {
  const { bits, iv } = readRc2Parameters(algorithm);
  return { keyLength: bits / 8, decrypt: (key) => decryptRc2Cbc(key, bits, iv, ciphertext) };
}

/** GCMParameters (RFC 5084 section 3.2): a nonce, and how long the tag is. */
function gcmCipher(
  { algorithm, ciphertext }: EnvelopedData,
  { additionalData, tag: authenticationTag }: NonNullable<EnvelopedData['authentication']>,
): OpenCipher {
  const known = gcmCiphers.get(algorithm.oid);
  if (known === undefined) throw unsupported(nameOfOid(ciphers, algorithm.oid));
  if (algorithm.parameters?.tag !== tag.sequence) throw malformed('GCM without its parameters', 0);
  const cursor = new DerCursor(algorithm.parameters);
  const nonce = cursor.next(tag.octetString);
  const lengthNode = cursor.optional(tag.integer);
  cursor.finish();
  const tagLength = lengthNode === undefined ? 12 : readSmallInteger(lengthNode);
  if (tagLength < 12 || tagLength > 16 || authenticationTag.length !== tagLength || nonce.length === 0 || nonce.length > 64)
    throw malformed('a nonce or tag of the wrong length', nonce.offset);
  const request = { cipher: known.cipher, nonce: nonce.content, additionalData, ciphertext, tag: authenticationTag };
  return { keyLength: known.keyLength, decrypt: (key, primitives) => primitives.decryptGcm({ ...request, key }) };
}

const unsupported = (algorithm: string): AppError =>
  new AppError('input.unsupported-algorithm', 'Content encrypted in this way is not read here.', { algorithm });
