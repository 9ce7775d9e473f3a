import { base64Decode, base64Encode } from '../encoding/base64.ts';
import { latin1Decode } from '../encoding/latin1.ts';
import { AppError } from '../errors.ts';
import { malformedOpenPgp } from './packet.ts';

const begin = /^-----BEGIN PGP ([A-Z0-9 ,/]{1,40})-----[ \t]*$/;
const maximumBlocks = 100;
const maximumOctets = 16 << 20;

/** One armored block, or the whole file where it is not armored. */
export interface ArmoredBlock {
  /** `PUBLIC KEY BLOCK`, ...; absent for a binary file. */
  readonly label?: string;
  readonly octets: Uint8Array;
}

/** Whether a file is OpenPGP rather than ASN.1: armored somewhere near its beginning, or a packet from its first octet on. */
export const isOpenPgp = (bytes: Uint8Array): boolean =>
  (bytes[0] ?? 0) >= 0x80 || (bytes[0] !== 0x30 && latin1Decode(bytes.subarray(0, 1 << 16)).includes('-----BEGIN PGP '));

/**
 * ASCII armor (RFC 9580 section 6), read laxly: text around it is passed over, lines end in CRLF or LF. A checksum that is
 * there must fit, because it tells a damaged copy early; one that is missing is fine.
 * @throws AppError input.malformed-openpgp with the line
 */
export function readArmor(bytes: Uint8Array): ArmoredBlock[] {
  if (bytes.length > maximumOctets) throw new AppError('input.too-large', 'This file is larger than any key.', { limit: maximumOctets });
  // A packet begins with its highest bit set; text does not.
  if ((bytes[0] ?? 0) >= 0x80) return [{ octets: bytes }];
  const lines = latin1Decode(bytes).split(/\r?\n/);
  const blocks: ArmoredBlock[] = [];
  for (let at = 0; at < lines.length && blocks.length < maximumBlocks; at++) {
    const label = begin.exec(lines[at] ?? '')?.[1];
    if (label === undefined || label === 'SIGNED MESSAGE') continue;
    const end = lines.findIndex((line, index) => index > at && line.startsWith(`-----END PGP ${label}-----`));
    if (end < 0) throw malformedOpenPgp('armor that does not end', at + 1);
    blocks.push({ label, octets: readBody(lines.slice(at + 1, end), at + 2) });
    at = end;
  }
  if (blocks.length === 0) throw malformedOpenPgp('neither packets nor armor', 1);
  return blocks;
}

function readBody(lines: readonly string[], firstLine: number): Uint8Array {
  const blank = lines.findIndex((line) => line.trim() === '');
  const hasHeaders = lines[0]?.includes(': ') === true;
  const body = lines.slice(hasHeaders || blank === 0 ? blank + 1 : 0).filter((line) => line.trim() !== '');
  const last = body.at(-1) ?? '';
  const checksum = /^=[A-Za-z0-9+/]{4}$/.exec(last.trim()) === null ? undefined : base64Decode(last.trim().slice(1));
  const octets = base64Decode((checksum === undefined ? body : body.slice(0, -1)).join(''));
  if (octets === undefined || octets.length === 0) throw malformedOpenPgp('armor that is not base64', firstLine);
  if (checksum !== undefined && crc24(octets) !== ((checksum[0] ?? 0) << 16) + ((checksum[1] ?? 0) << 8) + (checksum[2] ?? 0))
    throw malformedOpenPgp('a checksum that does not fit: the copy is damaged', firstLine);
  return octets;
}

/** RFC 9580 section 6.1.1. */
function crc24(octets: Uint8Array): number {
  let crc = 0xb704ce;
  for (const octet of octets) {
    crc ^= octet << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return crc & 0xffffff;
}

const lineLength = 64;

/** Octets in ASCII armor with their checksum, which GnuPG 2.2 looks for. */
export function writeArmor(label: string, octets: Uint8Array): string {
  const lines = base64Encode(octets).match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  const sum = crc24(octets);
  const checksum = base64Encode(Uint8Array.of(sum >> 16, (sum >> 8) & 0xff, sum & 0xff));
  return [`-----BEGIN PGP ${label}-----`, '', ...lines, `=${checksum}`, `-----END PGP ${label}-----`, ''].join('\n');
}
