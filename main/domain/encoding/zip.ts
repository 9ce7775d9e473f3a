import { utf8Encode } from './utf8.ts';

export interface ZipEntry {
  /** Divided by slashes. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** So many entries, and octets of all of them, stay clear of the limits of a ZIP without its 64-bit extension. */
const limits = { entries: 1000, octets: 1 << 28 } as const;

/**
 * Files as one ZIP archive (APPNOTE 6.3.3), stored as they are, which every system opens by itself. Names are UTF-8 (general purpose
 * bit 11). The times are those of the archive: nothing in it says when a file was made. No two entries may bear one name.
 */
export function encodeZip(entries: readonly ZipEntry[]): Uint8Array {
  const total = entries.reduce((sum, { content }) => sum + content.length, 0);
  if (entries.length > limits.entries || total > limits.octets) throw new RangeError('too much for one archive');
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const octets = utf8Encode(name);
    const facts = numbers(
      [2, 0x0800],
      [2, 0],
      [4, noTime],
      [4, crc32(content)],
      [4, content.length],
      [4, content.length],
      [2, octets.length],
    );
    const local = [numbers([4, 0x04034b50], [2, 20]), facts, numbers([2, 0]), octets, content];
    directory.push(
      numbers([4, 0x02014b50], [2, 0x0314], [2, 20]),
      facts,
      numbers([2, 0], [2, 0], [2, 0], [2, 0], [4, ownersOnly], [4, offset]),
      octets,
    );
    parts.push(...local);
    offset += lengthOf(local);
  }
  const length = lengthOf(directory);
  const count = entries.length;
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, length], [4, offset], [2, 0]);
  return join([...parts, ...directory, end]);
}

/** 1 January 1980, the first day a ZIP knows. */
const noTime = 0x0021_0000;

/** A regular file that its owner reads and writes, as Unix systems keep it. */
const ownersOnly = (0o100600 << 16) >>> 0;

/** Little-endian, each of so many octets. */
function numbers(...some: readonly (readonly [octets: 2 | 4, value: number])[]): Uint8Array {
  return Uint8Array.from(some.flatMap(([octets, value]) => Array.from({ length: octets }, (_, at) => (value >>> (8 * at)) & 0xff)));
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, octet) => {
  let rest = octet;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** ISO 3309, as APPNOTE 4.4.7 asks for it. */
function crc32(octets: Uint8Array): number {
  let rest = 0xffffffff;
  for (const octet of octets) rest = (crcTable[(rest ^ octet) & 0xff] ?? 0) ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
