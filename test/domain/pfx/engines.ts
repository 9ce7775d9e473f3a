import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What another program answered. */
export interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
}

/** A private directory (0700) that is gone after the test; short, because GnuPG keeps sockets in it. */
export function privateDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kw-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function secretFile(directory: string, name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...options,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...options.env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { succeeded: status === 0, output: `${stdout}${stderr}` };
}

function mustRun(program: string, args: readonly string[], cwd: string): void {
  const { succeeded, output } = run(program, args, { cwd });
  if (!succeeded) throw new Error(`${program} ${args[0]}: ${output}`);
}

export interface Issued {
  readonly pkcs8: Buffer;
  readonly certificate: Buffer;
}

export interface TestPki {
  readonly root: Buffer;
  readonly issuing: Buffer;
  readonly signing: Issued;
  readonly encryption: Issued;
}

const keyOptions = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
} as const;

/** A root, an issuing authority and one person's pair, all made by openssl. */
export function makePki(algorithm: keyof typeof keyOptions): TestPki {
  const directory = mkdtempSync(join(tmpdir(), 'kw-'));
  try {
    return makePkiIn(directory, algorithm);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function makePkiIn(directory: string, algorithm: keyof typeof keyOptions): TestPki {
  const der = (name: string): Buffer => readFileSync(join(directory, name));
  const issue = (name: string, issuer: string | undefined, extensions: string): void => {
    mustRun('openssl', ['genpkey', ...keyOptions[algorithm], '-out', `${name}.pem`], directory);
    writeFileSync(join(directory, `${name}.ext`), extensions);
    mustRun('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.key`], directory);
    mustRun('openssl', ['req', '-new', '-key', `${name}.pem`, '-subj', `/CN=${name}`, '-out', `${name}.csr`], directory);
    const signer =
      issuer === undefined
        ? ['-signkey', `${name}.pem`]
        : ['-CA', `${issuer}.crt`, '-CAform', 'DER', '-CAkey', `${issuer}.pem`, '-CAcreateserial'];
    mustRun(
      'openssl',
      ['x509', '-req', '-in', `${name}.csr`, ...signer, '-extfile', `${name}.ext`, '-days', '30', '-outform', 'DER', '-out', `${name}.crt`],
      directory,
    );
  };
  const authority = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash';
  const person = (usage: string): string =>
    `keyUsage=critical,${usage}\nextendedKeyUsage=emailProtection\nsubjectAltName=email:anna@clinic.example\nauthorityKeyIdentifier=keyid`;
  issue('root', undefined, authority);
  issue('issuing', 'root', `${authority}\nauthorityKeyIdentifier=keyid`);
  issue('signing', 'issuing', person('digitalSignature'));
  issue('encryption', 'issuing', person(algorithm === 'rsa' ? 'keyEncipherment' : 'keyAgreement'));
  const issued = (name: string): Issued => ({ pkcs8: der(`${name}.key`), certificate: der(`${name}.crt`) });
  return { root: der('root.crt'), issuing: der('issuing.crt'), signing: issued('signing'), encryption: issued('encryption') };
}
