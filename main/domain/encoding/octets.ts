/** Whether two strings of octets are the same. Takes a time that tells how far they are: for nothing that is secret to one who measures it. */
export const isSameOctets = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((octet, at) => octet === b[at]);

/**
 * Gives octets that nobody will look at again back at once, where they fill their buffer: until they were collected, a list of a million
 * entries would be in memory twice.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/**
 * Zeros in a place of their own, for a secret that is to be wiped: V8 keeps arrays of up to 64 octets among its objects, moves them about,
 * and leaves what was there where it was.
 */
export const fixedOctets = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(new ArrayBuffer(length));

/** Whether a string of octets stands somewhere in another. */
export function containsOctets(whole: Uint8Array, part: Uint8Array): boolean {
  const [first = 0] = part;
  for (let at = whole.indexOf(first); at >= 0 && at + part.length <= whole.length; at = whole.indexOf(first, at + 1))
    if (part.every((octet, index) => octet === whole[at + index])) return true;
  return false;
}
