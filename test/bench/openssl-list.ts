import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const configuration = `[ca]
default_ca=own
[own]
database=index.txt
crlnumber=crlnumber
default_md=sha256
crl_extensions=list
[list]
authorityKeyIdentifier=keyid
`;

/** The median time of `openssl ca -gencrl` over as many entries of the same kind: 20 octets of serial number and a reason. */
export function opensslList(entries: number, times: number): { readonly milliseconds: number } {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-openssl-'));
  const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: directory, stdio: 'pipe' });
  try {
    writeFileSync(join(directory, 'ca.cnf'), configuration);
    writeFileSync(join(directory, 'crlnumber'), '01\n');
    writeIndex(join(directory, 'index.txt'), entries);
    openssl('req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj /CN=CA');
    const took = Array.from({ length: times }, () => {
      const begin = performance.now();
      openssl('ca -gencrl -config ca.cnf -keyfile ca.key -cert ca.pem -crldays 10 -out list.pem');
      return performance.now() - begin;
    });
    return { milliseconds: took.toSorted((a, b) => a - b)[took.length >> 1] ?? 0 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeIndex(path: string, entries: number): void {
  const file = openSync(path, 'w');
  for (let from = 0; from < entries; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, entries - from) }, (_, at) => indexLine(from + at));
    writeSync(file, lines.join(''));
  }
  closeSync(file);
}

function indexLine(at: number): string {
  const serial = `${(0x40000000 + at).toString(16)}${createHash('sha256').update(String(at)).digest('hex').slice(0, 32)}`.toUpperCase();
  return `R\t280601120000Z\t260601120000Z,keyCompromise\t${serial}\tunknown\t/CN=${at}\n`;
}
