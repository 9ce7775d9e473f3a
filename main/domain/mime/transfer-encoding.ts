import { AppError } from '../errors.ts';
import { firstOf, type Entity } from './entity.ts';

/** The body of an entity as its Content-Transfer-Encoding means it. @throws AppError input.malformed-mail */
export const decodedBody = ({ headers, body }: Entity): Uint8Array => decodeTransfer(body, firstOf(headers, 'content-transfer-encoding'));

/** The octets behind a Content-Transfer-Encoding (RFC 2045 section 6). @throws AppError input.malformed-mail for another one */
function decodeTransfer(body: Uint8Array, encoding: string | undefined): Uint8Array {
  switch (
    (encoding ?? '7bit')
      .replace(/\(.*\)/, '')
      .trim()
      .toLowerCase()
  ) {
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    default:
      throw new AppError('input.malformed-mail', 'This message has a transfer encoding that does not exist.', {
        what: 'transfer encoding',
      });
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(256).fill(-1);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/**
 * Octets outside the alphabet are passed over, as section 6.8 wants it; the padding ends it. One program would read what follows the
 * padding and another not, so that nothing may follow, and the padding must be whole.
 */
function decodeBase64(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil((body.length * 3) / 4));
  let [held, bits, length, letters, padding] = [0, 0, 0, 0, 0];
  for (const octet of body) {
    if (octet === 0x3d) padding++;
    const value = values[octet] ?? -1;
    if (value < 0) continue;
    if (padding > 0) throw malformedBase64();
    letters++;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[length++] = (held >> bits) & 0xff;
  }
  if ((letters + padding) % 4 !== 0 || padding > 2) throw malformedBase64();
  return out.subarray(0, length);
}

const malformedBase64 = (): AppError =>
  new AppError('input.malformed-mail', 'The base64 in this message does not end as it should.', { what: 'base64' });

function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const octet = body[at] ?? 0;
    const softEnd = octet === 0x3d ? softBreak(body, at + 1) : 0;
    if (softEnd > 0) {
      at = softEnd - 1;
      continue;
    }
    const value = octet === 0x3d ? hexValue(body[at + 1]) * 16 + hexValue(body[at + 2]) : -1;
    if (value >= 0) at += 2;
    out[length++] = value >= 0 ? value : octet;
  }
  return out.subarray(0, length);
}

/** Behind `=` and the end of the line, or 0. */
function softBreak(body: Uint8Array, start: number): number {
  let at = start;
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (body[at] === 0x0d) at++;
  return body[at] === 0x0a ? at + 1 : 0;
}

/** So far below zero that no two of them make an octet. */
function hexValue(octet: number | undefined): number {
  const value = Number.parseInt(String.fromCharCode(octet ?? 0), 16);
  return Number.isNaN(value) ? -1000 : value;
}

/** Every line end as CRLF (RFC 8551 section 3.1.1); what has it already comes back as it is. */
export function withCanonicalLineEnds(bytes: Uint8Array): Uint8Array {
  let bare = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) if (bytes[at - 1] !== 0x0d) bare++;
  if (bare === 0) return bytes;
  const out = new Uint8Array(bytes.length + bare);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const octet = bytes[at] ?? 0;
    if (octet === 0x0a && bytes[at - 1] !== 0x0d) out[length++] = 0x0d;
    out[length++] = octet;
  }
  return out;
}
