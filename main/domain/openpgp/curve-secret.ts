import { isSameOctets } from '../encoding/octets.ts';
import { hexDecode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { bigEndian } from './packet.ts';

/** The secret half of a key on Curve25519, out of its packet. The scalar is the caller's to wipe. */
export interface CurveSecret {
  readonly curve: 'ed25519' | 'x25519';
  /** The content of its Public-Key packet (RFC 9580 section 5.5.2). */
  readonly publicPart: Uint8Array;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** The native point, without the octet 0x40 in front of it (RFC 9580 section 11.2.2). */
  readonly point: Uint8Array;
  /** 32 octets as the packet has them: of X25519 the last octet comes first. */
  readonly scalar: Uint8Array;
}

const curves = [
  { curve: 'ed25519', algorithm: 22, oid: hexDecode('092b06010401da470f01') ?? new Uint8Array(), hasKdf: false },
  { curve: 'x25519', algorithm: 18, oid: hexDecode('0a2b060104019755010501') ?? new Uint8Array(), hasKdf: true },
] as const;

const [versionAt, timeAt, algorithmAt, curveAt] = [0, 1, 5, 6];
const pointSize = 33;
const scalarSize = 32;

/**
 * Reads the content of a version 4 Secret-Key packet that is not encrypted and holds a key on Curve25519, as Keyward makes them
 * (RFC 9580 sections 5.5.3, 5.5.5.5 and 5.5.5.6). @throws AppError token.mechanism-unsupported for any other
 */
export function readCurveSecret(body: Uint8Array): CurveSecret {
  const kind = curves.find(
    ({ algorithm, oid }) => body[algorithmAt] === algorithm && isSameOctets(body.subarray(curveAt, curveAt + oid.length), oid),
  );
  if (kind === undefined || bigEndian(body, versionAt, 1) !== 4)
    throw new AppError('token.mechanism-unsupported', 'Only OpenPGP keys on Curve25519 are put on a card.');
  const pointAt = curveAt + kind.oid.length + 2;
  const kdfAt = pointAt + pointSize;
  const publicEnd = kind.hasKdf ? kdfAt + 1 + bigEndian(body, kdfAt, 1) : kdfAt;
  const scalarAt = publicEnd + 3;
  const length = Math.ceil(bigEndian(body, publicEnd + 1, 2) / 8);
  const scalar = new Uint8Array(scalarSize);
  scalar.set(body.subarray(scalarAt, scalarAt + length), scalarSize - length);
  return {
    curve: kind.curve,
    publicPart: body.subarray(0, publicEnd),
    createdAt: bigEndian(body, timeAt, 4),
    point: body.subarray(pointAt + 1, kdfAt),
    scalar,
  };
}
