import { utf8Decode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';

/** Larger lists are given in parts. */
const mostLines = 500_000;

/**
 * Reads a list of compromised keys, one a line: SHA-256 of the SubjectPublicKeyInfo in hexadecimal, or twenty digits as Debian's
 * openssl-blacklist has them. What follows `#` is a comment. Each key once, lower case.
 * @throws AppError input.invalid with the line; input.empty; input.too-large
 */
export function readCompromisedList(bytes: Uint8Array): readonly string[] {
  const lines = (utf8Decode(bytes) ?? refuse(1)).split(/\r?\n/);
  if (lines.length > mostLines) throw new AppError('input.too-large', 'This list has too many lines.', { limit: mostLines });
  const names = new Set<string>();
  lines.forEach((line, at) => {
    const name = line.replace(/#.*$/, '').trim().toLowerCase();
    if (name === '') return;
    if (!/^([0-9a-f]{64}|[0-9a-f]{20})$/.test(name)) refuse(at + 1);
    names.add(name);
  });
  if (names.size === 0) throw new AppError('input.empty', 'There is no key in this list.', { field: 'file' });
  return [...names];
}

function refuse(line: number): never {
  throw new AppError('input.invalid', 'A line of this list is neither a fingerprint of a key nor a comment.', { field: 'file', line });
}
