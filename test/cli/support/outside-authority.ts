import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An authority nobody in the practice runs: a root and one below it, by openssl. */
export interface OutsideAuthority {
  path(name: string): string;
  run(line: string): string;
  /** Signs a request as it asks; the file of the certificate, PEM. */
  sign(request: string, more?: string): string;
}

export function makeOutsideAuthority(parent: string, name = 'outside'): OutsideAuthority {
  const directory = join(parent, name);
  mkdirSync(directory, { recursive: true });
  const run = (line: string) => execFileSync('openssl', line.split(' '), { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  const path = (file: string) => join(directory, file);
  writeFileSync(
    path('ca.ext'),
    'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n',
  );
  writeFileSync(path('leaf.ext'), 'authorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\n');
  const usage = '-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign';
  run(`req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /O=Public/CN=Public-Root -days 3650 ${usage}`);
  run('req -newkey rsa:2048 -nodes -keyout ca.key -out ca.csr -subj /O=Public/CN=Public-Mail');
  run('x509 -req -in ca.csr -CA root.pem -CAkey root.key -days 1800 -extfile ca.ext -out ca.pem');
  let count = 0;
  return {
    path,
    run,
    sign(request, more = '-days 365') {
      const file = `leaf${++count}.pem`;
      run(`x509 -req -in ${request} -CA ca.pem -CAkey ca.key -copy_extensions copy -extfile leaf.ext ${more} -out ${file}`);
      return path(file);
    },
  };
}
