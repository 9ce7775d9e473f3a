import type { MailKit } from './kit.ts';
import { chainFile, containerFiles } from './parts.ts';

/** For a gateway that signs and decrypts for a whole practice (CipherMail and its like): all keys of a person in one .p12. */
export const gatewayKit: MailKit = {
  keys: { packing: 'together', style: 'modern' },
  files: ({ mailboxes, containers, issuers }) => [...containerFiles(mailboxes, containers, 'p12'), chainFile(issuers)],
};
