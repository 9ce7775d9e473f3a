import type { MailKit } from './kit.ts';
import { containerFiles, containerNames, issuerFiles } from './parts.ts';

/**
 * For a Direct HISP (the reference implementation's configuration takes these): a .p12 for each key, the certificates others
 * are to find in DNS or LDAP, and the trust anchors.
 */
export const directKit: MailKit = {
  keys: { packing: 'one-by-one', style: 'modern' },
  files: ({ mailboxes, containers, issuers }) => {
    const { roots, others } = issuerFiles(issuers, 'der');
    const names = containerNames(mailboxes, containers, 'der');
    return [
      ...containerFiles(mailboxes, containers, 'p12').map(({ name, content }) => ({ name: `private/${name}`, content })),
      ...containers.map(({ certificates }, at) => ({
        name: `certificates/${names[at] ?? ''}`,
        content: certificates[0]?.der ?? new Uint8Array(),
      })),
      ...[...roots, ...others].map(({ name, content }) => ({ name: `anchors/${name}`, content })),
    ];
  },
};
