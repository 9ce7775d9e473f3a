import { AppError } from '../errors.ts';

/** Archives are made of blocks of this many octets (POSIX.1-1988, ustar). */
export const tarBlock = 512;
const longestName = 99;
/** Eleven octal digits. */
const largestFile = 0o77777777777;

export interface TarEntry {
  /** A plain name in ASCII: no folders. */
  readonly name: string;
  readonly octets: number;
}

/** What stands before a file's content: a regular file for its owner only. */
export function tarHeader({ name, octets }: TarEntry, modified: Date): Uint8Array {
  if (!isPlainName(name) || !Number.isSafeInteger(octets) || octets < 0 || octets > largestFile)
    throw new AppError('internal', 'This file does not fit into an archive.');
  const header = new Uint8Array(tarBlock);
  write(header, 0, name);
  write(header, 100, '0000600\0');
  write(header, 108, '0000000\0');
  write(header, 116, '0000000\0');
  write(header, 124, `${octal(octets, 11)}\0`);
  write(header, 136, `${octal(Math.max(0, Math.floor(modified.getTime() / 1000)), 11)}\0`);
  write(header, 156, '0');
  write(header, 257, 'ustar\x0000');
  write(header, 148, `${octal(sumOf(header), 6)}\0 `);
  return header;
}

/** Octets that fill the last block of a file's content. */
export const tarPadding = (octets: number): number => (tarBlock - (octets % tarBlock)) % tarBlock;

/** What ends an archive. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * tarBlock);

/** The entry a block begins, as Keyward writes it; undefined for the block of zeros that ends an archive. @throws AppError integrity.backup-damaged */
export function readTarHeader(block: Uint8Array): TarEntry | undefined {
  if (block.every((octet) => octet === 0)) return undefined;
  const name = read(block, 0, 100);
  const size = read(block, 124, 12);
  const sum = String.fromCharCode(...block.subarray(148, 156));
  const isSound = sum === `${octal(sumOf(block), 6)}\0 ` && read(block, 257, 6) === 'ustar' && block[156] === 0x30;
  if (!isSound || !isPlainName(name) || !/^[0-7]{11}$/.test(size)) throw damaged();
  return { name, octets: Number.parseInt(size, 8) };
}

const damaged = (): AppError => new AppError('integrity.backup-damaged', 'The archive in this backup is not as Keyward writes one.');

const isPlainName = (name: string): boolean => name.length <= longestName && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

function write(header: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) header[at + index] = text.charCodeAt(index);
}

function read(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return String.fromCharCode(...(end < 0 ? field : field.subarray(0, end)));
}

/** The sum of a header's octets, its own field counted as spaces. */
const sumOf = (header: Uint8Array): number => header.reduce((sum, octet, at) => sum + (at >= 148 && at < 156 ? 0x20 : octet), 0);
