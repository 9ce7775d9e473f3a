import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { auditActions, type AuditAction } from '../domain/audit/action.ts';
import type { AuditOrigin, AuditOutcome, AuditSubject } from '../domain/audit/entry.ts';
import type { LogVerification } from '../domain/audit/verify.ts';
import { push, query } from './call.ts';
import { id, paging } from './paging.ts';
import type { FileContent } from './secret.ts';

export interface AuditEntryView {
  readonly index: number;
  readonly time: string;
  /** Name of the operator, or null for the core's own acts and strangers. */
  readonly operator: string | null;
  readonly operatorId: string | null;
  readonly action: AuditAction;
  readonly subject: AuditSubject;
  /** Names for the ids in the subject: people and certificates as they are called now. */
  readonly names: Readonly<Record<string, string>>;
  readonly outcome: AuditOutcome;
  readonly error: string | null;
  readonly reason: string | null;
  readonly origin: AuditOrigin;
  readonly leafHash: string;
}

/** Base64 hashes as in RFC 9162 section 2.1.3; the checkpoint is the signed note the path leads to. */
export interface InclusionProofView {
  readonly leafHash: string;
  readonly index: number;
  readonly treeSize: number;
  readonly path: readonly string[];
  readonly rootHash: string;
  readonly holds: boolean;
  readonly checkpointTime: string;
  readonly note: string | null;
}

/** The log at one moment, as it is exported. */
export interface LogHead {
  /** Entries there are, with an unsigned tail. */
  readonly size: number;
  /** Entries under the note. */
  readonly signedSize: number;
  /** The newest signed checkpoint (C2SP tlog-checkpoint). */
  readonly checkpoint: FileContent;
  /** The log's public key in one line (C2SP signed-note). */
  readonly vkey: string;
  /** How a stranger reads and verifies what is exported. */
  readonly guide: FileContent;
}

export const audit = {
  /** Newest first. Asking for the first page is itself logged. */
  list: query<{ readonly entries: readonly AuditEntryView[]; readonly next?: string }>()({
    access: whoMay('audit.list'),
    input: z.strictObject({
      ...paging,
      search: z.string().trim().max(200).optional(),
      actions: z.array(z.enum(auditActions)).max(auditActions.length).optional(),
      outcomes: z.array(z.enum(['success', 'refused', 'failed'])).optional(),
      person: id.optional(),
      certificate: id.optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      ascending: z.boolean().default(false),
    }),
    audit: 'audit.read',
  }),

  show: query<AuditEntryView & { readonly proof: InclusionProofView | null }>()({
    access: whoMay('audit.show'),
    input: z.strictObject({ index: z.int().min(0) }),
  }),

  /** Recomputes every hash and checks every signature from the stored leaves alone. */
  verify: query<LogVerification & { readonly checkedAt: string; readonly firstTime: string | null; readonly signedTime: string | null }>()({
    access: whoMay('audit.verify'),
    input: z.strictObject({}),
  }),

  /** What stands beside the leaves when the log is written out; asking for it is itself logged. */
  exportHead: query<LogHead>()({ access: whoMay('audit.exportHead'), input: z.strictObject({}), audit: 'audit.export' }),

  /** Leaves `from` up to, not including, `to`: each as it is hashed and a line feed, and their hashes as stored, 32 octets each. Logged. */
  exportLeaves: query<{ readonly leaves: FileContent; readonly hashes: FileContent }>()({
    access: whoMay('audit.exportLeaves'),
    input: z.strictObject({ from: z.int().min(0), to: z.int().min(1) }).refine(({ from, to }) => from < to && to - from <= 10_000),
    audit: 'audit.read',
  }),

  grown: push<{ readonly size: number }>(),
};
