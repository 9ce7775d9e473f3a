import { hexEncode } from '../encoding/hex.ts';
import { bigEndian, malformedOpenPgp, newLength } from './packet.ts';

/** What a signature claims (RFC 9580 section 5.2). Nobody has verified it. */
export interface SignatureClaims {
  readonly version: number;
  /** RFC 9580 section 5.2.1. */
  readonly type: number;
  readonly created?: Date;
  /** Seconds after the creation of the key. */
  readonly keyExpiration?: number;
  readonly keyFlags?: number;
  readonly isPrimaryUserId?: boolean;
  readonly issuerKeyId?: string;
  readonly issuerFingerprint?: string;
}

type Draft = { -readonly [P in keyof SignatureClaims]: SignatureClaims[P] };

/** @throws AppError input.malformed-openpgp with the octet within the packet */
export function readSignaturePacket(body: Uint8Array): SignatureClaims {
  const version = bigEndian(body, 0, 1);
  if (version === 2 || version === 3) {
    const created = new Date(bigEndian(body, 3, 4) * 1000);
    return { version, type: bigEndian(body, 2, 1), created, issuerKeyId: hexEncode(body.subarray(7, 15)) };
  }
  if (version !== 4 && version !== 6) return { version, type: body.length > 1 ? (body[1] ?? 0) : 0 };
  const size = version === 6 ? 4 : 2;
  const claims: Draft = { version, type: bigEndian(body, 1, 1) };
  const hashedEnd = 4 + size + bigEndian(body, 4, size);
  readSubpackets(body, 4 + size, hashedEnd, claims, true);
  const unhashedEnd = hashedEnd + size + bigEndian(body, hashedEnd, size);
  readSubpackets(body, hashedEnd + size, unhashedEnd, claims, false);
  return claims;
}

/** Outside of what is hashed anybody could write anything: only who signed is taken from there. */
function readSubpackets(body: Uint8Array, start: number, end: number, claims: Draft, isHashed: boolean): void {
  if (end > body.length) throw malformedOpenPgp('subpackets past the end', start);
  for (let at = start; at < end;) {
    const { length, size } = newLength(body, at);
    const typeAt = at + size;
    if (length === 0 || typeAt + length > end) throw malformedOpenPgp('a subpacket past the end', at);
    const type = (body[typeAt] ?? 0) & 0x7f;
    const value = body.subarray(typeAt + 1, typeAt + length);
    if (type === 16) claims.issuerKeyId ??= hexEncode(value);
    else if (type === 33) claims.issuerFingerprint ??= hexEncode(value.subarray(1));
    else if (isHashed) readHashed(type, value, claims);
    at = typeAt + length;
  }
}

function readHashed(type: number, value: Uint8Array, claims: Draft): void {
  if (type === 2) claims.created = new Date(bigEndian(value, 0, 4) * 1000);
  else if (type === 9) claims.keyExpiration = bigEndian(value, 0, 4);
  else if (type === 25) claims.isPrimaryUserId = value[0] === 1;
  else if (type === 27) claims.keyFlags = value[0] ?? 0;
}
