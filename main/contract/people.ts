import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { command, push, query } from './call.ts';
import { languages, type Language } from '../domain/locale/languages.ts';
import { mailProgramIds } from '../domain/mail-client/handover-guide.ts';
import type { MailClientId, MailTechnology } from '../domain/mail-client/mail-client.ts';
import type { MailFindingView, MailTest } from './mail.ts';
import type { CertificateSummary } from './certificates.ts';
import type { OpenPgpSummary } from './openpgp.ts';
import { paging } from './paging.ts';
import { fileContent, type FileContent } from './secret.ts';
import type { StaffListCheck } from '../domain/people/staff-list.ts';

export interface PersonSummary {
  readonly id: string;
  readonly name: string;
  readonly department: string | null;
  readonly role: string | null;
  readonly staffNumber: string | null;
  readonly status: 'active' | 'left';
  readonly mailboxes: readonly string[];
  /** `none`: nothing issued yet. `stopped`: revoked and not replaced. `covered`: a pair is in use. */
  readonly standing: 'none' | 'stopped' | 'held' | 'covered';
  /** The earliest end among the certificates in use. */
  readonly endsAt: string | null;
}

export interface PersonHistoryEntry {
  readonly index: number;
  readonly time: string;
  readonly action: string;
  readonly outcome: string;
  readonly operator: string | null;
  readonly subject: Readonly<Record<string, unknown>>;
}

export interface PersonMailSetup {
  readonly client: MailClientId;
  readonly technology: MailTechnology;
  /** As the program names it. */
  readonly profile: string;
  /** Its directory, absolute. */
  readonly target: string;
  readonly at: string;
  /** What went there is still what is in use: false once a certificate or an OpenPGP key was replaced, revoked or has ended. */
  readonly isCurrent: boolean;
  /** When it was last read back; null where never. */
  readonly checkedAt: string | null;
  /** What was wrong then. */
  readonly findings: readonly MailFindingView[];
  /** When it was last proved to sign, encrypt and open. */
  readonly provedAt: string | null;
}

/** A card or token that keys of somebody are on. */
export interface PersonCard {
  readonly serialNumber: string;
  readonly lostAt: string | null;
  /** A certificate of a key on it is good, or on hold. */
  readonly isInUse: boolean;
}

export interface PersonDetails extends PersonSummary {
  readonly givenName: string | null;
  readonly surname: string | null;
  /** Of the pages they are handed. */
  readonly language: Language;
  readonly createdAt: string;
  readonly leftAt: string | null;
  /** Newest first, kept ones included. */
  readonly certificates: readonly CertificateSummary[];
  /** Newest first, ended ones included. */
  readonly openPgp: readonly OpenPgpSummary[];
  /** The last one first. */
  readonly cards: readonly PersonCard[];
  readonly history: readonly PersonHistoryEntry[];
  /** Mail programs on this computer that were set up for them, newest first. */
  readonly mailSetups: readonly PersonMailSetup[];
  /** The last test message for each program, newest first. */
  readonly mailTests: readonly MailTest[];
}

export interface PeopleList {
  readonly people: readonly PersonSummary[];
  readonly next?: string;
  readonly counts: {
    readonly everyone: number;
    readonly attention: number;
    readonly ending: number;
    readonly uncovered: number;
    readonly left: number;
  };
}

/** Repairs chosen row by row: the row number as in the file, the column, the new value. */
const repairs = z
  .array(z.strictObject({ row: z.int().min(1), column: z.string().max(64), value: z.string().max(1000) }))
  .max(100_000)
  .default([]);

const personFields = {
  name: z.string().trim().min(1).max(200),
  givenName: z.string().trim().max(100).optional(),
  surname: z.string().trim().max(100).optional(),
  emails: z.array(z.string().trim().min(3).max(320)).min(1).max(20),
  department: z.string().trim().max(100).optional(),
  role: z.string().trim().max(100).optional(),
  staffNumber: z.string().trim().max(64).optional(),
  language: z.enum(languages).optional(),
};

export const people = {
  list: query<PeopleList>()({
    access: whoMay('people.list'),
    input: z.strictObject({
      ...paging,
      search: z.string().trim().max(200).optional(),
      filter: z.enum(['everyone', 'attention', 'ending', 'uncovered', 'left']).default('everyone'),
      sort: z.enum(['need', 'name', 'department', 'ends']).default('need'),
      descending: z.boolean().default(false),
    }),
  }),

  /** By id, mail address or staff number. */
  show: query<PersonDetails>()({ access: whoMay('people.show'), input: z.strictObject({ person: z.string().trim().min(1).max(320) }) }),

  /** Reads a staff list and says row by row what would happen. Nothing changes. */
  checkStaffList: query<StaffListCheck>()({
    access: whoMay('people.checkStaffList'),
    input: z.strictObject({ file: fileContent(), repairs }),
  }),

  /** Takes the good rows in; bad ones come back as a file that can be finished later. People already here are left as they are. */
  import: command<{
    readonly imported: number;
    readonly people: readonly string[];
    readonly leftOut: number;
    readonly leftOutFile: FileContent | null;
  }>()({
    access: whoMay('people.import'),
    input: z.strictObject({ file: fileContent(), repairs }),
    audit: 'people.import',
    subject: (input) => ({ file: input.file.name }),
  }),

  add: command<{ readonly person: string }>()({
    access: whoMay('people.add'),
    input: z.strictObject(personFields),
    audit: 'people.add',
    subject: () => ({}),
  }),

  /** They have left: nothing new is issued to them, their keys are kept so that old mail opens. */
  leave: command<null>()({
    access: whoMay('people.leave'),
    input: z.strictObject({ person: z.string().trim().min(1).max(320) }),
    audit: 'people.leave',
    subject: () => ({}),
  }),

  /** The language of the pages they are handed from now on. */
  setLanguage: command<null>()({
    access: whoMay('people.setLanguage'),
    input: z.strictObject({ person: z.string().trim().min(1).max(320), language: z.enum(languages) }),
    audit: 'people.set-language',
    subject: ({ language }) => ({ language }),
  }),

  /**
   * A page to print and hand over: what the person got, until when, and how to put it into a mail program, with its buttons. In their
   * language where none is named. HTML.
   */
  handoverSheet: query<FileContent>()({
    access: whoMay('people.handoverSheet'),
    input: z.strictObject({
      person: z.string().trim().min(1).max(320),
      client: z.enum(mailProgramIds).optional(),
      language: z.enum(languages).optional(),
    }),
  }),

  changed: push<{ readonly people: readonly string[] }>(),
};
