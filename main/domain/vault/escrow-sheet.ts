import { hexDecode, hexEncode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { formatCheckedCode, parseCheckedCode } from './checked-code.ts';

/** A share on paper: which set of sheets it belongs to, its number there, and the share itself. */
export interface EscrowSheet {
  /** Twelve hexadecimal digits. */
  readonly set: string;
  /** From 1. */
  readonly number: number;
  readonly share: Uint8Array;
}

const setOctets = 6;
const shareOctets = 33;
const sheetOctets = 1 + setOctets + shareOctets;

/** So many sheets can be printed, and so many of them can be needed. */
export const sheetBounds = { least: 2, most: 16 } as const;

/** Sixteen groups, ASCII, for printing: letters and digits that a QR code holds as they are. The caller's to wipe. */
export function formatSheet({ set, number, share }: EscrowSheet): Uint8Array {
  const octets = new Uint8Array(sheetOctets);
  const id = hexDecode(set);
  if (id?.length !== setOctets || share.length !== shareOctets) throw new AppError('internal', 'a sheet of the wrong form');
  octets.set([number]);
  octets.set(id, 1);
  octets.set(share, 1 + setOctets);
  const text = formatCheckedCode(octets);
  octets.fill(0);
  return text;
}

/** A sheet as it was scanned or typed; its share is the caller's to wipe. @throws AppError input.invalid with `group` of the first slip */
export function parseSheet(typed: Uint8Array): EscrowSheet {
  const octets = parseCheckedCode(typed, sheetOctets, 'sheet');
  const share = octets.slice(1 + setOctets);
  const sheet = { set: hexEncode(octets.subarray(1, 1 + setOctets)), number: octets[0] ?? 0, share };
  octets.fill(0);
  return sheet;
}
