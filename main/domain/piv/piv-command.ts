import { concatenate, tlv } from '../asn1/der-writer.ts';
import type { CardAnswer, CardCommand } from './card-command.ts';

/** Commands to the PIV application of a card (NIST SP 800-73-4 part 2), and Yubico’s own beside them. */
const octets = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** How a card names its PIN, its PUK and its management key. */
export const pivReference = { pin: 0x80, puk: 0x81, managementKey: 0x9b } as const;

export const selectPiv: CardCommand = { instruction: 0xa4, p1: 4, p2: 0, data: octets(0xa0, 0, 0, 3, 8) };

/** GET DATA of an object, by its tag. */
export const readObject = (tag: Uint8Array): CardCommand => ({ instruction: 0xcb, p1: 0x3f, p2: 0xff, data: tlv(0x5c, tag) });

/** GET DATA of the cardholder unique identifier. */
export const readChuid: CardCommand = readObject(octets(0x5f, 0xc1, 0x02));

/** VERIFY without a PIN: tells how many tries are left and spends none. */
export const askTries: CardCommand = { instruction: 0x20, p1: 0, p2: pivReference.pin };

/** GET METADATA, of a YubiKey. */
export const metadataOf = (reference: number): CardCommand => ({ instruction: 0xf7, p1: 0, p2: reference });

/** RESET RETRY COUNTER: another PIN by the PUK. One try of the PUK. */
export const resetPin = (puk: Uint8Array, newPin: Uint8Array): CardCommand => pair(0x2c, pivReference.pin, puk, newPin);

/** CHANGE REFERENCE DATA of the PUK. One try of the old one. */
export const changePuk = (old: Uint8Array, fresh: Uint8Array): CardCommand => pair(0x24, pivReference.puk, old, fresh);

const pair = (instruction: number, p2: number, first: Uint8Array, second: Uint8Array): CardCommand => ({
  instruction,
  p1: 0,
  p2,
  data: concatenate([padded(first), padded(second)]),
});

/** PINs and PUKs travel in 8 octets, filled up. */
export const pivCodeLength = { minimum: 6, maximum: 8 } as const;

export const fitsPivCode = (code: Uint8Array): boolean => code.length >= pivCodeLength.minimum && code.length <= pivCodeLength.maximum;

function padded(code: Uint8Array): Uint8Array {
  const block = new Uint8Array(pivCodeLength.maximum).fill(0xff);
  block.set(code.subarray(0, pivCodeLength.maximum));
  return block;
}

/** Tries left, as the answer to one that was wrong or asked for nothing but the number; undefined for any other answer. */
export function triesIn({ status }: CardAnswer): number | undefined {
  if (status === 0x6983) return 0;
  return (status & 0xfff0) === 0x63c0 ? status & 0xf : undefined;
}

/** ATTEST, of a YubiKey: what it says of the key at this place, as a certificate. */
export const attest = (slot: number): CardCommand => ({ instruction: 0xf9, p1: slot, p2: 0 });

/** GET DATA of the certificate of the key that attests (slot F9). */
export const readAttestationCertificate: CardCommand = readObject(octets(0x5f, 0xff, 0x01));

/** PUT DATA: an object by its tag, by the management key. Without content the object is taken off. */
export const putObject = (tag: Uint8Array, content: Uint8Array): CardCommand => ({
  instruction: 0xdb,
  p1: 0x3f,
  p2: 0xff,
  data: concatenate([tlv(0x5c, tag), tlv(0x53, content)]),
});

/** An object that neither NIST nor Yubico has a use for: what it is filled with is nobody's certificate. */
export const roomProbe = octets(0x5f, 0x4b, 0x57);

/** "Not enough memory space" (ISO 7816-4, table 6). */
export const isFull = ({ status }: CardAnswer): boolean => status === 0x6a84;

const withManagementKey = (algorithm: number, ...fields: readonly Uint8Array[]): CardCommand => ({
  instruction: 0x87,
  p1: algorithm,
  p2: pivReference.managementKey,
  data: tlv(0x7c, concatenate(fields)),
});

/** GENERAL AUTHENTICATE, its first half: the card is asked for a witness that it has sealed with its management key. */
export const askChallenge = (algorithm: number): CardCommand => withManagementKey(algorithm, tlv(0x80, octets()));

/** GENERAL AUTHENTICATE, its second half: the witness opened, and what the card is to seal in its turn. */
export const proveManagementKey = (algorithm: number, witness: Uint8Array, challenge: Uint8Array): CardCommand =>
  withManagementKey(algorithm, tlv(0x80, witness), tlv(0x81, challenge));
