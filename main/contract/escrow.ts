import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { sheetBounds } from '../domain/vault/escrow-sheet.ts';
import { command, query } from './call.ts';
import { secret, type FileContent, type Secret } from './secret.ts';

export interface EscrowRequestView {
  readonly id: string;
  readonly act: 'recover' | 'share';
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly reason: string;
  readonly caseNumber: string;
  readonly recipient: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  /** `run-out`: its time is over and nothing was done. */
  readonly state: 'asked' | 'approved' | 'refused' | 'run-out' | 'done';
  readonly decidedBy: string | null;
  readonly way: 'officers' | 'sheets' | 'alone' | null;
  readonly doneAt: string | null;
  /** Null until somebody signed it off. */
  readonly review: { readonly by: string; readonly at: string; readonly note: string } | null;
}

export interface EscrowState {
  /**
   * `alone`: one officer has the whole key. `shared`: any two officers open it. `break-glass`: each can alone, as the policy allows. `whole`:
   * each still can, until one of them signs in. `short`: too few have a share; only sheets open it.
   */
  readonly state: 'alone' | 'shared' | 'break-glass' | 'whole' | 'short';
  readonly officers: readonly { readonly id: string; readonly name: string; readonly hasShare: boolean; readonly hasWhole: boolean }[];
  readonly sheets: { readonly set: string; readonly total: number; readonly threshold: number } | null;
  readonly requests: readonly EscrowRequestView[];
}

export interface Recovered {
  /** The S/MIME keys; null for somebody who has none. */
  readonly file: FileContent | null;
  /** OpenPGP keys, which open mail and sign nothing, one each, under the same password. */
  readonly openPgp: readonly FileContent[];
  /** The password that was made; null where one was given. */
  readonly password: Secret | null;
  readonly recipient: string;
  readonly person: string;
}

const request = z.string().trim().min(1).max(64);
const reason = z.string().trim().min(1).max(500);
const name = z.string().trim().min(1).max(200);
const count = z.int().min(sheetBounds.least).max(sheetBounds.most);
/** Sheets as they were scanned or typed, one a line. */
const sheets = secret();
const delivery = { request, format: z.enum(['p12-modern', 'p12-compatible']).default('p12-modern'), password: secret().optional() };

/** Keys that are kept so that mail opens when somebody is gone, and what it takes to open them. */
export const escrow = {
  state: query<EscrowState>()({ access: whoMay('escrow.state'), input: z.strictObject({}) }),

  /** Asks for somebody's decryption keys, or (without `of`) that the escrow is shared anew. Opens nothing; runs out by itself. */
  ask: command<{ readonly request: string; readonly expiresAt: string }>()({
    access: whoMay('escrow.ask'),
    input: z.strictObject({
      /** A person, by id, mail address or staff number, or one key of theirs. */
      of: z.string().trim().min(1).max(320).optional(),
      reason,
      caseNumber: z.string().trim().max(100).default(''),
      /** Who is handed the keys. */
      recipient: name.optional(),
    }),
    audit: 'escrow.ask',
    subject: ({ of, caseNumber, recipient }) => ({
      act: of === undefined ? 'share' : 'recover',
      ...(caseNumber === '' ? {} : { case: caseNumber }),
      ...(recipient === undefined ? {} : { recipient }),
    }),
  }),

  /** Lends the own share to whoever asked, for this request alone. */
  approve: command<null>()({
    access: whoMay('escrow.approve'),
    input: z.strictObject({ request }),
    audit: 'escrow.approve',
    subject: (input) => ({ request: input.request }),
  }),

  refuse: command<null>()({
    access: whoMay('escrow.refuse'),
    input: z.strictObject({ request, reason }),
    audit: 'escrow.refuse',
    subject: (input) => ({ request: input.request }),
  }),

  /** The keys that were asked for, once another officer approved, or with enough sheets. The escrow has another key pair afterwards. */
  deliver: command<Recovered>()({
    access: whoMay('escrow.deliver'),
    input: z.strictObject({ ...delivery, sheets: sheets.optional() }),
    audit: 'escrow.deliver',
    subject: (input) => ({ request: input.request }),
  }),

  /** The same by one officer alone, where there is no other or the policy allows it. */
  breakGlass: command<Recovered>()({
    access: whoMay('escrow.breakGlass'),
    input: z.strictObject(delivery),
    audit: 'escrow.break-glass',
    subject: (input) => ({ request: input.request }),
  }),

  /** Another key pair for the escrow, shared among the officers there are now, as the policy is now; new sheets where so many are named. */
  share: command<{ readonly officers: readonly string[]; readonly sheets: Secret | null }>()({
    access: whoMay('escrow.share'),
    input: z.strictObject({
      /** An approved request, where the own keys do not open the escrow alone. */
      request: request.optional(),
      sheets: sheets.optional(),
      print: z.strictObject({ total: count, threshold: count }).optional(),
    }),
    audit: 'escrow.share',
    subject: ({ request: id, print }) => ({ ...(id === undefined ? {} : { request: id }), ...(print === undefined ? {} : print) }),
  }),

  /** Proves that the own share, everybody's as far as it shows, and these sheets are good. Nothing is opened that is kept in the escrow. */
  drill: command<{ readonly shares: readonly string[]; readonly sheets: readonly number[]; readonly isOpened: boolean }>()({
    access: whoMay('escrow.drill'),
    input: z.strictObject({ sheets: sheets.optional() }),
    audit: 'escrow.drill',
    subject: () => ({}),
  }),

  /** Signs off a recovery that somebody else made. */
  review: command<null>()({
    access: whoMay('escrow.review'),
    input: z.strictObject({ request, note: reason }),
    audit: 'escrow.review',
    subject: (input) => ({ request: input.request }),
  }),
};
