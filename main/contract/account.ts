import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { command } from './call.ts';
import { secret } from './secret.ts';

/** What whoever is signed in does about their own sign-in. */
export const account = {
  /**
   * Seals the operator's own key pair under another passphrase; the recovery code and everything the keys open stay as they are. A wrong
   * old one counts like a failed sign-in. Ends every other session of theirs.
   */
  changePassphrase: command<null>()({
    access: whoMay('account.changePassphrase'),
    input: z.strictObject({ oldPassphrase: secret(), newPassphrase: secret() }),
    audit: 'account.change-passphrase',
    subject: () => ({}),
  }),
};
