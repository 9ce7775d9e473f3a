import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from './command-line.ts';

const configuration = `[ca]
default_ca = here
[here]
dir = .
database = ./index.txt
new_certs_dir = ./newcerts
serial = ./serial
crlnumber = ./crlnumber
certificate = ./cacert.pem
private_key = ./private/cakey.pem
default_md = sha256
default_days = 365
default_crl_days = 30
policy = any
x509_extensions = leaf
copy_extensions = copy
[any]
commonName = supplied
emailAddress = optional
[leaf]
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = emailProtection
subjectAltName = email:copy
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[req]
distinguished_name = name
[name]
`;

/** An authority as openssl's own `ca` keeps it, its key under a password. */
export interface OpensslCa {
  readonly directory: string;
  readonly passwordFile: string;
  /** Runs openssl in its folder. */
  run(...args: readonly string[]): string;
  /** Issues a certificate; the file of it. */
  issue(mailbox: string): string;
  revoke(file: string, reason: string): void;
  /** Its own next list, as openssl makes it; the file of it. */
  list(): string;
  /** The list that is made next by the command line, as openssl reads it and verifies it with the old certificate. */
  nextList(desk: Desk, authority: string): Promise<string>;
}

export function makeOpensslCa(parent: string, algorithm: readonly string[] = ['-newkey', 'rsa:2048']): OpensslCa {
  const directory = join(parent, 'old-ca');
  mkdirSync(join(directory, 'newcerts'), { recursive: true });
  mkdirSync(join(directory, 'private'));
  const put = (name: string, text: string) => writeFileSync(join(directory, name), text);
  put('openssl.cnf', configuration);
  put('index.txt', '');
  put('serial', '1000\n');
  put('crlnumber', '1F\n');
  put('password', 'old ca password\n');
  const run = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  const subject = ['-subj', '/O=Old Practice/CN=Old Practice CA', '-days', '3650'];
  const files = ['-keyout', 'private/cakey.pem', '-out', 'cacert.pem', '-passout', 'file:password'];
  run('req', '-x509', '-config', 'openssl.cnf', '-extensions', 'authority', ...algorithm, ...files, ...subject);
  const ca = (...args: readonly string[]) => run('ca', '-batch', '-config', 'openssl.cnf', '-passin', 'file:password', ...args);
  let count = 0;
  return {
    directory,
    passwordFile: join(directory, 'password'),
    run,
    issue(mailbox) {
      const name = `leaf${++count}`;
      const who = ['-subj', `/CN=${mailbox}/emailAddress=${mailbox}`];
      run(
        'req',
        '-new',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-config',
        'openssl.cnf',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        ...who,
      );
      ca('-in', `${name}.csr`, '-out', `${name}.pem`, '-notext');
      return join(directory, `${name}.pem`);
    },
    list() {
      ca('-gencrl', '-out', 'last.crl');
      return join(directory, 'last.crl');
    },
    async nextList(desk, authority) {
      await desk.json('authority', 'crl', authority, '--out', desk.path('next.crl'));
      const verify = ['-inform', 'DER', '-in', desk.path('next.crl'), '-CAfile', 'cacert.pem', '-noout', '-verify'];
      return run('crl', ...verify, '-text');
    },
    revoke: (file, reason) => void ca('-revoke', file, '-crl_reason', reason),
  };
}
