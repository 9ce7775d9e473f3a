import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { answeredAtATime } from '../domain/x509/ocsp/response-path.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import type { FileContent } from './secret.ts';

export interface DeviceStatus {
  /**
   * `off`: none is enabled. `ready`: this computer goes on alone. `unusable`: its keychain is locked or not there. `emptied`: its keychain
   * has nothing for Keyward. `replaced`: what it has opens nothing.
   */
  readonly state: 'off' | 'ready' | 'unusable' | 'emptied' | 'replaced';
  readonly device: { readonly machine: string; readonly enabledAt: string; readonly enabledBy: string } | null;
  /** Until when each authority's lists go on without a person, while nothing is revoked; null where they do not. */
  readonly lists: readonly { readonly authority: string; readonly name: string; readonly until: string | null }[];
}

/** A computer that hands out lists of revoked certificates and OCSP responses while nobody is signed in. It can issue and revoke nothing. */
export const device = {
  status: query<DeviceStatus>()({ access: whoMay('device.status'), input: z.strictObject({}) }),

  /** A key pair for this computer, sealed under what its keychain keeps; opens the part of the vault for unattended work alone. */
  enable: command<DeviceStatus>()({
    access: whoMay('device.enable'),
    input: z.strictObject({}),
    audit: 'device.enable',
    subject: () => ({}),
  }),

  /** Locks that part of the vault anew, so that what the computer kept opens nothing; its keychain is cleared where it can be reached. */
  disable: command<{ readonly isKeychainCleared: boolean }>()({
    access: whoMay('device.disable'),
    input: z.strictObject({}),
    audit: 'device.disable',
    subject: () => ({}),
  }),

  /** Hands out every authority's list, the next one where its time has come. Needs nobody: what it gives is public. */
  run: command<{
    readonly files: readonly FileContent[];
    /** Authorities whose next list was handed out. */
    readonly renewed: readonly string[];
    /** Names of those whose list is due and was not signed ahead, or not since the last revocation: somebody has to sign in. */
    readonly owed: readonly string[];
    /** Ids of those that OCSP is answered for. */
    readonly answering: readonly string[];
  }>()({ access: 'door', input: z.strictObject({}), audit: 'device.run', subject: () => ({}) }),

  /** As `ocsp.presign`, by the computer alone. */
  presign: command<{
    readonly files: readonly FileContent[];
    readonly certificates: number;
    readonly next: string | null;
    readonly nextUpdate: string;
    readonly ocspUrl: string | null;
  }>()({
    access: 'door',
    input: z.strictObject({
      authority: id,
      after: z
        .string()
        .regex(/^[0-9a-f]{2,128}$/)
        .optional(),
    }),
    audit: 'authority.ocsp',
    subject: ({ authority }) => ({ authority, by: 'device' }),
  }),
};

/** Responses of one call, and how many days they count: there are always some in force when this runs daily. */
export const unattendedAnswers = { days: 4, limit: answeredAtATime } as const;
