import { signedAgain } from './signed-again.ts';
import type { Answer } from './tool-process.ts';
import type { Workshop } from './workshop.ts';

/** One tool that reads files of strangers. */
export interface Target {
  readonly name: string;
  /** Files of the workshop that are changed. */
  readonly inputs: readonly string[];
  /** The request for one file (`keyward --jsonl`). */
  readonly request: (file: object) => object;
  /** Whether an answer says that the file is good. */
  readonly accepts: (answer: Answer) => boolean;
  /** Whether somebody else's program takes this file for good too. Absent where accepting is only reading. */
  readonly judge?: (path: string, workshop: Workshop) => boolean;
}

const valid = ({ exit, result }: Answer): boolean => exit === 0 && (result as { valid?: boolean }).valid === true;
const never = (): boolean => false;

/** Base64 in a mail without what is none, which has to be passed over (RFC 2045 section 6.8) and is not by openssl. */
function withPlainBase64(path: string, workshop: Workshop): string {
  const mail = Buffer.from(workshop.read(path)).toString('latin1');
  const part = /(Content-Transfer-Encoding:\s*base64[\s\S]*?\r?\n\r?\n)([\s\S]*?)(?=\r?\n--|$)/gi;
  const plain = mail.replaceAll(part, (_, head: string, body: string) => `${head}${body.replaceAll(/[^A-Za-z0-9+/=\r\n]/g, '')}\n`);
  return workshop.put('plain.eml', Buffer.from(plain, 'latin1'));
}

/** What was changed in a certificate, as its issuer would have signed it. */
const again = (workshop: Workshop, issuer: 'ca' | 'sub', toBeSigned: Uint8Array): Uint8Array =>
  signedAgain(toBeSigned, workshop.read(`${issuer}.key`));

const base64Of = (octets: Uint8Array): object => ({ base64: Buffer.from(octets).toString('base64') });
const octetsOf = (file: object): Uint8Array => Buffer.from((file as { readonly base64: string }).base64, 'base64');

/** Path validation behind the signature: an authority and somebody below it are changed, and signed as if their issuer had meant it so. */
function signedTargets(workshop: Workshop): readonly Target[] {
  const at = (name: string) => workshop.path(name);
  const path = { command: 'verify-chain', trust: [at('ca.pem')], purpose: 'smime-sign', email: 'ada@clinic.example' };
  const openssl = (file: string, pool: string) =>
    workshop.succeeds('openssl', 'verify', '-CAfile', 'ca.pem', '-untrusted', pool, '-purpose', 'smimesign', '-policy_check', file);
  const judged = (name: string, octets: Uint8Array): string => {
    const der = workshop.put(`${name}.der`, octets);
    workshop.succeeds('openssl', 'x509', '-inform', 'DER', '-in', der, '-out', `${name}.pem.made`);
    return at(`${name}.pem.made`);
  };
  return [
    {
      name: 'path with somebody signed again',
      inputs: ['deep.tbs'],
      request: (file) => ({ ...path, pool: [at('sub.pem')], file: base64Of(again(workshop, 'sub', octetsOf(file))) }),
      accepts: valid,
      judge: (tried) => openssl(judged('leaf-again', again(workshop, 'sub', workshop.read(tried))), 'sub.pem'),
    },
    {
      name: 'path with an authority signed again',
      inputs: ['sub.tbs'],
      request: (file) => ({ ...path, pool: [base64Of(again(workshop, 'ca', octetsOf(file)))], file: at('deep.pem') }),
      accepts: valid,
      judge: (tried) => openssl('deep.pem', judged('sub-again', again(workshop, 'ca', workshop.read(tried)))),
    },
  ];
}

