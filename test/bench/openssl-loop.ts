import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const extensions = `basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=emailProtection
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=email:somebody@ridgeway.example
`;

/** Certificates a second of a loop of the openssl command line: key, request and certificate, P-256 under P-256. */
export function opensslLoop(seconds: number): number {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-openssl-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  try {
    writeFileSync(join(directory, 'ext'), extensions);
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=CA',
    );
    const begin = performance.now();
    let count = 0;
    for (; performance.now() - begin < seconds * 1000; count++) {
      openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'k.pem');
      openssl('req', '-new', '-key', 'k.pem', '-subj', '/CN=somebody@ridgeway.example', '-out', 'r.pem');
      openssl('x509', '-req', '-in', 'r.pem', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '730', '-extfile', 'ext', '-out', 'c.pem');
    }
    return count / ((performance.now() - begin) / 1000);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
