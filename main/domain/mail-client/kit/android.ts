import type { MailKit } from './kit.ts';
import { containerFiles, issuerFiles } from './parts.ts';

/** FairEmail takes its keys from Android's own store, which every version of it fills from a compatible .p12. */
export const androidKit: MailKit = {
  keys: { packing: 'one-by-one', style: 'compatible' },
  files: ({ mailboxes, containers, issuers }) => {
    const { roots, others } = issuerFiles(issuers, 'crt');
    return [...containerFiles(mailboxes, containers, 'p12'), ...roots, ...others];
  },
};
