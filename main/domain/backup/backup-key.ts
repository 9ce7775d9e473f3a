import { AppError } from '../errors.ts';

/** An X25519 scalar: what a backup opens with. */
export const backupKeyOctets = 32;

/** Bech32 (BIP 173), as the age format writes its identities. */
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const prefix = 'age-secret-key-';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const checkSymbols = 6;
const wholeLength = prefix.length + 1 + Math.ceil((backupKeyOctets * 8) / 5) + checkSymbols;

/** Writes the key as age reads it, `AGE-SECRET-KEY-1…`. Gives octets, not a string, so that the caller can wipe them. */
export function formatBackupKey(secret: Uint8Array): Uint8Array {
  if (secret.length !== backupKeyOctets) throw new AppError('internal', 'a backup key of the wrong length');
  const data = regroup(secret, 8, 5);
  const symbols = Uint8Array.of(...data, ...checksum(data));
  const text = new Uint8Array(wholeLength);
  for (let at = 0; at < prefix.length; at++) text[at] = upper(prefix.charCodeAt(at));
  text[prefix.length] = 0x31;
  symbols.forEach((symbol, at) => (text[prefix.length + 1 + at] = upper(alphabet.charCodeAt(symbol))));
  data.fill(0);
  symbols.fill(0);
  return text;
}

/**
 * Reads a key as age-keygen writes it (lines that begin with # say nothing) or as somebody typed it, in either case and with spaces
 * anywhere. Six check symbols tell every typing slip of up to four symbols. Gives the scalar, which the caller wipes.
 * @throws AppError input.invalid
 */
export function parseBackupKey(typed: Uint8Array): Uint8Array {
  const text = withoutComments(typed);
  const symbols = text.subarray(prefix.length + 1).map((octet) => alphabet.indexOf(String.fromCharCode(octet)));
  try {
    const isWhole = text.length === wholeLength && startsRight(text) && !symbols.includes(0xff);
    if (!isWhole || polymod([...expandedPrefix(), ...symbols]) !== 1) throw slip();
    return regroup(symbols.subarray(0, -checkSymbols), 5, 8).subarray(0, backupKeyOctets);
  } finally {
    text.fill(0);
    symbols.fill(0);
  }
}

const slip = (): AppError => new AppError('input.invalid', 'This is no backup key, or it has a typing slip.', { field: 'backup key' });

const upper = (octet: number): number => (octet >= 0x61 && octet <= 0x7a ? octet - 0x20 : octet);
const lower = (octet: number): number => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet);

function withoutComments(typed: Uint8Array): Uint8Array {
  const kept = new Uint8Array(typed.length);
  let [length, isComment] = [0, false];
  typed.forEach((octet) => {
    if (octet === 0x0a || octet === 0x0d) isComment = false;
    else if (octet === 0x23) isComment = true;
    if (!isComment && octet > 0x20) kept[length++] = lower(octet);
  });
  return kept.subarray(0, length);
}

function startsRight(text: Uint8Array): boolean {
  for (let at = 0; at < prefix.length; at++) if (text[at] !== prefix.charCodeAt(at)) return false;
  return text[prefix.length] === 0x31;
}

const expandedPrefix = (): number[] => {
  const octets = Array.from(prefix, (letter) => letter.charCodeAt(0));
  return [...octets.map((octet) => octet >> 5), 0, ...octets.map((octet) => octet & 31)];
};

function checksum(data: Uint8Array): number[] {
  const sum = polymod([...expandedPrefix(), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  return [0, 1, 2, 3, 4, 5].map((at) => (sum >>> (5 * (5 - at))) & 31);
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, bit) => (sum ^= (top >>> bit) & 1 ? generator : 0));
  }
  return sum >>> 0;
}

/** Groups of bits into groups of another width; the last is filled with zeros. */
function regroup(values: Uint8Array, from: number, to: number): Uint8Array {
  const result = new Uint8Array(Math.ceil((values.length * from) / to));
  let [held, bits, at] = [0, 0, 0];
  for (const value of values) {
    held = (held << from) | value;
    bits += from;
    for (; bits >= to; bits -= to) result[at++] = (held >>> (bits - to)) & ((1 << to) - 1);
    held &= (1 << bits) - 1;
  }
  if (bits > 0) result[at] = (held << (to - bits)) & ((1 << to) - 1);
  return result;
}
