import type { OpenPgpCardFacts } from '../domain/openpgp/card-application.ts';
import type { OpenPgpAlgorithm } from '../domain/openpgp/algorithm.ts';
import type { CardSecret, CardSigningKey } from '../domain/openpgp/card-key.ts';

/** An OpenPGP card that is in a reader. */
export interface SeenOpenPgpCard extends OpenPgpCardFacts {
  readonly reader: string;
}

/** What opens a card: the PIN of whose it is and the administrator's. UTF-8; the caller's to wipe. */
export interface OpenPgpCardPins {
  readonly pin: Uint8Array;
  readonly adminPin: Uint8Array;
}

/** What a card does for somebody who knows both PINs. Each is sent once for each act and never after it was refused. */
export interface OpenOpenPgpCard {
  /** Tries the PIN before anything is changed. @throws AppError token.pin-incorrect, token.pin-locked */
  checkPin(): Promise<void>;
  /**
   * Sets the places of the key that signs and of the one that opens mail for keys of this kind (key attributes, specification 3.4 of the
   * OpenPGP card, section 4.4.3.9); most cards drop the keys there. @throws AppError token.unlock-code-incorrect, token.mechanism-unsupported
   * for a card that has none of this kind
   */
  prepare(algorithm: OpenPgpAlgorithm): Promise<void>;
  /**
   * Makes a key on the card in the place of the one that signs: nobody ever sees its secret half. `createdAt` counts seconds.
   * @throws AppError as above; token.device-failed where the card does not show the key
   */
  generateSigningKey(createdAt: number): Promise<CardSigningKey>;
  /** Puts a key in the place of the one that signs, or of the one that opens mail. @throws AppError as above */
  putKey(place: 'sign' | 'decrypt', secret: CardSecret): Promise<void>;
  /** What the key that signs makes of a SHA-512 digest: of Ed25519 64 octets, of RSA (PKCS #1 v1.5) as many as the modulus. */
  sign(digest: Uint8Array): Promise<Uint8Array>;
}

/** OpenPGP cards in the readers of this computer. */
export interface OpenPgpCards {
  /**
   * Those that are in these readers, or in all where none are named. Spends no try. A card with several applications is switched to this
   * one, which some mail programs take for a sign-out.
   */
  survey(readers?: readonly string[]): Promise<readonly SeenOpenPgpCard[]>;
  /**
   * Acts on one card and no other, with nobody of ours in between. Nothing is tried a second time by itself.
   * @throws AppError token.openpgp-driver-missing, token.absent, token.removed, token.module-hung, token.device-failed; `left` in a wrong PIN
   */
  withCard<T>(card: Pick<SeenOpenPgpCard, 'serialNumber'>, pins: OpenPgpCardPins, act: (card: OpenOpenPgpCard) => Promise<T>): Promise<T>;
  /** Another PIN, or another administrator's PIN, in the place of the one that is known. @throws AppError as `withCard` */
  changePin(
    card: Pick<SeenOpenPgpCard, 'serialNumber'>,
    change: { readonly of: 'pin' | 'adminPin'; readonly old: Uint8Array; readonly fresh: Uint8Array },
  ): Promise<void>;
  /** Another PIN by the administrator's, which is tried once; its tries are all back then. @throws AppError as `withCard`; token.unlock-code-* */
  unblock(
    card: Pick<SeenOpenPgpCard, 'serialNumber'>,
    secrets: { readonly adminPin: Uint8Array; readonly fresh: Uint8Array },
  ): Promise<void>;
  /**
   * Takes everything off a card, and its PINs are those from the factory. The administrator's PIN is tried once; without one all tries of
   * both are used up. @throws AppError token.unlock-code-*; token.removed; token.device-failed, token.unsupported for a card that cannot
   */
  wipe(card: Pick<SeenOpenPgpCard, 'serialNumber'>, adminPin: Uint8Array | undefined): Promise<void>;
}
