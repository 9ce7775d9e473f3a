import { AppError } from '../errors.ts';

/** A certificate's validity: both instants belong to it (RFC 5280 section 4.1.2.5). Whole seconds. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const second = 1000;
const day = 86_400 * second;

/** How far a new certificate's notBefore lies in the past, for readers whose clocks run behind. */
const backdating = 300 * second;

/** Days of validity as S/MIME BR section 6.3.2 counts: 86,400 seconds each, every part of a day a day, the last second included. */
export const validityDays = ({ notBefore, notAfter }: Validity): number =>
  Math.ceil((notAfter.getTime() - notBefore.getTime() + second) / day);

/** Whether an instant belongs to it. */
export const isValidAt = ({ notBefore, notAfter }: Validity, time: Date): boolean => notBefore <= time && time <= notAfter;

/**
 * The validity that begins at `notBefore` and lasts exactly that many days, or ends with the issuer's where that is sooner.
 * @throws AppError input.invalid for a number of days that is not whole and positive; path.expired when the issuer's ends before it begins
 */
export function validityFrom(notBefore: Date, days: number, issuerNotAfter?: Date): Validity {
  if (!Number.isSafeInteger(days) || days < 1)
    throw new AppError('input.invalid', 'Validity is a whole number of days.', { field: 'validityDays' });
  const begin = wholeSecond(notBefore.getTime());
  const end = begin + days * day - second;
  const last = issuerNotAfter === undefined ? end : Math.min(end, wholeSecond(issuerNotAfter.getTime()));
  if (last <= begin) throw new AppError('path.expired', 'The issuing authority is no longer valid when this certificate would begin.');
  return { notBefore: new Date(begin), notAfter: new Date(last) };
}

/** The notBefore of a certificate issued now: a little in the past, but never before the issuer's own. */
export function notBeforeAt(now: Date, issuerNotBefore?: Date): Date {
  const backdated = wholeSecond(now.getTime() - backdating);
  return new Date(issuerNotBefore === undefined ? backdated : Math.max(backdated, issuerNotBefore.getTime()));
}

const wholeSecond = (milliseconds: number): number => Math.floor(milliseconds / second) * second;
