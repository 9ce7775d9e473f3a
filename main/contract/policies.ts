import { z } from 'zod';
import { fourEyesActs } from '../domain/access/four-eyes.ts';
import { whoMay } from '../domain/access/permissions.ts';
import { deliverableKitIds } from '../domain/mail-client/kit/kits.ts';
import { mailClientIds } from '../domain/mail-client/mail-client.ts';
import { idleLockBounds, type Policies } from '../domain/access/policies.ts';
import { command, query } from './call.ts';

/** What holds for everybody's sessions. */
export const policies = {
  show: query<Policies>()({ access: whoMay('policies.show'), input: z.strictObject({}) }),

  /** What is left out stays as it is. Holds at once, for the sessions that are open too. */
  set: command<Policies>()({
    access: whoMay('policies.set'),
    input: z.strictObject({
      idleLockMinutes: z.int().min(idleLockBounds.least).max(idleLockBounds.most).optional(),
      jobsGoOnLocked: z.boolean().optional(),
      /** Takes effect when the escrow is next shared anew (`escrow.share`); until then everything is as it was. */
      breakGlass: z.boolean().optional(),
      /** From the next proof on; what has left the vault does not come back. */
      keepSigningKeys: z.boolean().optional(),
      /** From the next full list on; a list that is out stays as it is. */
      listsNamePoint: z.boolean().optional(),
      /** For keys that are made from now on, where nobody asks for another kind. */
      mailPrograms: z
        .array(z.enum([...mailClientIds, ...deliverableKitIds]))
        .max(mailClientIds.length + deliverableKitIds.length)
        .optional(),
      /** Acts that wait for another officer's approval from now on. */
      fourEyes: z.array(z.enum(fourEyesActs)).max(fourEyesActs.length).optional(),
    }),
    audit: 'policy.set',
    subject: ({ idleLockMinutes, jobsGoOnLocked, breakGlass, fourEyes, keepSigningKeys, listsNamePoint, mailPrograms }) => ({
      ...(breakGlass === undefined ? {} : { breakGlass }),
      ...(idleLockMinutes === undefined ? {} : { idleLockMinutes }),
      ...(jobsGoOnLocked === undefined ? {} : { jobsGoOnLocked }),
      ...(fourEyes === undefined ? {} : { fourEyes }),
      ...(keepSigningKeys === undefined ? {} : { keepSigningKeys }),
      ...(listsNamePoint === undefined ? {} : { listsNamePoint }),
      ...(mailPrograms === undefined ? {} : { mailPrograms }),
    }),
    fourEyes: ({ breakGlass, fourEyes }) => (breakGlass === undefined && fourEyes === undefined ? undefined : 'policy'),
  }),
};
