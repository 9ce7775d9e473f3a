import { compareOctets } from '../asn1/der-writer.ts';
import { asSource, shortMessage, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { ciphers, contentTypes } from '../inspect/oid-names.ts';
import { passwordForms } from '../pfx/password.ts';
import { WorkBudget } from '../pfx/work-budget.ts';
import { nameOfOid } from '../x509/oid.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { contentCipher } from './content-cipher.ts';
import { openContent, type OpenedContent } from './open-content.ts';
import { contentKeys, type MessageKey } from './content-keys.ts';
import type { MessagePrimitives } from './message-primitives.ts';
import { openUnderPassword } from './open-key.ts';
import { readEnvelopedData, type EnvelopedData, type RecipientInfo } from './read-enveloped-data.ts';
import { readMessageIn } from './verify-cms.ts';

export interface OpenedMessage {
  readonly content: OctetSource;
  /** Octets of the content. */
  readonly size: number;
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
  octets: Uint8Array | OctetSource,
  keys: readonly MessageKey[],
  primitives: MessagePrimitives,
  senders: readonly Certificate[] = [],
): OpenedMessage {
  const read = readEncrypted(asSource(octets));
  const data = { ...read, originators: [...read.originators, ...senders] };
  const cipher = contentCipher(data);
  const opened: (OpenedMessage & OpenedContent)[] = [];
  const trials = new Trials(data);
  let isForSomebody = false;
  for (const recipient of data.recipients) {
    for (const key of keys) {
      for (const contentKey of contentKeys(data, recipient, key, cipher.keyLength, primitives)) {
        isForSomebody = true;
        trials.spend();
        const content = openContent(data, cipher, contentKey, primitives);
        if (content !== undefined) opened.push({ ...content, ...describe(data, recipient) });
      }
    }
  }
  const [first, ...others] = opened;
  if (!isForSomebody)
    throw new AppError('input.not-decryptable', 'This message is not for that certificate or key.', { what: 'recipient' });
  if (first === undefined) throw new AppError('input.not-decryptable', 'This message does not open with that key.');
  if (others.some(({ digest }) => compareOctets(digest, first.digest) !== 0)) throw ambiguous();
  const { digest: _, ...message } = first;
  return message;
}

/** What a key has to be asked before a message opens with it. */
export type KeyQuestion =
  | { readonly act: 'decryptPkcs1'; readonly encryptedKey: Uint8Array }
  | { readonly act: 'agree'; readonly publicKeyInfo: Uint8Array };

/**
 * What a key that is somewhere else, and answers later, has to be asked for `decryptWithKeys` to open a message: hand it a key that gives
 * these answers. RSA with OAEP padding is not among them: tokens are asked for the padding that everybody writes.
 * @throws AppError input.invalid for what is no encrypted message, input.malformed-der
 */
export function keyQuestions(
  octets: Uint8Array | OctetSource,
  own: Omit<MessageKey, 'key'>,
  primitives: MessagePrimitives,
): readonly KeyQuestion[] {
  const data = readEncrypted(asSource(octets));
  const questions: KeyQuestion[] = [];
  const listening: MessageKey['key'] = {
    decryptPkcs1: (encryptedKey) => void questions.push({ act: 'decryptPkcs1', encryptedKey }),
    decryptRaw: () => undefined,
    agree: (publicKeyInfo) => void questions.push({ act: 'agree', publicKeyInfo }),
  };
  const { keyLength } = contentCipher(data);
  for (const recipient of data.recipients.slice(0, mostAsked))
    contentKeys(data, recipient, { ...own, key: listening }, keyLength, primitives);
  return questions.slice(0, mostQuestions);
}

const mostAsked = 500;
/** Each may take a card a second. */
const mostQuestions = 5;

/** Without its certificate a key is tried on every recipient, the whole content each time: not without end. */
class Trials {
  #left: number;

  constructor({ ciphertext }: EnvelopedData) {
    const length = ciphertext.wholeUpTo(shortMessage)?.length;
    this.#left = length === undefined ? trialsOfLong : Math.max(20, Math.floor((256 << 20) / Math.max(1, length)));
  }

  /** @throws AppError input.not-decryptable */
  spend(): void {
    if (this.#left-- <= 0) throw ambiguous();
  }
}

const trialsOfLong = 4;

const ambiguous = (): AppError =>
  new AppError('input.not-decryptable', 'It cannot be told for which of its recipients this key is: give its certificate.', {
    what: 'certificate',
  });

/** As `decryptWithKeys`, for a password recipient (RFC 3211). @throws AppError input.wrong-password and as above */
export async function decryptWithPassword(
  octets: Uint8Array | OctetSource,
  password: Uint8Array,
  primitives: MessagePrimitives,
): Promise<OpenedMessage> {
  const data = readEncrypted(asSource(octets));
  const cipher = contentCipher(data);
  const budget = new WorkBudget();
  for (const recipient of data.recipients) {
    if (recipient.kind !== 'password') continue;
    for (const form of passwordForms(password).octets) {
      const key = await openUnderPassword(recipient, form, { budget, primitives });
      const opened = key?.length === cipher.keyLength ? openContent(data, cipher, key, primitives) : undefined;
      if (opened !== undefined) return { content: opened.content, size: opened.size, ...describe(data, recipient) };
    }
  }
  throw new AppError('input.wrong-password', 'This message does not open with that password.');
}

function readEncrypted(source: OctetSource): EnvelopedData {
  const { contentType, content, octets } = readMessageIn(source);
  const isAuthenticated = contentType === contentTypes.authEnvelopedData;
  if (content === undefined || (contentType !== contentTypes.envelopedData && !isAuthenticated))
    throw new AppError('input.invalid', 'This is not an encrypted message.', { field: 'file', rule: 'enveloped-data' });
  return readEnvelopedData(content, isAuthenticated, octets);
}

const describe = ({ contentType, algorithm }: EnvelopedData, { kind }: RecipientInfo): Omit<OpenedMessage, 'content' | 'size'> => ({
  contentType,
  encryption: nameOfOid(ciphers, algorithm.oid),
  recipient: kind,
});
