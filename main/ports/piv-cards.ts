import type { SeenReader } from '../domain/token/reader-health.ts';
import type { Attestation } from '../domain/piv/attestation.ts';
import type { SecretMetadata } from '../domain/piv/piv-data.ts';

/** What a PIV card tells of itself without anybody’s PIN. */
export interface PivFacts {
  /** Names the card wherever it is (CHUID); null on one that was never given a name. */
  readonly guid: string | null;
  readonly pin: SecretMetadata;
  readonly puk: SecretMetadata;
  readonly managementKey: Pick<SecretMetadata, 'isFactory'>;
}

/** One PIV card: the reader it is in, and its name, so that another card put in meanwhile is never spoken to. */
export interface PivAddress {
  readonly reader: string;
  readonly guid: string | null;
}

/** PINs, PUKs and PIN counters of PIV cards (NIST SP 800-73-4), asked of the cards themselves. */
export interface PivCards {
  /** Spends no try. Undefined where the card in it is none of these, or cannot be asked now. */
  look(reader: Pick<SeenReader, 'name' | 'atr'>): Promise<PivFacts | undefined>;
  /**
   * Another PIN by the PUK, which is tried once. Both are UTF-8 and stay the caller’s to wipe.
   * @throws AppError token.unlock-code-incorrect with {left}, token.unlock-code-locked, token.pin-refused, token.removed for another card
   */
  unblock(card: PivAddress, puk: Uint8Array, newPin: Uint8Array): Promise<void>;
  /** Another PUK in the place of the old one, which is tried once. @throws AppError as `unblock` */
  changePuk(card: PivAddress, puk: Uint8Array, newPuk: Uint8Array): Promise<void>;
  /** What the card says of the key in this slot, which nobody has verified; undefined where it says nothing. @throws AppError token.removed for another card */
  attest(card: PivAddress, slot: number): Promise<Attestation | undefined>;
  /**
   * Whether so many octets still fit on the card, by its management key (48 hexadecimal digits, the caller's to wipe): PIV cards tell it only
   * to who puts something there, which is taken off again. Undefined where it cannot be told. @throws AppError token.removed for another card
   */
  hasRoom(card: PivAddress, managementKey: Uint8Array, octets: number): Promise<boolean | undefined>;
}
