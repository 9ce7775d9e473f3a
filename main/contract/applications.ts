import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { applicationKinds, type ApplicationKind, type ApplicationState } from '../domain/people/application.ts';
import { command, push, query } from './call.ts';
import { id } from './paging.ts';

export interface ApplicationView {
  readonly id: string;
  readonly kind: ApplicationKind;
  /** What whoever filed it wrote beside it. */
  readonly note: string | null;
  readonly person: string;
  readonly personName: string;
  /** Operators, by name. */
  readonly filedBy: string;
  readonly filedAt: string;
  readonly state: ApplicationState;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Why it was refused. */
  readonly reason: string | null;
}

const application = id;
const reason = z.string().trim().min(1).max(500);

/** What people of the practice apply for themselves, and a registrar decides. */
export const applications = {
  /** The newest hundred; of one person where one is named, as staff must name themselves. */
  list: query<{ readonly applications: readonly ApplicationView[] }>()({
    access: whoMay('applications.list'),
    input: z.strictObject({ person: id.optional() }),
  }),

  file: command<{ readonly application: string }>()({
    access: whoMay('applications.file'),
    input: z.strictObject({ person: id, kind: z.enum(applicationKinds), note: z.string().trim().min(1).max(500).optional() }),
    audit: 'application.file',
    subject: ({ person, kind }) => ({ person, kind }),
  }),

  /**
   * A renewal of keys in the vault is done in the same unit; `certificates` are the new ones. All else is the registrar's to do then, with the
   * person there. Nobody approves what they filed, or what is about themselves.
   */
  approve: command<{ readonly certificates: readonly string[] }>()({
    access: whoMay('applications.approve'),
    input: z.strictObject({ application }),
    audit: 'application.approve',
    subject: (input) => ({ application: input.application }),
  }),

  refuse: command<null>()({
    access: whoMay('applications.refuse'),
    input: z.strictObject({ application, reason }),
    audit: 'application.refuse',
    subject: (input) => ({ application: input.application }),
  }),

  withdraw: command<null>()({
    access: whoMay('applications.withdraw'),
    input: z.strictObject({ application }),
    audit: 'application.withdraw',
    subject: (input) => ({ application: input.application }),
  }),

  changed: push<{ readonly people: readonly string[] }>(),
};
