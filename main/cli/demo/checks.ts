import { join } from 'node:path';
import type { CertificateSummary } from '../../contract/certificates.ts';
import { single, type Check } from './check.ts';
import type { Program } from './program.ts';

export interface DemoFiles {
  readonly directory: string;
  readonly root: string;
  readonly issuing: string;
  readonly list: string;
}

export interface DemoPerson {
  readonly name: string;
  readonly pfx: string;
  readonly certificates: readonly { readonly summary: CertificateSummary; readonly pem: string }[];
}

const purposes = { sign: 'smimesign', encrypt: 'smimeencrypt', dual: 'smimesign', authority: 'any', revocation: 'ocsphelper' } as const;

/** Every result of the demo by openssl's own judgement. `password` opens every .p12. */
export function checkAll(
  openssl: Program,
  files: DemoFiles,
  people: readonly DemoPerson[],
  revoked: DemoPerson,
  password: Uint8Array,
): Check[] {
  const certificates = people.flatMap((person) => person.certificates);
  const chain = ['-CAfile', files.root, '-untrusted', files.issuing];
  const verify = (pem: string, ...more: readonly string[]) => openssl.check(['verify', '-x509_strict', ...chain, ...more, pem]);
  return [
    count('certificates good for their own use', certificates, ({ summary, pem }) => verify(pem, '-purpose', purposes[summary.purpose])),
    count('key files that open with their password', people, ({ pfx }) =>
      openssl.check(['pkcs12', '-in', pfx, '-passin', 'stdin', '-noout'], password),
    ),
    count('list of revoked certificates signed by its authority', [files.list], (list) =>
      openssl.check(['crl', '-in', list, '-inform', 'DER', '-CAfile', files.issuing, '-noout']),
    ),
    count(
      'revoked certificates refused by the list',
      revoked.certificates,
      ({ pem }) => verify(pem) && !checkRevocation(openssl, files, pem),
    ),
    count(
      'others not on the list',
      people
        .filter((person) => person !== revoked)
        .slice(0, 5)
        .flatMap((person) => person.certificates),
      ({ pem }) => checkRevocation(openssl, files, pem),
    ),
  ];
}

function checkRevocation(openssl: Program, files: DemoFiles, pem: string): boolean {
  return openssl.check(['verify', '-CAfile', files.root, '-untrusted', files.issuing, '-crl_check', '-CRLfile', files.list, pem]);
}

function count<T>(what: string, items: readonly T[], holds: (item: T) => boolean): Check {
  return { by: 'openssl', what, held: items.filter(holds).length, of: items.length };
}

/** Signs and encrypts a message with one person's exported keys and reads it back, all by openssl. */
export function checkMessage(
  openssl: Program,
  files: DemoFiles,
  keys: { readonly sign: { readonly key: string; readonly pem: string }; readonly encrypt: { readonly key: string; readonly pem: string } },
  password: Uint8Array,
): Check[] {
  const at = (name: string) => join(files.directory, 'message', name);
  const { sign, encrypt } = keys;
  const signed = openssl.check(
    [
      'cms',
      '-sign',
      '-in',
      at('message.txt'),
      '-signer',
      sign.pem,
      '-certfile',
      files.issuing,
      '-inkey',
      sign.key,
      '-passin',
      'stdin',
      '-out',
      at('signed.eml'),
    ],
    password,
  );
  const verified = openssl.check(['cms', '-verify', '-in', at('signed.eml'), '-CAfile', files.root, '-out', at('verified.txt')]);
  const sealed = openssl.check(['cms', '-encrypt', '-aes256', '-in', at('message.txt'), '-out', at('encrypted.eml'), encrypt.pem]);
  const opened = openssl.check(
    [
      'cms',
      '-decrypt',
      '-in',
      at('encrypted.eml'),
      '-recip',
      encrypt.pem,
      '-inkey',
      encrypt.key,
      '-passin',
      'stdin',
      '-out',
      at('decrypted.txt'),
    ],
    password,
  );
  return [
    single('openssl', 'a message signed with an exported key, and verified', signed && verified),
    single('openssl', 'a message encrypted to a person, and opened with their key', sealed && opened),
  ];
}
