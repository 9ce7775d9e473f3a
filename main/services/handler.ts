import type { AuditSubject } from '../domain/audit/entry.ts';
import type { Area, Contract } from '../contract/contract.ts';
import type { Call, Command, InputOf, OutputOf, Push, Query } from '../contract/call.ts';
import type { Pushes } from '../contract/client.ts';
import type { Caller } from '../contract/door.ts';
import type { Stores } from '../ports/database.ts';
import type { Session } from './open-session.ts';

/** News for every window once a unit is durable. */
export type PushMessage = { [N in keyof Pushes]: { readonly name: N; readonly payload: Pushes[N] } }[keyof Pushes];

/** What a command's unit leaves behind. */
export interface Committed<Output> {
  readonly value: Output;
  /** What is known about the subject only now: ids of what was made. Joins the audit entry. */
  readonly subject?: AuditSubject;
  /** What the person gave as reason. */
  readonly reason?: string;
  /** Who it turned out to be, where nobody was signed in before. */
  readonly operator?: string;
  readonly pushes?: readonly PushMessage[];
  /** Runs once the unit is durable, before the caller hears of it; must not fail. */
  readonly afterwards?: () => void;
}

/** Everything slow or secret has been done; what is left awaits nothing but the stores. */
export interface Commit<Output> {
  (stores: Stores, at: CommitPoint): Promise<Committed<Output>>;
  /** Takes back what was done outside the database, when the unit does not commit; must not fail. */
  readonly takeBack?: () => void | Promise<void>;
}

/** Where in time and in the log a unit stands. */
export interface CommitPoint {
  /** RFC 3339, UTC: the time of the audit entry and of every record of the unit. */
  readonly time: string;
  /** Index the command's audit entry will have. */
  readonly auditIndex: number;
}

/** Who makes a call: for `door` and `public` calls nobody may be signed in. */
export interface DoorContext {
  readonly caller: Caller;
  readonly session: Session | undefined;
}

export interface SessionContext {
  readonly caller: Caller;
  readonly session: Session;
}

type ContextOf<C> = C extends { readonly access: string } ? DoorContext : SessionContext;

export type Handler<C> = C extends Command
  ? (input: InputOf<C>, context: ContextOf<C>) => Promise<Commit<OutputOf<C>>>
  : C extends Query
    ? (input: InputOf<C>, context: ContextOf<C>) => Promise<OutputOf<C>>
    : never;

/** One function for each call of an area. */
export type AreaHandlers<A extends Area> = {
  readonly [K in keyof Contract[A] as Contract[A][K] extends Push ? never : K]: Contract[A][K] extends Call
    ? Handler<Contract[A][K]>
    : never;
};

export type Handlers = { readonly [A in Area]: AreaHandlers<A> };
