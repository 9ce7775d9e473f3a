import type { MailKit } from './kit.ts';
import { chainFile, containerFiles, issuerFiles } from './parts.ts';

/** A program nothing else is known of: one .p12, and the authorities in both of their usual forms. */
export const filesKit: MailKit = {
  keys: { packing: 'together', style: 'modern' },
  files: ({ mailboxes, containers, issuers }) => {
    const { roots, others } = issuerFiles(issuers, 'crt');
    return [...containerFiles(mailboxes, containers, 'p12'), ...roots, ...others, chainFile(issuers)];
  },
};
