import type { ErrorReply } from '../domain/errors.ts';

/** Who is asking: one connection is one window or one run of the command line, and holds at most one session. */
export interface Caller {
  readonly connection: string;
  readonly host: 'window' | 'command-line';
}

/** What every call answers. */
export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ErrorReply };

/** The one way in. Every user interface, in this process or another, speaks to the services through this. */
export interface Door {
  /** Makes the call `area.name`. Never rejects: what went wrong is in the reply. */
  call(name: string, input: unknown, caller: Caller): Promise<Reply>;
  /** Hears every push until the returned function is called. */
  subscribe(listener: (name: string, payload: unknown) => void): () => void;
  /** The connection is gone: its session ends and what it had opened is wiped. */
  disconnect(connection: string): void;
  /** Finishes running units of work, wipes every secret and lets the workspace go. */
  close(): Promise<void>;
}
