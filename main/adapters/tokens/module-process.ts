import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { AppError } from '../../domain/errors.ts';
import type { AnswerTo, ModuleReply, ModuleRequest } from './module-protocol.ts';

export interface ModuleProcessOptions {
  /** What people call the library by. */
  readonly name: string;
  /** The module of the worker. */
  readonly entry: URL;
  /** Absolute path of the PKCS #11 library. */
  readonly library: string;
  /** All that the process is given. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * One PKCS #11 library in a process of its own, started when it is first needed and again after its end. It answers one
 * call at a time, so that a deadline runs from the moment a call is made. It keeps nobody alive while it owes no answer,
 * and ends by itself when its parent does.
 */
export class ModuleProcess {
  readonly #options: ModuleProcessOptions;
  #child: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: ModuleProcessOptions) {
    this.#options = options;
  }

  /**
   * @throws AppError token.module-hung when no answer came in time: the process was killed. token.module-crashed when it
   * ended meanwhile. cancelled after `close`. Otherwise what the module answered.
   */
  async call<R extends ModuleRequest>(request: R, milliseconds: number): Promise<AnswerTo<R>> {
    const turn = this.#last.then(() => this.#ask(request, milliseconds));
    this.#last = turn.catch(() => undefined);
    const reply = await turn;
    if (!reply.ok) throw new AppError(reply.code, reply.message, reply.details);
    // Each kind of request is answered by its own kind of answer.
    return reply.value as AnswerTo<R>;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Ends the process; from now on calls are refused. */
  close(): void {
    this.#isClosed = true;
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #ask(request: ModuleRequest, milliseconds: number): Promise<ModuleReply> {
    if (this.#isClosed) throw new AppError('cancelled', 'Keyward is being closed.');
    const child = (this.#child ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<ModuleReply>();
    const crash = () => {
      reject(this.#error('token.module-crashed', 'The driver of the token crashed.'));
      /* Sending can fail before the end is known: whoever asks again must not ask the dead. */
      this.#abandon(child);
    };
    const deadline = setTimeout(() => {
      reject(this.#error('token.module-hung', 'The driver of the token did not answer and was stopped.'));
      this.#abandon(child);
    }, milliseconds);
    child.once('message', resolve).once('exit', crash).once('error', crash);
    child.send(request, (error) => error !== null && crash());
    try {
      return await promise;
    } finally {
      clearTimeout(deadline);
      child.off('message', resolve).off('exit', crash).off('error', crash);
    }
  }

  #start(): ChildProcess {
    const { entry, library, environment } = this.#options;
    const child = fork(entry, [library], {
      env: { ...environment },
      execArgv: ['--disable-sigusr1'],
      serialization: 'advanced',
      // The last is the line that breaks when this process ends, however it does.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    });
    const forget = () => {
      if (this.#child === child) this.#child = undefined;
    };
    child.once('exit', forget).on('error', forget);
    child.unref();
    child.channel?.unref();
    const line = child.stdio[4];
    if (line instanceof Socket) line.unref();
    return child;
  }

  #abandon(child: ChildProcess): void {
    child.kill('SIGKILL');
    if (this.#child === child) this.#child = undefined;
  }

  #error(code: 'token.module-crashed' | 'token.module-hung', message: string): AppError {
    return new AppError(code, message, { module: this.#options.name });
  }
}
