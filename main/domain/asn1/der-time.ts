import { AppError } from '../errors.ts';
import { tag } from './der-writer.ts';

/**
 * Time as RFC 5280 section 4.1.2.5 wants it: UTCTime from 1950 through 2049, GeneralizedTime elsewhere; whole seconds, the rest dropped.
 * @throws AppError input.invalid for an invalid date or a year outside 0 to 9999.
 */
export function time(instant: Date): Uint8Array {
  const year = yearOf(instant);
  return year >= 1950 && year < 2050 ? utcTime(instant, year) : generalizedTime(instant);
}

/** GeneralizedTime in any year (invalidityDate, OCSP). @throws AppError input.invalid as `time` does. */
export function generalizedTime(instant: Date): Uint8Array {
  const year = yearOf(instant);
  const out = new Uint8Array(17);
  out[0] = tag.generalizedTime;
  out[1] = 15;
  writePair(out, 2, Math.floor(year / 100));
  return writeRest(out, 4, instant, year);
}

function utcTime(instant: Date, year: number): Uint8Array {
  const out = new Uint8Array(15);
  out[0] = tag.utcTime;
  out[1] = 13;
  return writeRest(out, 2, instant, year);
}

function writeRest(out: Uint8Array, at: number, instant: Date, year: number): Uint8Array {
  writePair(out, at, year % 100);
  writePair(out, at + 2, instant.getUTCMonth() + 1);
  writePair(out, at + 4, instant.getUTCDate());
  writePair(out, at + 6, instant.getUTCHours());
  writePair(out, at + 8, instant.getUTCMinutes());
  writePair(out, at + 10, instant.getUTCSeconds());
  out[at + 12] = 0x5a;
  return out;
}

function writePair(out: Uint8Array, at: number, value: number): void {
  out[at] = 0x30 + Math.floor(value / 10);
  out[at + 1] = 0x30 + (value % 10);
}

function yearOf(instant: Date): number {
  const year = instant.getUTCFullYear();
  if (!(year >= 0 && year <= 9999))
    throw new AppError('input.invalid', 'This is not a date between the years 0 and 9999.', { field: 'date' });
  return year;
}
