import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { assuanAnswer, readAssuanLine, type AssuanLine } from './assuan.ts';

export interface ScdaemonOptions {
  /** Absolute. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The reader whose card it serves. */
  readonly reader: string;
}

/** What it wants to know in the middle of a command; undefined ends the command. The answer is wiped when it is sent. */
export type AnswerInquiry = (keyword: string, text: string) => Uint8Array | undefined;

export interface ScdaemonReply {
  readonly data: Buffer;
  readonly status: readonly { readonly keyword: string; readonly text: string }[];
}

/** A command that the card or its driver refused; `code` is libgpg-error's. */
export class ScdaemonError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`scdaemon: ${code}`);
    this.code = code;
  }
}

const module = 'scdaemon';
const longestLine = 65_536;

/**
 * GnuPG's driver of OpenPGP cards in a process of our own, for one card and one act, without an agent or a socket: PINs go through its
 * pipe only. It leaves USB readers to the reader service, and lets other programs see the card at the same time.
 */
export class Scdaemon {
  readonly #home: string;
  readonly #child: ChildProcessWithoutNullStreams;
  #heard = Buffer.alloc(0);
  #lines: AssuanLine[] = [];
  #failure: AppError | undefined;
  #wake: (() => void) | undefined;

  constructor({ program, environment, reader }: ScdaemonOptions) {
    this.#home = mkdtempSync(join(tmpdir(), 'kw-'));
    const conf = ['disable-ccid', 'ignore-invalid-option pcsc-shared', 'pcsc-shared', `reader-port ${reader.replace(/\p{C}/gu, '')}`];
    writeFileSync(join(this.#home, 'scdaemon.conf'), `${conf.join('\n')}\n`, { mode: 0o600 });
    const options = { env: { ...environment, LC_ALL: 'C.UTF-8' }, cwd: '/', detached: true };
    this.#child = spawn(program, ['--homedir', this.#home, '--server'], { ...options, stdio: 'pipe' });
    this.#child.stdout.on('data', (some: Buffer) => this.#hear(some));
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    this.#child.once('error', () => this.#fail(driverMissing()));
    this.#child.once('exit', () => this.#fail(new AppError('token.module-crashed', 'The driver of OpenPGP cards ended.', { module })));
  }

  /** Waits until it is there. */
  async begin(milliseconds: number): Promise<void> {
    await this.#reply(milliseconds, () => undefined);
  }

  /** One command to its end. @throws ScdaemonError; AppError token.module-hung, token.module-crashed, token.openpgp-driver-missing */
  async command(line: string, milliseconds: number, answer: AnswerInquiry = () => undefined): Promise<ScdaemonReply> {
    this.#child.stdin.write(`${line}\n`);
    return this.#reply(milliseconds, answer);
  }

  /** Ends it, and with it all it knew. */
  close(): void {
    this.#failure ??= new AppError('token.removed', 'The card is not spoken to any more.');
    this.#kill();
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #reply(milliseconds: number, answer: AnswerInquiry): Promise<ScdaemonReply> {
    const deadline = performance.now() + milliseconds;
    const data: Buffer[] = [];
    const status: { keyword: string; text: string }[] = [];
    for (;;) {
      const line = await this.#next(deadline);
      if (line.is === 'ok') return { data: Buffer.concat(data), status };
      if (line.is === 'error') throw new ScdaemonError(line.code);
      if (line.is === 'data') data.push(line.octets);
      if (line.is === 'status') status.push(line);
      if (line.is === 'inquiry') this.#tell(answer(line.keyword, line.text));
    }
  }

  #tell(octets: Uint8Array | undefined): void {
    const line = octets === undefined ? Buffer.from('CAN\n') : assuanAnswer(octets);
    octets?.fill(0);
    this.#child.stdin.write(line, () => line.fill(0));
  }

  async #next(deadline: number): Promise<AssuanLine> {
    for (;;) {
      // Also of a driver that never stops telling.
      if (performance.now() > deadline) this.#hang();
      const line = this.#lines.shift();
      if (line !== undefined) return line;
      if (this.#failure !== undefined) throw this.#failure;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(() => this.#hang(), Math.max(0, deadline - performance.now()));
      await promise.finally(() => clearTimeout(timer));
    }
  }

  #hang(): void {
    this.#fail(new AppError('token.module-hung', 'The driver of OpenPGP cards did not answer.', { module }));
    this.#kill();
  }

  /** Nothing is heard any more, also of what it has started: that would go on writing into its pipe. */
  #kill(): void {
    this.#child.kill('SIGKILL');
    this.#child.stdout.destroy();
    this.#lines = [];
  }

  #fail(error: AppError): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  #hear(some: Buffer): void {
    this.#heard = Buffer.concat([this.#heard, some]);
    if (this.#heard.length > longestLine) return this.#hang();
    for (let end = this.#heard.indexOf(0x0a); end >= 0; end = this.#heard.indexOf(0x0a)) {
      this.#lines.push(readAssuanLine(this.#heard.subarray(0, end)));
      this.#heard = this.#heard.subarray(end + 1);
    }
    this.#wake?.();
  }
}

export const driverMissing = (): AppError =>
  new AppError('token.openpgp-driver-missing', 'The driver of OpenPGP cards is not installed.', { module });
