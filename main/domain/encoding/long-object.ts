import { AppError } from '../errors.ts';
import { firstOctets, octetsMade, type OctetSource } from './octet-source.ts';
import { latin1Decode } from './latin1.ts';
import { strictBase64Pieces } from './base64-pieces.ts';

/** Text in front of a PEM block, and its first line. */
const longestPreamble = 64 << 10;

/**
 * The object of a file that is too long to be decoded at once: DER or BER as it stands, or the first PEM block, or base64.
 * @throws AppError input.malformed-der; when it is read input.malformed-pem
 */
export function longObject(source: OctetSource): OctetSource {
  const front = firstOctets(source, longestPreamble);
  if (front[0] === 0x30 && (front[1] ?? 0) >= 0x80) return source;
  const begin = /-----BEGIN ([A-Za-z0-9][A-Za-z0-9 .#/_]{0,63})-----\r?\n/.exec(latin1Decode(front));
  if (begin === null && !/^[A-Za-z0-9+/\r\n\t ]+$/.test(latin1Decode(front)))
    throw new AppError('input.malformed-der', 'This is neither DER, nor PEM, nor base64 of DER.', { what: 'no known encoding', offset: 0 });
  const body = source.slice(begin === null ? 0 : begin.index + begin[0].length);
  return octetsMade(() => strictBase64Pieces(body.pieces(), begin === null ? undefined : `-----END ${begin[1] ?? ''}-----`));
}
