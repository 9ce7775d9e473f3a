import { fixedOctets } from '../encoding/octets.ts';
import { AppError } from '../errors.ts';

/** Crockford's base 32: no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const dataPerGroup = 4;
const octetsPerPair = 5;
const hyphen = 0x2d;

/** How many groups so many octets fill; they are read and written in pairs of groups. */
const groupsOf = (octets: number): number => (octets / octetsPerPair) * 2;

/**
 * Writes octets, a multiple of five, for printing: groups of four characters and a check character, ASCII, for example
 * `0G3XZ-...`. Gives octets, not a string, so that the caller can wipe them.
 */
export function formatCheckedCode(secret: Uint8Array): Uint8Array {
  if (secret.length % octetsPerPair !== 0) throw new AppError('internal', 'a code of a length that fills no whole groups');
  const groups = groupsOf(secret.length);
  const data = toSymbols(secret, groups * dataPerGroup);
  const text = fixedOctets(groups * (dataPerGroup + 2) - 1).fill(hyphen);
  for (let group = 0; group < groups; group++) {
    const symbols = data.subarray(group * dataPerGroup, (group + 1) * dataPerGroup);
    const at = group * (dataPerGroup + 2);
    symbols.forEach((symbol, index) => (text[at + index] = alphabet.charCodeAt(symbol)));
    text[at + dataPerGroup] = alphabet.charCodeAt(checkSymbol(symbols, group));
  }
  data.fill(0);
  return text;
}

/**
 * Reads a code as somebody typed it: either case, I and L for 1, O for 0, spaces and hyphens anywhere or nowhere.
 * A wrong character, two exchanged ones or exchanged groups are told by the check characters, so a typing slip is never
 * mistaken for a wrong code. Gives the secret octets, which the caller wipes.
 * @throws AppError input.invalid with `what`, and `group`, counted from 1, where the first slip is.
 */
export function parseCheckedCode(typed: Uint8Array, octets: number, what: string): Uint8Array {
  const groups = groupsOf(octets);
  const symbols = readSymbols(typed, groups, what);
  const data = fixedOctets(groups * dataPerGroup);
  for (let group = 0; group < groups; group++) {
    const at = group * (dataPerGroup + 1);
    const own = symbols.subarray(at, at + dataPerGroup);
    if (symbols[at + dataPerGroup] !== checkSymbol(own, group)) throw slip(what, group);
    data.set(own, group * dataPerGroup);
  }
  symbols.fill(0);
  const secret = toOctets(data, octets);
  data.fill(0);
  return secret;
}

function readSymbols(typed: Uint8Array, groups: number, what: string): Uint8Array {
  const expected = groups * (dataPerGroup + 1);
  const symbols = fixedOctets(expected);
  let count = 0;
  for (const octet of typed) {
    if (isSeparator(octet)) continue;
    const symbol = symbolOf(octet);
    if (symbol === undefined || count === expected) throw slip(what, Math.min(Math.floor(count / (dataPerGroup + 1)), groups - 1));
    symbols[count++] = symbol;
  }
  if (count < expected) throw slip(what, Math.floor(count / (dataPerGroup + 1)));
  return symbols;
}

const isSeparator = (octet: number): boolean => octet === hyphen || octet === 0x20 || (octet >= 0x09 && octet <= 0x0d);

function symbolOf(octet: number): number | undefined {
  const letter = String.fromCharCode(octet).toUpperCase();
  const read = letter === 'O' ? '0' : letter === 'I' || letter === 'L' ? '1' : letter;
  const symbol = alphabet.indexOf(read);
  return symbol < 0 ? undefined : symbol;
}

function slip(what: string, group: number): AppError {
  return new AppError('input.invalid', `The ${what} has a typing slip in group ${group + 1}.`, { what, group: group + 1 });
}

/**
 * One check symbol over GF(32): each position has a weight of its own, so one wrong symbol or two exchanged ones never
 * cancel out, and the group's number is added, so groups cannot change places.
 */
function checkSymbol(symbols: Uint8Array, group: number): number {
  let sum = group;
  symbols.forEach((symbol, index) => {
    let term = symbol;
    for (let times = 0; times <= index; times++) term = double(term);
    sum ^= term;
  });
  return sum;
}

/** Multiplies by x in GF(2)[x]/(x^5 + x^2 + 1). */
const double = (symbol: number): number => (symbol << 1) ^ (symbol & 16 ? 0x25 : 0);

function toSymbols(octets: Uint8Array, count: number): Uint8Array {
  const symbols = fixedOctets(count);
  for (let index = 0; index < symbols.length; index++) {
    const bit = index * 5;
    const pair = ((octets[bit >> 3] ?? 0) << 8) | (octets[(bit >> 3) + 1] ?? 0);
    symbols[index] = (pair >> (11 - (bit & 7))) & 31;
  }
  return symbols;
}

function toOctets(symbols: Uint8Array, count: number): Uint8Array {
  const octets = fixedOctets(count);
  symbols.forEach((symbol, index) => {
    const bit = index * 5;
    const pair = symbol << (11 - (bit & 7));
    octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (pair >> 8);
    if ((bit & 7) > 3) octets[(bit >> 3) + 1] = (octets[(bit >> 3) + 1] ?? 0) | (pair & 0xff);
  });
  return octets;
}
