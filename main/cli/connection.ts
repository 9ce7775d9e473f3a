import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient, type Client, type Pushes } from '../contract/client.ts';
import type { Door } from '../contract/door.ts';
import { AppError } from '../domain/errors.ts';

/** Ways to the services, from the composition: a core of our own, or the one that owns the workspace already. */
export interface DoorWays {
  openOwn(workspaceDirectory: string): Promise<Door>;
  connect(workspaceDirectory: string): Promise<Door | undefined>;
}

/** How long another command line may hold the workspace before this one gives up. Milliseconds. */
const patience = 10_000;
const pause = 100;

/**
 * The door of a workspace: in this process, or relayed to the core that owns it. Another command line without a socket
 * is waited for.
 * @throws AppError store.*
 */
export async function openDoor(ways: DoorWays, workspaceDirectory: string): Promise<Door> {
  const deadline = Date.now() + patience;
  for (;;) {
    const running = await ways.connect(workspaceDirectory);
    if (running !== undefined) return running;
    try {
      return await ways.openOwn(workspaceDirectory);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store.busy' || Date.now() > deadline) throw error;
      await delay(pause);
    }
  }
}

/** A door seen as one caller: its typed calls and its news. */
export interface Connection {
  readonly client: Client;
  subscribe<N extends keyof Pushes>(name: N, listener: (payload: Pushes[N]) => void): () => void;
}

export function connectionOver(door: Door): Connection {
  const caller = { connection: randomUUID(), host: 'command-line' } as const;
  return {
    client: createClient((name, input) => door.call(name, input, caller)),
    subscribe: (name, listener) => door.subscribe((heard, payload) => void (heard === name && listener(payload as Pushes[typeof name]))),
  };
}
