import { base64Encode } from '../../encoding/base64.ts';
import { utf8Encode } from '../../encoding/utf8.ts';
import type { MailKit } from './kit.ts';
import { chainFile, containerNames } from './parts.ts';

/**
 * Gmail: the body of `users.settings.sendAs.smimeInfo.insert` for each key (application/json). Whoever sends it adds
 * `encryptedKeyPassword`, which never stands in a file beside its key. The authorities are uploaded in the admin console.
 */
export const gmailKit: MailKit = {
  keys: { packing: 'one-by-one', style: 'compatible' },
  files: ({ mailboxes, containers, issuers }) => [
    ...containerNames(mailboxes, containers, 'smimeInfo.json').map((name, at) => ({
      name,
      content: utf8Encode(`${JSON.stringify({ pkcs12: base64Encode(containers[at]?.pfx ?? new Uint8Array()) }, null, 2)}\n`),
    })),
    chainFile(issuers),
  ],
};
