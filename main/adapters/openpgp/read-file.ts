import { latin1Decode } from '../../domain/encoding/latin1.ts';
import { AppError } from '../../domain/errors.ts';

const begin = /^-----BEGIN PGP ([A-Z ]{1,40})-----[ \t\r]*$/m;

/** What the first armor in a file holds; undefined for a binary file. A packet begins with its highest bit set; text does not. */
export function armorIn(file: Uint8Array): string | undefined {
  return (file[0] ?? 0) >= 0x80 && file[0] !== 0xef ? undefined : begin.exec(latin1Decode(file))?.[1];
}

/** Whether anything but white space stands before or behind the first armor. */
export function hasTextAround(file: Uint8Array): boolean {
  const label = armorIn(file);
  if (label === undefined) return false;
  const text = latin1Decode(file);
  const [before = ''] = text.split(begin, 1);
  const end = `-----END PGP ${label === 'SIGNED MESSAGE' ? 'SIGNATURE' : label}-----`;
  const behind = text.slice(text.indexOf(end, before.length) + end.length);
  return before.trim() !== '' || behind.trim() !== '';
}

/** @throws AppError input.malformed-openpgp for what is no UTF-8: the library would verify something else than what stands there */
export function textOf(file: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  } catch {
    throw malformed('text that is not UTF-8');
  }
}

/** The library's own complaint is left out: it might quote what it read. @throws AppError input.malformed-openpgp */
export async function readOr<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof AppError ? error : malformed('neither a key, a signature nor a message of the expected kind');
  }
}

export const malformed = (what: string): AppError =>
  new AppError('input.malformed-openpgp', `This file cannot be read: ${what}.`, { what });
