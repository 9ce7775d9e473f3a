import { octetsMade, octetsOf, shortMessage, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import type { OpenCipher } from './content-cipher.ts';
import type { MessagePrimitives } from './message-primitives.ts';
import type { EnvelopedData } from './read-enveloped-data.ts';

export interface OpenedContent {
  readonly content: OctetSource;
  readonly size: number;
  /** SHA-256. */
  readonly digest: Uint8Array;
}

/**
 * The content under one key; undefined where its padding or its tag does not hold. A long one is opened to its end first, with nothing
 * kept of it, so that nobody gets a piece of what does not hold; reading what comes out opens it once more.
 * @throws AppError input.too-large for a long one under a cipher of the last century
 */
export function openContent(
  { ciphertext }: EnvelopedData,
  cipher: OpenCipher,
  key: Uint8Array,
  primitives: MessagePrimitives,
): OpenedContent | undefined {
  const short = ciphertext.wholeUpTo(shortMessage);
  if (short !== undefined) {
    const content = cipher.decrypt(key, short, primitives);
    return content && { content: octetsOf(content), size: content.length, digest: primitives.digest('sha256', content) };
  }
  const content = octetsMade(() => plainPieces(ciphertext, cipher, key, primitives));
  let size = 0;
  function* counted(): Generator<Uint8Array> {
    for (const piece of content.pieces()) {
      size += piece.length;
      yield piece;
    }
  }
  try {
    const digest = primitives.digestPieces('sha256', counted());
    return { content, digest, size };
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.not-decryptable') return undefined;
    throw error;
  }
}

function* plainPieces(source: OctetSource, cipher: OpenCipher, key: Uint8Array, primitives: MessagePrimitives): Generator<Uint8Array> {
  const decipher = cipher.decipher(key, primitives);
  if (decipher === undefined)
    throw new AppError('input.too-large', 'A message of this length is not read under this cipher.', { limit: shortMessage });
  for (const piece of source.pieces()) yield decipher.update(piece);
  const rest = decipher.finish();
  if (rest === undefined) throw new AppError('input.not-decryptable', 'This message does not open with that key.');
  yield rest;
}
