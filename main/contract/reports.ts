import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { AlarmRule } from '../domain/watch/alarm-rule.ts';
import { query } from './call.ts';

/** One thing that needs somebody, most urgent first. The window words it by `kind`. */
export interface TodoItem {
  readonly kind:
    | 'stopped'
    | 'held'
    | 'ending'
    | 'uncovered'
    | 'job-stopped'
    | 'job-failures'
    | 'token-unfinished'
    | 'token-authority-key'
    | 'list-due'
    | 'backup-failed'
    | 'backup-old'
    | 'backup-none'
    | 'sink-down'
    | 'alarm'
    | 'escrow-alarm'
    | 'escrow-review'
    | 'escrow-asked'
    | 'unsigned-tail'
    | 'lint';
  readonly personId: string | null;
  readonly name: string | null;
  readonly count: number;
  readonly due: string | null;
  readonly job: string | null;
  /** Of an alarm: what the log was watched for. */
  readonly rule?: AlarmRule;
  /** Serial number of the token that something was begun on. `name` is whose key it is, where it is one. */
  readonly token?: string;
}

export interface Overview {
  readonly practiceName: string;
  readonly people: number;
  readonly left: number;
  /** Can sign and open mail: not who has nothing yet, nor whose certificate was revoked and not replaced. */
  readonly covered: number;
  readonly todo: readonly TodoItem[];
  readonly audit: { readonly entries: number; readonly signedAt: string | null };
  /** Thirteen weeks from the present one; `week` is its Monday (UTC date). */
  readonly endings: readonly { readonly week: string; readonly count: number }[];
  readonly lists: readonly {
    readonly authority: string;
    readonly name: string;
    readonly number: number | null;
    readonly thisUpdate: string | null;
    readonly nextUpdate: string | null;
  }[];
}

export const reports = {
  overview: query<Overview>()({ access: whoMay('reports.overview'), input: z.strictObject({}) }),
};
