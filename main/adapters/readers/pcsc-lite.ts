import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { AppError } from '../../domain/errors.ts';
import type { ReaderService } from '../../domain/token/reader-health.ts';
import type { Readers } from '../../ports/readers.ts';
import { withPcscLiteCard } from './pcsc-lite-card.ts';
import { connectToService } from './pcsc-lite-connection.ts';
import { readStates, statesSize, stateRequest } from './pcsc-lite-messages.ts';

export interface PcscLiteOptions {
  /** Absolute path of the service's socket. */
  readonly socket: string;
  /** Where its program is, if it is installed. */
  readonly programs: readonly string[];
  /** How long it may take to answer. */
  readonly milliseconds: number;
}

/** As Linux distributions have it. */
export const pcscLite: PcscLiteOptions = {
  socket: '/run/pcscd/pcscd.comm',
  programs: ['/usr/sbin/pcscd', '/usr/bin/pcscd', '/usr/local/sbin/pcscd'],
  milliseconds: 2_000,
};

/** The service pcscd, through its socket: without its library, so that nothing of it can crash here. */
export function createPcscLiteReaders(options: PcscLiteOptions = pcscLite): Readers {
  return {
    survey: async () => {
      const answer = await ask(options);
      if (typeof answer !== 'string') return { service: 'running', readers: readStates(answer) };
      const isInstalled = answer !== 'stopped' || options.programs.some((program) => existsSync(program));
      return { service: isInstalled ? answer : 'missing', readers: [] };
    },
    withCard: async (reader, act) => withPcscLiteCard(options, reader, act),
  };
}

/** The systems whose reader service is behind no socket. */
export const noReaderService: Readers = {
  survey: async () => ({ service: 'unknown', readers: [] }),
  withCard: async () => {
    throw new AppError('unsupported', 'Readers of this system are not spoken to.');
  },
};

const refusal: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM']);

type Silence = Exclude<ReaderService, 'running'>;

const silenceOf = (error: unknown): Silence =>
  error instanceof Error && 'code' in error && refusal.has(error.code) ? 'refused' : 'stopped';

/** What it answered to being asked for the states of its readers, or why it did not. */
async function ask({ socket, milliseconds }: PcscLiteOptions): Promise<Buffer | Silence> {
  try {
    return await statesFrom(await connectToService(socket, milliseconds), milliseconds);
  } catch (error) {
    return silenceOf(error);
  }
}

function statesFrom(line: Socket, milliseconds: number): Promise<Buffer | Silence> {
  const { promise, resolve } = Promise.withResolvers<Buffer | Silence>();
  const heard: Buffer[] = [];
  let length = 0;
  line.setTimeout(milliseconds, () => resolve('stopped'));
  line.on('data', (some: Buffer) => {
    heard.push(some);
    length += some.length;
    if (length >= statesSize) resolve(Buffer.concat(heard));
  });
  line.once('error', (error) => resolve(silenceOf(error)));
  // Who is not let in is hung up on.
  line.once('close', () => resolve('refused'));
  line.write(stateRequest());
  return promise.finally(() => line.destroy());
}
