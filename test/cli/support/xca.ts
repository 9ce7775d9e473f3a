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
  const command = `xca --no-gui --database=${database} --exit`;
  const making = spawn('script', ['-qefc', command, '/dev/null'], { env: environment, timeout: 60_000 });
  let said = '';
  let typing: NodeJS.Timeout | undefined;
  making.stdin.on('error', () => undefined);
  making.stdout.on('data', (some: Buffer) => {
    said += some.toString('latin1');
    /* What was typed before XCA has silenced the terminal is thrown away: so it is typed until XCA has it. */
    if (said.includes('assword:')) typing ??= setInterval(() => making.stdin.write(`${password}\n`), 100);
  });
  const [status] = (await once(making, 'close')) as [number | null];
  clearInterval(typing);
  if (status !== 0) throw new Error(`xca made no database: ${said}`);
  const run = (...args: readonly string[]) =>
    void execFileSync('xca', ['--no-gui', `--database=${database}`, `--password=file:${passwordFile}`, ...args], {
      env: environment,
      timeout: 60_000,
      stdio: 'pipe',
    });
  return { database, take: (...files) => run('--import', ...files), makeList: (name) => run(`--crlgen=${name}`, '--name=list') };
}
