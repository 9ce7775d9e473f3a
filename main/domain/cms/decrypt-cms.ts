import { compareOctets } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import { ciphers, contentTypes } from '../inspect/oid-names.ts';
import { passwordForms } from '../pfx/password.ts';
import { WorkBudget } from '../pfx/work-budget.ts';
import { nameOfOid } from '../x509/oid.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { contentCipher } from './content-cipher.ts';
import { contentKeys, type MessageKey } from './content-keys.ts';
import type { MessagePrimitives } from './message-primitives.ts';
import { openUnderPassword } from './open-key.ts';
import { readEnvelopedData, type EnvelopedData, type RecipientInfo } from './read-enveloped-data.ts';
import { readMessage } from './verify-cms.ts';

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
