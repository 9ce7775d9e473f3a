/** What was looked at, by whom, how many times, and how often it held. */
export interface Check {
  readonly by: 'openssl' | 'gpg' | 'NSS';
  readonly what: string;
  readonly held: number;
  readonly of: number;
}

/** One thing that holds or does not. */
export const single = (by: Check['by'], what: string, holds: boolean): Check => ({ by, what, held: Number(holds), of: 1 });
