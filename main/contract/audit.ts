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

/** The log at one moment, as it is exported: as much of it as is signed. */
export interface LogHead {
  /** Entries under the newest signature. */
  readonly size: number;
  /** Newer entries that nobody has signed yet; they are not exported. */
  readonly unsignedTail: number;
  /** The log's public key in one line (C2SP signed-note). */
  readonly vkey: string;
  /** What stands beside the entries: the signed checkpoint (C2SP tlog-checkpoint), the key, a guide and a script that verify without Keyward. */
  readonly files: readonly FileContent[];
}

const filters = {
  search: z.string().trim().max(200).optional(),
  actions: z.array(z.enum(auditActions)).max(auditActions.length).optional(),
  outcomes: z.array(z.enum(['success', 'refused', 'failed'])).optional(),
  person: id.optional(),
  certificate: id.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
};

const size = z.int().min(1);

export interface SelectionPart {
  readonly lines: FileContent;
  readonly entries: number;
  readonly unsigned: number;
  readonly next?: string;
}

export const audit = {
  /** Newest first. Asking for the first page is itself logged. */
  list: query<{ readonly entries: readonly AuditEntryView[]; readonly next?: string }>()({
    access: whoMay('audit.list'),
    input: z.strictObject({
      ...paging,
      ...filters,
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

  /** Begins an export, of the whole log or of chosen entries, and is logged as that. */
  exportHead: query<LogHead>()({
    access: whoMay('audit.exportHead'),
    input: z.strictObject({ part: z.enum(['whole', 'selection']).default('whole') }),
    audit: 'audit.export',
    subject: ({ part }) => ({ part }),
  }),

  /**
   * Files of the entries from `from` on of a log of `size` entries: entries as lines, and the tiles of C2SP tlog-tiles that they fill. `next`
   * is the next `from`; null once all entries were given. Logged.
   */
  exportPart: query<{ readonly files: readonly FileContent[]; readonly next: number | null }>()({
    access: whoMay('audit.exportPart'),
    input: z.strictObject({ size, from: z.int().min(0).multipleOf(256) }),
    audit: 'audit.read',
  }),

  /** The tiles above those of entries, for a log of that size. */
  exportUpperTiles: query<{ readonly files: readonly FileContent[] }>()({
    access: whoMay('audit.exportUpperTiles'),
    input: z.strictObject({ size }),
  }),

  /**
   * Entries that the filters choose, oldest first, each in a line with its path to the checkpoint over `size` entries. Newer ones are counted
   * in `unsigned` and not given. Logged.
   */
  exportSelection: query<SelectionPart>()({
    access: whoMay('audit.exportSelection'),
    input: z.strictObject({ size, ...filters, after: paging.after, limit: paging.limit }),
    audit: 'audit.read',
  }),

  grown: push<{ readonly size: number }>(),
};
