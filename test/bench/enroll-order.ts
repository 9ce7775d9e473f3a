import type { RawOrder } from './raw-limit.ts';

export interface EnrollOrder {
  readonly people: number;
  readonly subject: RawOrder['subject'];
  readonly issuer: RawOrder['issuer'];
}

export interface Enrolled {
  /** Certificates a second. */
  readonly perSecond: number;
  /** Microseconds of processor for each certificate, of all threads together. */
  readonly ownPerCertificate: number;
  /** Milliseconds. */
  readonly loopDelayP99: number;
  /** The most the process held, resident. */
  readonly megabytes: number;
}
