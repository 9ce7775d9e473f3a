import { utf8Encode } from '../../encoding/utf8.ts';
import type { KitContent, MailKit } from './kit.ts';
import { issuerFiles } from './parts.ts';

/**
 * Thunderbird on many computers: its folder `distribution`, which lies beside the program (Windows and Linux) or in its
 * `Contents/Resources` (macOS). It trusts the practice's roots, finds the drivers of its cards, and encrypts where it can. Policies
 * cannot bring keys (Mozilla's enterprise policies, `Certificates`, `SecurityDevices`, `Preferences`); and a root they bring is trusted
 * for servers as well as for mail, as Thunderbird has it.
 */
export const thunderbirdFleetKit: MailKit = {
  keys: undefined,
  files: (content) => {
    const { roots } = issuerFiles(content.issuers, 'crt');
    const certificates = roots.map(({ name, content: der }) => ({ name: `distribution/certificates/${name}`, content: der }));
    const names = roots.map(({ name }) => name);
    return [
      { name: 'distribution/policies.json', content: utf8Encode(`${JSON.stringify(policies(content, names), null, 2)}\n`) },
      ...certificates,
    ];
  },
};

const policies = ({ drivers }: KitContent, roots: readonly string[]) => ({
  policies: {
    Certificates: { Install: roots },
    ...(drivers.length === 0 ? {} : { SecurityDevices: { Add: Object.fromEntries(drivers.map((path) => [nameOf(path), path])) } }),
    Preferences: { 'mail.e2ee.auto_enable': { Value: true, Status: 'default' } },
  },
});

const nameOf = (path: string): string => `Card driver (${path.slice(path.lastIndexOf('/') + 1)})`;
