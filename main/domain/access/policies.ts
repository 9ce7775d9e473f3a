import type { MailProgramId } from '../mail-client/test-message.ts';
import type { FourEyesAct } from './four-eyes.ts';

/** What an administrator decides about everybody's sessions. */
export interface Policies {
  /** A window that nobody has used for so long is locked. */
  readonly idleLockMinutes: number;
  /** Whether a running enrolment goes on while whoever asked for it is not signed in. */
  readonly jobsGoOnLocked: boolean;
  /** Whether each officer has a whole copy of the escrow's key, for an emergency. */
  readonly breakGlass: boolean;
  /** Acts of one officer that wait for another’s approval, as long as there is another. */
  readonly fourEyes: readonly FourEyesAct[];
  /** Whether the vault keeps its copy of a signing key once its person's mail program is proved to have it. */
  readonly keepSigningKeys: boolean;
  /** Whether lists of revoked certificates say which address they are for (issuingDistributionPoint, RFC 5280 section 5.2.5). */
  readonly listsNamePoint: boolean;
  /** The mail programs the practice uses: keys are made of a kind that all of them can work with. Empty: nobody said. */
  readonly mailPrograms: readonly MailProgramId[];
}

/** Until an administrator says otherwise. */
export const defaultPolicies: Policies = {
  idleLockMinutes: 10,
  jobsGoOnLocked: true,
  breakGlass: false,
  fourEyes: [],
  keepSigningKeys: false,
  listsNamePoint: false,
  mailPrograms: [],
};

/** Never locking is no choice: an open window is an open vault. */
export const idleLockBounds = { least: 1, most: 60 } as const;
