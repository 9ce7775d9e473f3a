import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

type Answer = readonly [kind: 1, id: number, error: { readonly error: string; readonly message: string } | null, result: unknown];

/**
 * Mozilla's remote protocol, version 3: messages are `length:JSON`; a command is `[0, id, name, parameters]`, its answer
 * `[1, id, error, result]`. Speaks to the program itself (chrome context), not to a page in it.
 */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #received = Buffer.alloc(0);
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('close', () => this.#waiting.forEach(({ reject }) => reject(new Error('Thunderbird has gone.'))));
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = createConnection(port, '127.0.0.1');
    await once(socket, 'connect');
    const marionette = new Marionette(socket);
    const capabilities = { alwaysMatch: { unhandledPromptBehavior: 'ignore' } };
    await marionette.#send('WebDriver:NewSession', { capabilities });
    await marionette.#send('Marionette:SetContext', { value: 'chrome' });
    await marionette.#send('WebDriver:SetTimeouts', { script: 120_000 });
    return marionette;
  }

  /** Runs the body of an async function with `parameters` as its arguments and the rights of the program. */
  async run<T>(body: string, ...parameters: readonly unknown[]): Promise<T> {
    const script = `return (async function () { ${body} }).apply(this, arguments)`;
    const result = await this.#send('WebDriver:ExecuteScript', { script, args: parameters, sandbox: 'system', newSandbox: false });
    return (result as { value: T }).value;
  }

  /** Asks the program to end as a person would. */
  async quit(): Promise<void> {
    await this.#send('Marionette:Quit', { flags: ['eAttemptQuit'] }).catch(() => undefined);
    this.#socket.destroy();
  }

  #send(name: string, parameters: object): Promise<unknown> {
    const id = ++this.#lastId;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    const message = JSON.stringify([0, id, name, parameters]);
    this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    return waiting.promise;
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (let colon = this.#received.indexOf(':'); colon > 0; colon = this.#received.indexOf(':')) {
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, colon));
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', colon + 1, end)) as unknown;
      this.#received = this.#received.subarray(end);
      if (Array.isArray(message)) this.#settle(message as unknown as Answer);
    }
  }

  #settle([, id, error, result]: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null) waiting?.resolve(result);
    else waiting?.reject(new Error(`${error.error}: ${error.message}`));
  }
}
