import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { children, readDer } from '../../main/domain/asn1/der-reader.ts';

const extensions = `
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ada]
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = emailProtection
subjectAltName = email:ada@clinic.example
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[sub]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 1.2.3.4,1.2.3.5
policyMappings = 1.2.3.4:1.2.3.6
policyConstraints = inhibitPolicyMapping:1
nameConstraints = permitted;email:clinic.example,permitted;email:.clinic.example,excluded;email:lab.clinic.example
[deep]
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = emailProtection
subjectAltName = email:ada@clinic.example,email:bob@ward.clinic.example
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 1.2.3.5,1.2.3.6
[here]
database = ./index.txt
crlnumber = ./crlnumber
default_md = sha256
default_crl_days = 30
certificate = ./ca.pem
private_key = ./ca.key
[ca-command]
default_ca = here
`;

/** Files of every kind, made by openssl and gpg, and the same programs to judge what became of them. */
export class Workshop {
  /** Short, because of the sockets of GnuPG. */
  readonly directory = mkdtempSync(join(tmpdir(), 'kf-'));

  constructor() {
    this.put('cnf', extensions.replace('[ca-command]', '[ca_command]'));
    this.put('index.txt', '');
    this.put('crlnumber', '01\n');
    this.put('password', 'correct horse\n');
    this.put('text', 'The appointment is on Tuesday.\r\n');
    this.#certify();
    this.#chain();
    this.#list();
    this.#seal();
    this.#mail();
    this.#openPgp();
  }

  path(name: string): string {
    return resolve(this.directory, name);
  }

