import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';

/** Milliseconds. */
const pause = 20;

/**
 * A line to the reader service. It lets few wait at its door and turns away who comes on top of them (EAGAIN), as it may while several
 * programs speak to cards: then it runs, and is asked again until so many milliseconds have passed. @throws Error what the system says
 */
export async function connectToService(socket: string, milliseconds: number): Promise<Socket> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const line = connect(socket);
    try {
      await once(line, 'connect');
      return line;
    } catch (error) {
      line.destroy();
      if (!isTurnedAway(error) || performance.now() > deadline) throw error;
      await pass(pause);
    }
  }
}

const isTurnedAway = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EAGAIN';
