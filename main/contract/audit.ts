import { z } from 'zod';
import type { ErrorCode } from '../domain/errors.ts';
import { whoMay } from '../domain/access/permissions.ts';
import { auditActions, type AuditAction } from '../domain/audit/action.ts';
import { eventFormats } from '../domain/audit-formats/event-files.ts';
import type { AuditOrigin, AuditOutcome, AuditSubject } from '../domain/audit/entry.ts';
import type { Comparison } from '../domain/audit/compare-checkpoint.ts';
import type { RollbackSuspicion } from '../domain/audit/kept-checkpoint.ts';
import type { LogVerification } from '../domain/audit/verify.ts';
import { command, push, query } from './call.ts';
import { id, paging } from './paging.ts';
import { fileContent, type FileContent } from './secret.ts';

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
  /** Entries from the first on whose contents are in archives. */
  readonly archived: number;
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
/** Certificates, in PEM or DER. */
const trust = z.array(fileContent()).min(1).max(20);
const oid = z
  .string()
  .max(100)
  .regex(/^[012](\.(0|[1-9]\d{0,15})){1,30}$/);

/** Absolute, on this computer: the core reads and writes it itself, because an archive may be larger than a message. */
const archivePath = z
  .string()
  .max(4096)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/);

/** A file that contents of the log went to; entries from `from` on, and before `to`. */
export interface ArchiveView {
  readonly from: number;
  readonly to: number;
  readonly path: string;
  readonly createdAt: string;
  readonly octets: number;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
}

/** A suspicion that somebody explained. It is told for ever. */
export interface ExplainedRollback extends RollbackSuspicion {
  readonly explanation: string;
  /** Name of who explained it. */
  readonly operator: string;
  readonly time: string;
}

/** Whether the log is the one that kept checkpoints counted. */
export interface RollbackStanding {
  /** Where checkpoints are kept at each sign-in and lock; null where nowhere is set. */
  readonly folder: string | null;
  /** What nobody has explained yet. */
  readonly suspicion: RollbackSuspicion | null;
  readonly explained: readonly ExplainedRollback[];
  /** Why the folder could not be looked at; null where it could, or none is set. */
  readonly unreachable: ErrorCode | null;
}

/** What the log is to a total that somebody brought. */
export interface CheckpointComparison extends Comparison {
  /** Entries the log has. */
  readonly entries: number;
  /** What is suspected from now on, or was before; null where nothing is, or what was brought is not signed. */
  readonly suspicion: RollbackSuspicion | null;
}

/** Somebody else's word for a checkpoint, judged when it is looked at. */
export interface CheckpointProofView {
  readonly kind: 'time-stamp' | 'cosignature';
  /** Entries the checkpoint counts. */
  readonly size: number;
  /** The address that was asked, or the file with the answer. */
  readonly source: string;
  /** When it was taken in. */
  readonly at: string;
  /** As the authority or the witness says; null where it cannot be read. */
  readonly time: string | null;
  /** The subject that a time-stamp leads to; the name and id of a witness's key. */
  readonly authority: string;
  readonly holds: boolean;
  readonly findings: readonly string[];
}

export interface SelectionPart {
  readonly lines: FileContent;
  readonly entries: number;
  readonly unsigned: number;
  readonly next?: string;
}

export interface EventsPart {
  readonly file: FileContent;
  readonly size: number;
  /** Entries given so far, this answer's among them. */
  readonly done: number;
  readonly next?: string;
}

