import type { KeyQuestion } from '../domain/cms/decrypt-cms.ts';
import type { DecryptionKey } from '../domain/cms/message-primitives.ts';
import { hexDecode } from '../domain/encoding/hex.ts';
import { isSameOctets } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import { subjectPublicKeyOf } from '../domain/key/subject-public-key-info.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import type { Secret } from '../contract/secret.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { FoundToken, Tokens } from '../ports/tokens.ts';
import { pickToken } from './token-list.ts';
import { requireNotLost } from './token-loss.ts';

/** A card that is there, and what it takes to use a key on it. */
export interface CardOrder {
  /** A serial number, or its end. */
  readonly token: string;
  readonly pin: Secret;
  /** The last try may be used up. */
  readonly finalTry: boolean;
}

export interface CardKeyParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
}

/** A card whose PIN may be tried. */
export interface ReadyCard {
  readonly token: FoundToken;
  readonly pin: Uint8Array;
}

/** @throws AppError token.absent, token.lost, token.pin-locked, token.pin-final-try; conflict when several fit */
export async function readyCard({ read, tokens }: CardKeyParts, { token: text, pin, finalTry }: CardOrder): Promise<ReadyCard> {
  const token = pickToken(await tokens.survey(), text);
  await requireNotLost(read(), token.serialNumber);
  requireUsablePin(token.pin, finalTry);
  return { token, pin: pin.reveal() };
}

/** The CKA_ID of the key of a certificate on this card; undefined where it is not on it. */
export async function keyOn({ read }: CardKeyParts, { token }: ReadyCard, { keyId }: CertificateRow): Promise<Uint8Array | undefined> {
  const places = await read().tokens.placesOf([keyId]);
  const place = places.find(({ serialNumber }) => serialNumber === token.serialNumber);
  return place === undefined ? undefined : hexDecode(place.ckaId);
}

/**
 * Asks a card what opening a message takes, and gives a key that answers so. What the card cannot open comes out as nothing, as a wrong
 * padding does: nobody learns from it.
 * @throws AppError token.*
 */
export async function askCard(
  { tokens }: CardKeyParts,
  { token, pin }: ReadyCard,
  ckaId: Uint8Array,
  questions: readonly KeyQuestion[],
): Promise<DecryptionKey & { wipe(): void }> {
  const answers: { readonly question: Uint8Array; readonly answer: Uint8Array }[] = [];
  for (const question of questions) {
    const asked = question.act === 'agree' ? question.publicKeyInfo : question.encryptedKey;
    const challenge = question.act === 'agree' ? subjectPublicKeyOf(asked) : asked;
    const answer = await tokens.open(token, pin, { ckaId, challenge }).catch(nothingOpened);
    if (answer !== undefined) answers.push({ question: asked, answer });
  }
  const answerTo = (asked: Uint8Array) => answers.find(({ question }) => isSameOctets(question, asked))?.answer;
  return {
    decryptPkcs1: (encryptedKey) => copyOf(answerTo(encryptedKey)),
    decryptRaw: () => undefined,
    agree: (publicKeyInfo) => copyOf(answerTo(publicKeyInfo)),
    wipe: () => {
      for (const { answer } of answers) answer.fill(0);
    },
  };
}

/** Whoever opens with it wipes it. */
const copyOf = (answer: Uint8Array | undefined): Uint8Array | undefined => (answer === undefined ? undefined : Uint8Array.from(answer));

function nothingOpened(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'input.invalid') return undefined;
  throw error;
}
