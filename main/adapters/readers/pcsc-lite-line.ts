import type { Socket } from 'node:net';
import { AppError } from '../../domain/errors.ts';
import { connectToService } from './pcsc-lite-connection.ts';

const slow = (): AppError => new AppError('token.device-failed', 'The reader service did not answer in time.', { what: 'reader service' });

const hungUp = (cause?: unknown): AppError => new AppError('token.service-stopped', 'The reader service hung up.', {}, { cause });

/** A conversation with the reader service: what is sent is answered by so many octets, one after the other. */
export class PcscLiteLine {
  readonly #socket: Socket;
  #heard: Buffer = Buffer.alloc(0);
  #failure: AppError | undefined;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket, milliseconds: number) {
    this.#socket = socket;
    this.#socket.setTimeout(milliseconds, () => this.#fail(slow()));
    this.#socket.on('data', (some: Buffer) => {
      this.#heard = Buffer.concat([this.#heard, some]);
      this.#wake?.();
    });
    const over = () => this.#fail(hungUp());
    this.#socket.once('error', over).once('close', over);
  }

  /** @throws AppError token.service-stopped */
  static async open(socket: string, milliseconds: number): Promise<PcscLiteLine> {
    try {
      return new PcscLiteLine(await connectToService(socket, milliseconds), milliseconds);
    } catch (cause) {
      throw hungUp(cause);
    }
  }

  send(...parts: readonly Buffer[]): void {
    this.#socket.write(Buffer.concat(parts));
  }

  /** @throws AppError token.service-stopped, token.device-failed where it takes too long */
  async hear(octets: number): Promise<Buffer> {
    while (this.#heard.length < octets) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const answer = this.#heard.subarray(0, octets);
    this.#heard = this.#heard.subarray(octets);
    return answer;
  }

  close(): void {
    this.#socket.destroy();
  }

  #fail(error: AppError): void {
    this.#failure ??= error;
    this.#wake?.();
  }
}
