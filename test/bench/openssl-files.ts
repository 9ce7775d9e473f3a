import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A root, an authority below it, and people's certificates, made by openssl: P-256 throughout. */
export interface OpensslFiles {
  readonly directory: string;
  readonly root: string;
  readonly issuer: string;
  run(line: string): void;
  /** Certificates of one key, PEM; each with a number of its own. */
  leaves(count: number): readonly string[];
  remove(): void;
}

const forAuthorities = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';
const forPeople = `basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=emailProtection
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=email:somebody@ridgeway.example
`;

export function opensslFiles(): OpensslFiles {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-openssl-'));
  const run = (line: string) => void execFileSync('openssl', line.split(' '), { cwd: directory, stdio: 'pipe' });
  const path = (name: string) => join(directory, name);
  writeFileSync(path('ca.ext'), forAuthorities);
  writeFileSync(path('leaf.ext'), forPeople);
  const fresh = 'req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';
  const usage = '-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign';
  run(`${fresh} -x509 -keyout root.key -out root.pem -subj /CN=Root -days 3650 ${usage}`);
  run(`${fresh} -keyout ca.key -out ca.csr -subj /CN=Issuing`);
  run('x509 -req -in ca.csr -CA root.pem -CAkey root.key -days 1800 -extfile ca.ext -out ca.pem');
  run('req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=Somebody');
  const leaves = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      run(`x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 365 -set_serial ${at + 1000} -extfile leaf.ext -out leaf${at}.pem`);
      return path(`leaf${at}.pem`);
    });
  return { directory, root: path('root.pem'), issuer: path('ca.pem'), run, leaves, remove: () => rmSync(directory, { recursive: true }) };
}

export interface OpensslRun {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** One openssl, how long it took and the most it held: looked at while it runs, so a little more may have been missed. */
export async function opensslRun(directory: string, args: readonly string[]): Promise<OpensslRun> {
  const begin = performance.now();
  const child = spawn('openssl', args, { cwd: directory, stdio: 'ignore' });
  const ended = once(child, 'exit');
  let kilobytes = 0;
  const looking = setInterval(() => {
    try {
      kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch {
      /* It has ended. */
    }
  }, 1);
  const [code] = (await ended) as [number];
  clearInterval(looking);
  if (code !== 0) throw new Error(`openssl ${args[0]} ended with ${code}`);
  return { milliseconds: performance.now() - begin, megabytes: kilobytes / 1024 };
}