  put(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content, { mode: 0o600 });
    return this.path(name);
  }

  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(this.path(name)));
  }

  /** @throws when the program says no */
  run(program: string, ...args: readonly string[]): void {
    const { status, stderr } = this.#spawn(program, args);
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  }

  succeeds(program: string, ...args: readonly string[]): boolean {
    return this.#spawn(program, args).status === 0;
  }

  remove(): void {
    this.succeeds('gpgconf', '--kill', 'all');
    rmSync(this.directory, { recursive: true, force: true });
  }

  #spawn(program: string, args: readonly string[]) {
    const env = { PATH: process.env['PATH'], GNUPGHOME: this.directory, LC_ALL: 'C.UTF-8' };
    return spawnSync(program, args, { cwd: this.directory, encoding: 'utf8', env, timeout: 20_000 });
  }

  #certify(): void {
    const common = ['-config', 'cnf', '-noenc'];
    this.run(
      'openssl',
      'req',
      '-x509',
      ...common,
      '-newkey',
      'rsa:2048',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-extensions',
      'ca',
      '-subj',
      '/CN=Clinic CA',
      '-days',
      '900',
    );
    this.run('openssl', 'req', '-new', ...common, '-newkey', 'rsa:2048', '-keyout', 'ada.key', '-out', 'ada.csr', '-subj', '/CN=Ada');
    this.run(
      'openssl',
      'x509',
      '-req',
      '-in',
      'ada.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-set_serial',
      '7',
      '-extfile',
      'cnf',
      '-extensions',
      'ada',
      '-days',
      '600',
      '-out',
      'ada.pem',
    );
    for (const name of ['ca', 'ada']) this.run('openssl', 'x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.crt`);
    this.run('openssl', 'req', '-in', 'ada.csr', '-outform', 'DER', '-out', 'ada.p10');
  }

  /** An authority below the first with everything a path may be held to, and somebody below that; what stands in both, without signature. */
  #chain(): void {
    const request = ['req', '-new', '-config', 'cnf', '-noenc', '-newkey', 'rsa:2048'];
    for (const [name, issuer, subject] of [
      ['sub', 'ca', '/C=US/O=Clinic/CN=Clinic Sub'],
      ['deep', 'sub', '/C=US/O=Clinic/CN=Deep'],
    ] as const) {
      this.run('openssl', ...request, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
      const issued = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-set_serial', '9', '-extfile', 'cnf', '-extensions', name];
      this.run('openssl', 'x509', '-req', '-in', `${name}.csr`, ...issued, '-days', '500', '-out', `${name}.pem`);
      this.run('openssl', 'x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.crt`);
      const [toBeSigned] = children(readDer(this.read(`${name}.crt`)));
      this.put(`${name}.tbs`, toBeSigned?.whole ?? '');
    }
  }

  #list(): void {
    const end = '400101000000Z';
    this.put('index.txt', `V\t${end}\t\t07\tunknown\t/CN=Ada\nR\t${end}\t260101000000Z,keyCompromise\t08\tunknown\t/CN=Old\n`);
    this.run('openssl', 'ca', '-config', 'cnf', '-name', 'here', '-gencrl', '-out', 'list.pem');
    this.run('openssl', 'crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.crl');
    this.run('openssl', 'ocsp', '-issuer', 'ca.pem', '-cert', 'ada.pem', '-reqout', 'request.ocsp', '-no_nonce');
    const responder = ['-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key', '-ndays', '30'];
    this.run('openssl', 'ocsp', ...responder, '-reqin', 'request.ocsp', '-respout', 'answer.ocsp');
  }

  #seal(): void {
    this.run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', 'ada.key', '-outform', 'DER', '-out', 'plain.p8');
    this.run(
      'openssl',
      'pkcs8',
      '-topk8',
      '-v2',
      'aes256',
      '-in',
      'ada.key',
      '-outform',
      'DER',
      '-passout',
      'file:password',
      '-out',
      'sealed.p8',
    );
    const pfx = ['-export', '-inkey', 'ada.key', '-in', 'ada.pem', '-certfile', 'ca.pem', '-passout', 'file:password'];
    this.run('openssl', 'pkcs12', ...pfx, '-iter', '100', '-out', 'modern.p12');
    this.run('openssl', 'pkcs12', ...pfx, '-iter', '100', '-legacy', '-out', 'old.p12');
    this.run('openssl', 'crl2pkcs7', '-nocrl', '-certfile', 'ca.pem', '-certfile', 'ada.pem', '-outform', 'DER', '-out', 'chain.p7');
  }

  #mail(): void {
    const signer = ['-signer', 'ada.pem', '-inkey', 'ada.key', '-certfile', 'ca.pem'];
    this.run('openssl', 'cms', '-sign', '-binary', '-nodetach', '-in', 'text', ...signer, '-outform', 'DER', '-out', 'signed.p7m');
    const headers = ['-from', 'ada@clinic.example', '-to', 'bob@clinic.example', '-subject', 'Tuesday'];
    this.run('openssl', 'cms', '-sign', '-text', '-in', 'text', ...signer, ...headers, '-out', 'clear.eml');
    this.run('openssl', 'cms', '-sign', '-text', '-nodetach', '-in', 'text', ...signer, ...headers, '-out', 'opaque.eml');
    this.run('openssl', 'cms', '-encrypt', '-aes-256-cbc', '-binary', '-in', 'text', '-outform', 'DER', '-out', 'sealed.p7m', 'ada.pem');
    this.run(
      'openssl',
      'cms',
      '-encrypt',
      '-aes-256-gcm',
      '-binary',
      '-in',
      'text',
      '-outform',
      'DER',
      '-out',
      'sealed-gcm.p7m',
      'ada.pem',
    );
  }

  #openPgp(): void {
    const quiet = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', ''];
    this.run('gpg', ...quiet, '--quick-gen-key', 'Ada <ada@clinic.example>', 'ed25519', 'sign,cert', 'never');
    this.run('gpg', ...quiet, '--export', '--output', 'ada.pgp');
    this.run('gpg', ...quiet, '--output', 'signed.pgp', '--sign', 'text');
    this.run('gpg', ...quiet, '--output', 'clear.asc', '--clearsign', 'text');
    this.run('gpg', ...quiet, '--output', 'text.sig', '--detach-sign', 'text');
  }
}