/** Every parser behind a public tool, with who else reads the same. */
export function targetsIn(workshop: Workshop): readonly Target[] {
  const at = (name: string) => workshop.path(name);
  const openssl =
    (...args: readonly string[]): NonNullable<Target['judge']> =>
    (path) =>
      workshop.succeeds('openssl', ...args.map((arg) => (arg === '@' ? path : arg)));
  return [
    ...signedTargets(workshop),
    {
      name: 'inspect',
      inputs: [
        'ada.crt',
        'ada.p10',
        'list.crl',
        'request.ocsp',
        'answer.ocsp',
        'plain.p8',
        'sealed.p8',
        'modern.p12',
        'chain.p7',
        'signed.p7m',
        'sealed.p7m',
        'ada.pgp',
      ],
      request: (file) => ({ command: 'inspect', file }),
      accepts: never,
    },
    { name: 'lint', inputs: ['ada.crt', 'ca.crt'], request: (file) => ({ command: 'lint', file }), accepts: never },
    {
      name: 'verify-chain',
      inputs: ['ada.crt'],
      request: (file) => ({ command: 'verify-chain', trust: [at('ca.pem')], crl: [at('list.crl')], 'require-revocation': true, file }),
      accepts: valid,
      judge: openssl('verify', '-CAfile', 'ca.pem', '-CRLfile', 'list.pem', '-crl_check', '@'),
    },
    {
      name: 'verify-chain by list',
      inputs: ['list.crl'],
      request: (file) => ({ command: 'verify-chain', trust: [at('ca.pem')], crl: [file], 'require-revocation': true, file: at('ada.pem') }),
      accepts: valid,
      judge: openssl('verify', '-CAfile', 'ca.pem', '-CRLfile', '@', '-crl_check', 'ada.pem'),
    },
    {
      name: 'crl check',
      inputs: ['list.crl'],
      request: (crl) => ({ command: 'crl check', crl, issuer: at('ca.pem') }),
      accepts: ({ exit }) => exit === 0,
      judge: openssl('crl', '-inform', 'DER', '-in', '@', '-CAfile', 'ca.pem', '-noout', '-verify'),
    },
    {
      name: 'ocsp check',
      inputs: ['answer.ocsp'],
      request: (response) => ({ command: 'ocsp check', response, issuer: at('ca.pem'), certificate: at('ada.pem') }),
      accepts: ({ exit }) => exit === 0,
      judge: openssl('ocsp', '-respin', '@', '-issuer', 'ca.pem', '-cert', 'ada.pem', '-CAfile', 'ca.pem'),
    },
    {
      name: 'key check',
      inputs: ['plain.p8'],
      request: (file) => ({ command: 'key check', file }),
      accepts: ({ exit }) => exit === 0,
      judge: openssl('pkey', '-inform', 'DER', '-in', '@', '-check', '-noout'),
    },
    {
      name: 'key check under a password',
      inputs: ['sealed.p8'],
      request: (file) => ({ command: 'key check', 'password-file': at('password'), file }),
      accepts: ({ exit }) => exit === 0,
      judge: openssl('pkey', '-inform', 'DER', '-in', '@', '-passin', 'file:password', '-check', '-noout'),
    },
    {
      name: 'pkcs12 list',
      inputs: ['modern.p12', 'old.p12'],
      request: (file) => ({ command: 'pkcs12 list', 'password-file': at('password'), file }),
      accepts: ({ exit }) => exit === 0,
      judge: openssl('pkcs12', '-legacy', '-in', '@', '-passin', 'file:password', '-noout'),
    },
    {
      name: 'cms verify',
      inputs: ['signed.p7m'],
      request: (file) => ({ command: 'cms verify', trust: [at('ca.pem')], file }),
      accepts: valid,
      judge: openssl('cms', '-verify', '-binary', '-inform', 'DER', '-in', '@', '-CAfile', 'ca.pem', '-out', 'verified'),
    },
    {
      name: 'mail verify',
      inputs: ['clear.eml', 'opaque.eml'],
      request: (file) => ({ command: 'mail verify', trust: [at('ca.pem')], file }),
      accepts: valid,
      judge: (path) =>
        openssl('cms', '-verify', '-in', '@', '-CAfile', 'ca.pem', '-out', 'verified')(withPlainBase64(path, workshop), workshop),
    },
    {
      name: 'cms decrypt',
      inputs: ['sealed.p7m', 'sealed-gcm.p7m'],
      request: (file) => ({ command: 'cms decrypt', key: at('ada.key'), certificate: at('ada.pem'), out: at('opened'), file }),
      accepts: ({ exit }) => exit === 0,
      judge: openssl('cms', '-decrypt', '-inform', 'DER', '-in', '@', '-inkey', 'ada.key', '-recip', 'ada.pem', '-out', 'opened-too'),
    },
    {
      name: 'openpgp inspect',
      inputs: ['ada.pgp', 'signed.pgp', 'text.sig', 'clear.asc'],
      request: (file) => ({ command: 'openpgp inspect', file }),
      accepts: never,
    },
    {
      name: 'openpgp verify',
      inputs: ['signed.pgp', 'clear.asc'],
      request: (file) => ({ command: 'openpgp verify', certificates: [at('ada.pgp')], file }),
      accepts: valid,
      judge: (path) => workshop.succeeds('gpgv', '--keyring', at('ada.pgp'), path),
    },
    {
      name: 'openpgp verify by certificate',
      inputs: ['ada.pgp'],
      request: (file) => ({ command: 'openpgp verify', signature: at('text.sig'), certificates: [file], file: at('text') }),
      accepts: valid,
      judge: (path) => workshop.succeeds('gpgv', '--keyring', path, at('text.sig'), at('text')),
    },
  ];
}
