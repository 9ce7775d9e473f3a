import { tag } from './der-writer.ts';
import type { DerNode } from './der-reader.ts';
import { malformed } from './der-reader.ts';

/**
 * Time in the one form RFC 5280 section 4.1.2.5 allows: UTCTime `YYMMDDHHMMSSZ` (1950 to 2049) or GeneralizedTime
 * `YYYYMMDDHHMMSSZ`, seconds given, no fraction, no offset. Dates that no calendar has are refused.
 * @throws AppError input.malformed-der
 */
export function readTime(node: DerNode): Date {
  const isUtc = node.tag === tag.utcTime;
  if (!isUtc && node.tag !== tag.generalizedTime) throw malformed('no time where a time belongs', node.offset);
  const yearDigits = isUtc ? 2 : 4;
  const { source, contentOffset: at } = node;
  if (node.length !== yearDigits + 11 || source[node.end - 1] !== 0x5a) throw malformed('a time in a form RFC 5280 forbids', node.offset);
  const shortYear = number(node, at, yearDigits);
  const year = !isUtc ? shortYear : shortYear < 50 ? 2000 + shortYear : 1900 + shortYear;
  return instant(node, year, at + yearDigits);
}

function instant(node: DerNode, year: number, at: number): Date {
  const [month, day] = [number(node, at, 2), number(node, at + 2, 2)];
  const [hour, minute, second] = [number(node, at + 4, 2), number(node, at + 6, 2), number(node, at + 8, 2)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw malformed('a time that does not exist', node.offset);
  }
  return date;
}

function number(node: DerNode, at: number, digits: number): number {
  let value = 0;
  for (let next = at; next < at + digits; next++) {
    const digit = (node.source[next] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) throw malformed('a time with something that is no digit', next);
    value = value * 10 + digit;
  }
  return value;
}

/** An instant as RFC 3339 writes it, to the second, in UTC: `2026-01-31T08:00:00Z`. */
export const formatInstant = (date: Date): string => `${date.toISOString().slice(0, -5)}Z`;