export const audit = {
  /** Newest first. Asking for the first page is itself logged. */
  list: query<{
    readonly entries: readonly AuditEntryView[];
    readonly next?: string;
    /** Every time somebody opened the escrow alone, newest first, whatever was asked for; with the first page, unless it is about somebody. */
    readonly alarms: readonly AuditEntryView[];
  }>()({
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
  verify: query<
    LogVerification & {
      readonly archived: number;
      readonly checkedAt: string;
      readonly firstTime: string | null;
      readonly signedTime: string | null;
    }
  >()({
    access: whoMay('audit.verify'),
    input: z.strictObject({}),
  }),

  /**
   * Begins an export, of the whole log or of chosen entries, and is logged as that. What is in archives is in it by its hashes, and a file `sealed`
   * says so; with archives, `exportPart` takes the contents from there.
   */
  exportHead: query<LogHead>()({
    access: whoMay('audit.exportHead'),
    input: z.strictObject({ part: z.enum(['whole', 'selection']).default('whole'), withArchives: z.boolean().default(false) }),
    audit: 'audit.export',
    subject: ({ part }) => ({ part }),
  }),

  /**
   * Files of the entries from `from` on of a log of `size` entries: entries as lines, and the tiles of C2SP tlog-tiles that they fill. `next`
   * is the next `from`; null once all entries were given. Logged.
   */
  exportPart: query<{ readonly files: readonly FileContent[]; readonly next: number | null }>()({
    access: whoMay('audit.exportPart'),
    input: z.strictObject({ size, from: z.int().min(0).multipleOf(256), archives: z.array(archivePath).max(100).default([]) }),
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

  /**
   * Entries that the filters choose, oldest first, as another system takes them: a piece of one file, or with `apart` a file of its own. They
   * come without proof. `size` and `done` are of the answer before: entries the log had at the beginning, and how many were given.
   */
  exportEvents: query<EventsPart>()({
    access: whoMay('audit.exportEvents'),
    input: z.strictObject({
      format: z.enum(eventFormats),
      apart: z.boolean().default(false),
      ...filters,
      size: size.optional(),
      done: z.int().min(0).default(0),
      after: paging.after,
    }),
    audit: 'audit.export',
    subject: ({ format, done }) => ({ part: 'events', format, done }),
  }),

  /** The newest signed checkpoint (C2SP tlog-checkpoint), to be kept where nobody here can change it. */
  checkpoint: query<{ readonly size: number; readonly time: string; readonly vkey: string; readonly file: FileContent }>()({
    access: whoMay('audit.checkpoint'),
    input: z.strictObject({}),
    audit: 'audit.export',
    subject: () => ({ part: 'checkpoint' }),
  }),

  /** The same on a page to print: the signed note, its key, a QR code of it, and a short hash to compare by eye. HTML without scripts. */
  checkpointSheet: query<{
    readonly size: number;
    readonly time: string;
    readonly vkey: string;
    readonly shortHash: string;
    readonly file: FileContent;
  }>()({
    access: whoMay('audit.checkpointSheet'),
    input: z.strictObject({}),
    audit: 'audit.export',
    subject: () => ({ part: 'checkpoint', way: 'paper' }),
  }),

  /**
   * Is the log the one that was counted by this checkpoint, be it pasted, scanned or typed, or by this count and short hash? What is signed and
   * does not fit is suspected from then on.
   */
  compareCheckpoint: query<CheckpointComparison>()({
    access: whoMay('audit.compareCheckpoint'),
    input: z.strictObject({ checkpoint: fileContent() }),
  }),

  /** Sends the newest checkpoint's hash to a time-stamping authority (RFC 3161) and keeps its answer once it is known to hold. */
  timeStamp: command<CheckpointProofView>()({
    access: whoMay('audit.timeStamp'),
    input: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(1000), trust, policy: oid.optional() }),
    audit: 'audit.time-stamp',
    subject: () => ({ way: 'network' }),
  }),

  /** The request for such a time-stamp as a file (TimeStampReq), for whoever is not connected. It waits for its answer. */
  timeStampRequest: command<{ readonly size: number; readonly file: FileContent }>()({
    access: whoMay('audit.timeStampRequest'),
    input: z.strictObject({ policy: oid.optional() }),
    audit: 'audit.time-stamp-request',
    subject: () => ({}),
  }),

  /** Takes in the answer to such a request (TimeStampResp). */
  takeTimeStamp: command<CheckpointProofView>()({
    access: whoMay('audit.takeTimeStamp'),
    input: z.strictObject({ response: fileContent(), trust }),
    audit: 'audit.time-stamp',
    subject: () => ({ way: 'file' }),
  }),

  /** What others have said for checkpoints of this log, oldest first. */
  checkpointProofs: query<{ readonly proofs: readonly CheckpointProofView[] }>()({
    access: whoMay('audit.checkpointProofs'),
    input: z.strictObject({}),
  }),

  /** Sets the folder that gets the newest checkpoint at each sign-in and lock, and is looked at each time; null: none. */
  keepCheckpoints: command<{ readonly folder: string | null }>()({
    access: whoMay('audit.keepCheckpoints'),
    input: z.strictObject({ folder: z.string().min(1).max(1000).nullable() }),
    audit: 'audit.keep-checkpoints',
    subject: ({ folder }) => ({ isSet: folder !== null }),
  }),

  /** Is the log the one that these checkpoints counted, or without any the newest in the set folder? */
  checkKept: query<RollbackStanding>()({
    access: whoMay('audit.checkKept'),
    input: z.strictObject({ checkpoints: z.array(fileContent()).min(1).max(1000).optional() }),
  }),

  /** Explains what is suspected, for the log. From then on it is told as explained. */
  explainRollback: command<null>()({
    access: whoMay('audit.explainRollback'),
    input: z.strictObject({ explanation: z.string().trim().min(3).max(1000) }),
    audit: 'audit.explain-rollback',
    subject: () => ({}),
  }),

  /** Files that contents of old entries went to, newest first. */
  archives: query<{ readonly archives: readonly ArchiveView[] }>()({ access: whoMay('audit.archives'), input: z.strictObject({}) }),

  /**
   * Moves the contents of what is older than the policy asks for into a file that proves itself; their hashes stay, so that every proof of the log
   * holds on. Never replaces a file.
   */
  archive: command<{
    readonly from: number;
    readonly to: number;
    readonly path: string;
    readonly octets: number;
    readonly sha256: string;
  }>()({
    access: whoMay('audit.archive'),
    input: z.strictObject({ path: archivePath }),
    audit: 'audit.archive',
    subject: () => ({}),
  }),

  /** Recomputes an archive and holds it against the hashes that stayed in this log. */
  checkArchive: query<{ readonly from: number; readonly to: number; readonly isOfThisLog: boolean }>()({
    access: whoMay('audit.checkArchive'),
    input: z.strictObject({ path: archivePath }),
    audit: 'audit.read',
  }),

  grown: push<{ readonly size: number }>(),
};
