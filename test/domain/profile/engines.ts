import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { encodePem } from '../../../main/domain/encoding/pem.ts';

/** What a certificate is used for: signing mail, or receiving it encrypted. */
export type Use = 'sign' | 'encrypt';

/** Other people's verdict on a certificate for a use: whether they take it, and their words. */
export interface Verdict {
  readonly accepts: boolean;
  readonly words: string;
}

/** Somebody else's engine with a practice's chain: the root trusted, the issuing authority known. */
export interface Engine {
  readonly name: 'openssl' | 'certtool' | 'certutil' | 'gpgsm';
  judge(certificate: Uint8Array, use: Use): Verdict;
  close(): void;
}

interface Chain {
  readonly root: Uint8Array;
  readonly issuing: Uint8Array;
}

const pem = (octets: Uint8Array) => encodePem('CERTIFICATE', octets);

/** A private directory with the chain in it; its path is short because of gpgsm's sockets. */
function roomFor(chain: Chain) {
  const path = mkdtempSync(join(tmpdir(), 'kw-'));
  const write = (name: string, content: string) => (writeFileSync(join(path, name), content, { mode: 0o600 }), join(path, name));
  write('root.pem', pem(chain.root));
  write('issuing.pem', pem(chain.issuing));
  const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: path,
      encoding: 'utf8',
      timeout: 60_000,
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', ...env },
    });
    return { status, words: (stdout + stderr).trim() };
  };
  return { path, write, run, close: () => rmSync(path, { recursive: true, force: true }) };
}

/** `verify -x509_strict`. OpenSSL 3.0 does not count keyAgreement as encryption: an EC key is checked for that without a purpose. */
export function opensslEngine(chain: Chain): Engine {
  const room = roomFor(chain);
  return {
    name: 'openssl',
    judge: (certificate, use) => {
      room.write('leaf.pem', pem(certificate));
      const isRsa = new X509Certificate(certificate).publicKey.asymmetricKeyType === 'rsa';
      const purpose = use === 'sign' ? 'smimesign' : isRsa ? 'smimeencrypt' : 'any';
      const args = ['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-purpose', purpose, 'leaf.pem'];
      const { status, words } = room.run('openssl', args);
      return { accepts: status === 0, words };
    },
    close: room.close,
  };
}

/** GnuTLS, which asks for the extended key usage and the mailbox, and not for the use. */
export function certtoolEngine(chain: Chain): Engine {
  const room = roomFor(chain);
  return {
    name: 'certtool',
    judge: (certificate) => {
      room.write('leaf.pem', pem(certificate) + pem(chain.issuing) + pem(chain.root));
      const args = ['--verify', '--load-ca-certificate', 'root.pem', '--verify-purpose', '1.3.6.1.5.5.7.3.4', '--infile', 'leaf.pem'];
      const { status, words } = room.run('certtool', args);
      return { accepts: status === 0 && /Chain verification output: Verified\. The certificate is trusted\./.test(words), words };
    },
    close: room.close,
  };
}

/** NSS, the engine of Thunderbird and Evolution. */
export function certutilEngine(chain: Chain): Engine {
  const room = roomFor(chain);
  const certutil = (...args: readonly string[]) => room.run('certutil', [...args, '-d', `sql:${room.path}`]);
  certutil('-N', '--empty-password');
  certutil('-A', '-n', 'root', '-t', ',C,', '-i', 'root.pem');
  certutil('-A', '-n', 'issuing', '-t', ',,', '-i', 'issuing.pem');
  return {
    name: 'certutil',
    judge: (certificate, use) => {
      const name = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
      room.write('leaf.pem', pem(certificate));
      const taken = certutil('-A', '-n', name, '-t', ',,', '-i', 'leaf.pem');
      const { words } = certutil('-V', '-n', name, '-u', use === 'sign' ? 'S' : 'R');
      return { accepts: words === 'certutil: certificate is valid', words: `${taken.words} ${words}`.trim() };
    },
    close: room.close,
  };
}

/** GnuPG, the engine of KMail: it encrypts for real, and for signing says what it would let the key do. */
export function gpgsmEngine(chain: Chain): Engine {
  const room = roomFor(chain);
  const env = { GNUPGHOME: room.path };
  const gpgsm = (...args: readonly string[]) => room.run('gpgsm', ['--batch', '--disable-crl-checks', ...args], env);
  const fingerprint = new X509Certificate(chain.root).fingerprint;
  room.write('trustlist.txt', `${fingerprint} S relax\n`);
  gpgsm('--import', 'root.pem', 'issuing.pem');
  return {
    name: 'gpgsm',
    judge: (certificate, use) => {
      const id = new X509Certificate(certificate).fingerprint.replaceAll(':', '');
      room.write('leaf.pem', pem(certificate));
      gpgsm('--import', 'leaf.pem');
      if (use === 'encrypt') {
        room.write('text', 'for you');
        const { status, words } = gpgsm('--yes', '--output', 'mail.p7m', '--encrypt', '--recipient', `0x${id}`, 'text');
        return { accepts: status === 0, words };
      }
      const { words } = gpgsm('--list-keys', '--with-validation', '--with-colons', `0x${id}`);
      const [, validity = '', capabilities = ''] = /^crt:([^:]*):(?:[^:]*:){9}([^:]*):/m.exec(words) ?? [];
      return { accepts: /^[fu]$/.test(validity) && capabilities.includes('s'), words };
    },
    close: () => {
      room.run('gpgconf', ['--kill', 'all'], env);
      room.close();
    },
  };
}
