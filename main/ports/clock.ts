/** The time of day. Trusted only as far as the machine's owner is. */
export interface Clock {
  now(): Date;
}
