import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A witness in a process of its own, in another language. */
export interface Witness {
  readonly vkey: string;
  readonly url: string;
  /** Gives this instead of an answer from then on; undefined: answers as it should. */
  answer(status: number, body: string): void;
  answerAgain(): void;
  /** Lets it believe that it has seen another log of this size. */
  believe(size: number, root: string): void;
  /** The bodies it was sent. */
  asked(): readonly string[];
}

export async function runWitness(logKey: string, name = 'witness.example/w1'): Promise<Witness & { stop(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-witness-'));
  const script = join(import.meta.dirname, 'witness.py');
  const child = spawn('/usr/bin/python3', [script, folder, logKey, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const [vkey, url] = [await next(), await next()];
  return {
    vkey,
    url,
    stop,
    answer: (status, body) => writeFileSync(join(folder, 'answer'), `${status}\n${body}`),
    answerAgain: () => rmSync(join(folder, 'answer'), { force: true }),
    believe: (size, root) => writeFileSync(join(folder, 'state'), JSON.stringify({ size, root })),
    asked: () =>
      readFileSync(join(folder, 'asked'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { body: string }).body),
  };
}
