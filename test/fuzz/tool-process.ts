import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const commandLine = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));
/** Milliseconds a process may take to begin. */
const start = 60_000;

export interface Answer {
  readonly exit: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string };
}

/** What came of a request: its answer, or that there was none. */
export type Outcome = { readonly answer: Answer; readonly milliseconds: number } | { readonly died: 'hang' | 'end' };

/** `keyward --jsonl` in a process of its own, one request after the other; a new one where the last has died. */
export class ToolProcess {
  #child: ChildProcessWithoutNullStreams | undefined;
  #answered: ((answer: Answer | undefined) => void) | undefined;
  #asked: Promise<unknown> = Promise.resolve();

  /** Waits for its turn. A process that does not answer within `deadline` milliseconds is killed. */
  ask(request: object, deadline: number): Promise<Outcome> {
    const outcome = this.#asked.then(async () => {
      if (this.#child === undefined) await this.#begin();
      return this.#exchange(request, deadline);
    });
    this.#asked = outcome.catch(() => undefined);
    return outcome;
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #exchange(request: object, deadline: number): Promise<Outcome> {
    const begun = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const answer = await new Promise<Answer | undefined | 'late'>((resolve) => {
      this.#answered = resolve;
      timer = setTimeout(() => resolve('late'), deadline);
      this.#child?.stdin.write(`${JSON.stringify(request)}\n`);
    });
    clearTimeout(timer);
    if (answer !== undefined && answer !== 'late') return { answer, milliseconds: performance.now() - begun };
    this.close();
    return { died: answer === 'late' ? 'hang' : 'end' };
  }

  /** Ready when it has answered what is no request. */
  async #begin(): Promise<void> {
    const child = spawn(process.execPath, [commandLine, '--jsonl'], { stdio: 'pipe' });
    this.#child = child;
    child.stderr.pipe(process.stderr);
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => this.#answered?.(JSON.parse(line) as Answer));
    child.once('close', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#answered?.(undefined);
    });
    await this.#exchange({}, start);
  }
}
