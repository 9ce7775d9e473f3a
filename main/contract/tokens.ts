import { z } from 'zod';
import { roles } from '../domain/access/role.ts';
import type { PinStatus } from '../domain/token/pin-status.ts';
import { push, query } from './call.ts';
import type { CertificateSummary } from './certificates.ts';
import type { JobError } from './enrollment.ts';

export interface TokenSummary {
  readonly serialNumber: string;
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  /** Name of the module that shows it. */
  readonly module: string;
  /** The slot it is in, as its driver describes it. */
  readonly reader: string;
  /** What the token tells about tries, read before anybody is asked for the PIN. */
  readonly pin: PinStatus;
  /** What keys can be made on it, the preferred first: `p256`, `rsa-2048`, and so on. */
  readonly algorithms: readonly string[];
  /** Whose signing key is on it, as recorded; null when nobody's. */
  readonly personId: string | null;
  readonly personName: string | null;
  /** Those recorded as belonging to keys on it, newest first. */
  readonly certificates: readonly CertificateSummary[];
  /** Something was begun on it and not finished: enrol the same person again, or reconcile it with its PIN. */
  readonly unfinished: boolean;
}

/** A driver for tokens. `error` says in words what is wrong when it does not work. */
export interface ModuleSummary {
  readonly name: string;
  readonly library: string;
  readonly state: 'working' | 'missing' | 'unusable' | 'crashed' | 'hung';
  readonly error: JobError | null;
}

const serialNumber = z.string().trim().min(1).max(64);

export const tokens = {
  /** The tokens that are there now, and the drivers that were asked. */
  list: query<{ readonly tokens: readonly TokenSummary[]; readonly modules: readonly ModuleSummary[] }>()({
    access: roles,
    input: z.strictObject({}),
  }),

  /** One of them, by its serial number or the end of it (4 characters or more). */
  show: query<TokenSummary>()({ access: roles, input: z.strictObject({ token: serialNumber }) }),

  /** Tokens came or went, or their PIN's standing changed: the serial numbers that are there now. Sent while somebody is signed in at a window that has listed tokens. */
  changed: push<{ readonly tokens: readonly string[] }>(),
};
