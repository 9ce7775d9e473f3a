import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { roles, type Role } from '../domain/access/role.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import { secret, type Secret } from './secret.ts';

export interface OperatorSummary {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  /** Null until they first sign in. */
  readonly lastSignInAt: string | null;
  /** Set for who can no longer sign in; what they did stays theirs. */
  readonly removedAt: string | null;
  readonly hasSecondFactor: boolean;
  /** Who of the practice's people they are; null where nobody said. */
  readonly person: { readonly id: string; readonly name: string } | null;
}

const name = z.string().trim().min(1).max(64);
/** An id or a name. */
const operator = z.string().trim().min(1).max(64);
const role = z.enum(roles);

export const operators = {
  /** Who can sign in, and who could. */
  list: query<{ readonly operators: readonly OperatorSummary[] }>()({ access: whoMay('operators.list'), input: z.strictObject({}) }),

  /** A key pair of their own, under the passphrase, entitled to exactly what the role opens. The recovery code is shown once, kept nowhere. */
  add: command<{ readonly operator: string; readonly recoveryCode: Secret }>()({
    access: whoMay('operators.add'),
    input: z.strictObject({ name, role, passphrase: secret(), person: id.optional() }),
    audit: 'operator.add',
    subject: (input) => ({ name: input.name, role: input.role, ...(input.person === undefined ? {} : { person: input.person }) }),
    fourEyes: () => 'operators',
  }),

  /** What the role before opened and this one does not is locked anew, so that a kept key opens nothing of it. Ends their session. */
  setRole: command<null>()({
    access: whoMay('operators.setRole'),
    input: z.strictObject({ operator, role }),
    audit: 'operator.role',
    subject: (input) => ({ operator: input.operator, role: input.role }),
    fourEyes: () => 'operators',
  }),

  /** Which person of the practice they are, or that they are none: whose records staff see and use. Counts at once. */
  setPerson: command<null>()({
    access: whoMay('operators.setPerson'),
    input: z.strictObject({ operator, person: id.nullable() }),
    audit: 'operator.person',
    subject: ({ operator: named, person }) => ({ operator: named, ...(person === null ? {} : { person }) }),
    fourEyes: () => 'operators',
  }),

  /** Somebody else's second factor is off: their phone and their recovery codes are lost. Their passphrase alone signs in again. */
  resetSecondFactor: command<null>()({
    access: whoMay('operators.resetSecondFactor'),
    input: z.strictObject({ operator }),
    audit: 'operator.reset-second-factor',
    subject: (input) => ({ operator: input.operator }),
    fourEyes: () => 'operators',
  }),

  /** They can no longer sign in, and what they could open is locked anew. What they did stays in the log under their name. */
  remove: command<null>()({
    access: whoMay('operators.remove'),
    input: z.strictObject({ operator }),
    audit: 'operator.remove',
    subject: (input) => ({ operator: input.operator }),
    fourEyes: () => 'operators',
  }),
};
