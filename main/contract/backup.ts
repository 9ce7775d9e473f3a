import { z } from 'zod';
import type { ErrorCode } from '../domain/errors.ts';
import { whoMay } from '../domain/access/permissions.ts';
import { command, push, query } from './call.ts';
import { secret, type Secret } from './secret.ts';

export interface BackupMade {
  /** Where it is, for people. */
  readonly path: string;
  readonly created: string;
  readonly octets: number;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  /** Entries of the log that are in it. */
  readonly entries: number;
}

export interface BackupKeyView {
  /** Public half, as age writes it: what backups are locked with. */
  readonly recipient: string;
  readonly madeAt: string;
}

/** What a backup says of itself. */
export interface BackupContent {
  readonly practice: string;
  readonly created: string;
  /** The version of Keyward that made it. */
  readonly keyward: string;
  /** Entries of its log. */
  readonly entries: number;
}

export interface BackupVerdict extends BackupContent {
  /** `good`: whole, and its log and the one here are one log. `other-workspace`: it is of another practice; nothing more was looked at. */
  readonly verdict: 'good' | 'other-workspace';
  /** Entries made here since. */
  readonly behind: number;
  /** Entries it has that are missing here: then this workspace is the older one. */
  readonly ahead: number;
}

export interface BackupRestored extends BackupContent {
  /** The workspace it is in now. */
  readonly directory: string;
  /** Entries of the log that was here before and are not in it; null where there was none to compare with. */
  readonly missing: number | null;
  /** Enrolments that were under way and have ended with it. */
  readonly stoppedJobs: number;
  /** What the practice's log is signed with, to be compared with an earlier one. */
  readonly logKey: string;
}

/** Backups that are made by themselves while Keyward runs. */
export interface BackupSchedule {
  /** Absolute. */
  readonly folder: string;
  /** Days from one to the next. */
  readonly days: number;
  /** How many of them stay. */
  readonly keep: number;
}

export interface BackupStatus {
  readonly key: BackupKeyView | null;
  readonly schedule: BackupSchedule | null;
  /** What the schedule last failed with, while it still does. */
  readonly failure: { readonly at: string; readonly error: ErrorCode } | null;
  /** Newest first; those that are there still, as far as is known. */
  readonly backups: readonly (BackupMade & { readonly isScheduled: boolean })[];
}

/** Absolute, on this computer: the core reads and writes it itself, because a backup is larger than a message may be. */
const path = z
  .string()
  .max(4096)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/);
/** A plain name, never hidden, and only in ASCII: it has to survive every stick. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

/** The practice in one encrypted file, and back. */
export const backup = {
  status: query<BackupStatus>()({ access: whoMay('backup.status'), input: z.strictObject({}) }),

  /** A key for backups from now on; answered once, kept nowhere. What was made for the one before opens with that. */
  makeKey: command<BackupKeyView & { readonly key: Secret }>()({
    access: whoMay('backup.makeKey'),
    input: z.strictObject({}),
    audit: 'backup.key',
    subject: () => ({}),
  }),

  /** Writes a backup into a folder that exists. Without a name it gets one from its moment. Never replaces a file. */
  create: command<BackupMade>()({
    access: whoMay('backup.create'),
    input: z.strictObject({ folder: path, name: name.optional() }),
    audit: 'backup.create',
    subject: () => ({}),
  }),

  /** Opens a backup, checks all of it, and proves that its log and the one here are one log. */
  verify: command<BackupVerdict>()({
    access: whoMay('backup.verify'),
    input: z.strictObject({ path, key: secret() }),
    audit: 'backup.verify',
    subject: () => ({}),
  }),

  /** Has backups made by themselves, or with null no more. */
  schedule: command<{ readonly schedule: BackupSchedule | null }>()({
    access: whoMay('backup.schedule'),
    input: z.strictObject({
      schedule: z.strictObject({ folder: path, days: z.int().min(1).max(90), keep: z.int().min(1).max(100) }).nullable(),
    }),
    audit: 'backup.schedule',
    subject: () => ({}),
  }),

  /**
   * Brings a practice back, where none is. Beside one that has done more than the backup knows, into a directory of its own, it does so only for who names the
   * number of entries that are not in it.
   */
  restore: command<BackupRestored>()({
    access: 'door',
    input: z.strictObject({ path, key: secret(), withoutNewest: z.int().min(1).optional() }),
    audit: 'backup.restore',
    subject: () => ({}),
  }),

  changed: push<Record<string, never>>(),
};
