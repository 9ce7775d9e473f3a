import { utf8Encode } from '../encoding/utf8.ts';

/** A longer entry has no place in a bundle: its length stands in two octets. */
const maximumEntryOctets = 65_535;

/** Whether an entry has its place in a bundle. Few are long enough to be counted. */
export const fitsBundle = (leaf: string): boolean => leaf.length * 3 <= maximumEntryOctets || utf8Encode(leaf).length <= maximumEntryOctets;

/** The entries of one tile as C2SP tlog-tiles has them, each with its length before it; undefined where one is too long for that. */
export function entryBundle(leaves: readonly string[]): Uint8Array | undefined {
  const entries = leaves.map(utf8Encode);
  if (entries.some(({ length }) => length > maximumEntryOctets)) return undefined;
  const octets = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    octets.set([entry.length >> 8, entry.length & 0xff], at);
    octets.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return octets;
}
