import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The database of XCA's own command line. */
export interface Xca {
  readonly database: string;
  /** Has XCA take in files: keys, certificates, lists of revoked certificates. */
  take(...files: readonly string[]): void;
  /** Has XCA make a list of revoked certificates. */
  makeList(authority: string): void;
}

const environment = { PATH: process.env['PATH'], HOME: '/nonexistent', LC_ALL: 'C.UTF-8', QT_QPA_PLATFORM: 'offscreen' };

/** Makes an empty one. XCA asks for the password of a new database at a terminal only, so `script` gives it one. */
export async function makeXcaDatabase(directory: string, passwordFile: string, password: string): Promise<Xca> {
  const database = join(directory, 'old.xdb');
  const making = spawn('script', ['-qefc', `xca --no-gui --database=${database} --exit`, '/dev/null'], { env: environment });
  let said = '';
  making.stdout.on('data', (some: Buffer) => {
    said += some.toString('latin1');
    if (!said.includes('assword:')) return;
    said = '';
    making.stdin.write(`${password}\n`);
  });
  const [status] = (await once(making, 'close')) as [number];
  if (status !== 0) throw new Error(`xca made no database: ${said}`);
  const run = (...args: readonly string[]) =>
    void execFileSync('xca', ['--no-gui', `--database=${database}`, `--password=file:${passwordFile}`, ...args], {
      env: environment,
      timeout: 60_000,
      stdio: 'pipe',
    });
  return { database, take: (...files) => run('--import', ...files), makeList: (name) => run(`--crlgen=${name}`, '--name=list') };
}
