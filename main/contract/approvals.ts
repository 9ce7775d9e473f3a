import { z } from 'zod';
import type { SecondPersonFor } from '../domain/access/four-eyes.ts';
import { whoMay } from '../domain/access/permissions.ts';
import type { AuditSubject } from '../domain/audit/entry.ts';
import { command, query } from './call.ts';

export interface ApprovalView {
  readonly id: string;
  /** Name of the call that was made and waits. */
  readonly call: string;
  readonly act: SecondPersonFor;
  /** What the log will say of it; ids of operators, people and authorities are in `names`. */
  readonly subject: AuditSubject;
  readonly names: Readonly<Record<string, string>>;
  /** The people whose certificates it is about, the first ten of them. */
  readonly people: readonly string[];
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  /** `run-out`: its time is over and it was not used. */
  readonly state: 'asked' | 'approved' | 'refused' | 'run-out' | 'used';
  readonly decidedBy: string | null;
  /** The first digits of the digest of what was asked, the same in the log. */
  readonly digest: string;
}

const request = z.string().trim().min(1).max(64);

/** Acts that one officer asked for and another approves. The same call by who made it then passes, once. */
export const approvals = {
  list: query<{ readonly approvals: readonly ApprovalView[] }>()({ access: whoMay('approvals.list'), input: z.strictObject({}) }),

  approve: command<null>()({
    access: whoMay('approvals.approve'),
    input: z.strictObject({ request }),
    audit: 'approval.approve',
    subject: (input) => ({ approval: input.request }),
  }),

  /** Refuses it, or takes back what was asked for or approved. */
  refuse: command<null>()({
    access: whoMay('approvals.refuse'),
    input: z.strictObject({ request, reason: z.string().trim().min(1).max(500) }),
    audit: 'approval.refuse',
    subject: (input) => ({ approval: input.request }),
  }),
};
