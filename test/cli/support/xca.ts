import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
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

/** Makes an empty one under this password: what was typed can arrive in part, and then it is made anew. */
export async function makeXcaDatabase(directory: string, passwordFile: string, password: string): Promise<Xca> {
  const database = join(directory, 'old.xdb');
  const run = (...args: readonly string[]): string =>
    execFileSync('xca', ['--no-gui', `--database=${database}`, `--password=file:${passwordFile}`, ...args], {
      env: environment,
      timeout: 60_000,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  for (let time = 0; time < 5; time++) {
    rmSync(database, { force: true });
    await typePassword(database, password);
    if (!run('--exit').includes(question))
      return {
        database,
        take: (...files) => void run('--import', ...files),
        makeList: (name) => void run(`--crlgen=${name}`, '--name=list'),
      };
  }
  throw new Error('xca made no database under this password');
}

/** What XCA asks where a password is wrong; it ends well all the same. */
const question = 'Please enter the password';

/** XCA asks for the password of a new database at a terminal only, so `script` gives it one. */
async function typePassword(database: string, password: string): Promise<void> {
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
}
