import type { ShellPushes } from '../main/contract/bridge.ts';
import { createClient, ReplyError, type Client, type Pushes } from '../main/contract/client.ts';
import type { Reply } from '../main/contract/door.ts';
import { asksWhoIsThere } from '../main/domain/access/step-up.ts';
import type { HostAct, HostAnswer, HostRequestInput } from '../main/contract/host-act.ts';
import { QueryCache } from './state/query-cache.ts';
import { refreshByPush } from './state/refresh.ts';
import type { Transport } from './transport.ts';

/** `area.name` of every call there is. */
export type CallName = { [A in keyof Client & string]: `${A}.${keyof Client[A] & string}` }[keyof Client & string];

type CallOf<Name extends CallName> = Name extends `${infer A}.${infer K}`
  ? A extends keyof Client
    ? K extends keyof Client[A]
      ? Client[A][K]
      : never
    : never
  : never;

export type InputFor<Name extends CallName> = CallOf<Name> extends (input: infer Input) => unknown ? Input : never;
export type OutputFor<Name extends CallName> = CallOf<Name> extends (input: never) => Promise<infer Output> ? Output : never;

/** What the window hears, from the core and from its shell. */
export type News = Pushes & ShellPushes;
export type PushName = keyof News & string;

/** Resolves once the question was answered, or closed. */
export type AskWhoIsThere = (card: string | null) => Promise<boolean>;

/** The window's way to the core. */
export interface Api {
  /** `client.people.add({...})`: answers the value or throws `ReplyError`. */
  readonly client: Client;
  /** The same by name, for hooks. */
  readonly call: <Name extends CallName>(name: Name, input: InputFor<Name>) => Promise<OutputFor<Name>>;
  /** What the shell does for the person: files are `FileContent`. Throws `ReplyError`. */
  readonly shell: <Act extends HostAct>(act: Act, input: HostRequestInput<Act>) => Promise<HostAnswer<Act>>;
  readonly cache: QueryCache;
  readonly onPush: <Name extends PushName>(name: Name, listener: (payload: News[Name]) => void) => () => void;
  /** Told when a call was refused because nobody is signed in any more. */
  readonly onLocked: (listener: () => void) => () => void;
  /** Whoever shows the question is asked before an act that wants to know who is there, with the serial number of the session's card. */
  readonly onProofNeeded: (ask: AskWhoIsThere) => () => void;
}

/** Makes the api of one window over a transport; pushes keep its cache fresh. */
export function createApi(transport: Transport): Api {
  const cache = new QueryCache();
  const locked = new Set<() => void>();
  let askWhoIsThere: AskWhoIsThere | undefined;
  /* Asked before, as what was typed for the act is sent once. Where nobody answers, the core says why it refuses. */
  const prove = async (): Promise<void> => {
    const reply = await transport.call('session.proof', {});
    const { isFresh, card } = (reply.ok ? reply.value : { isFresh: true, card: null }) as OutputFor<'session.proof'>;
    if (!isFresh) await askWhoIsThere?.(card);
  };
  const send = async (name: string, input: unknown): Promise<Reply> => {
    if (asksWhoIsThere(name)) await prove();
    const reply = await transport.call(name, input);
    if (!reply.ok && reply.error.code === 'session.locked') locked.forEach((listener) => listener());
    return reply;
  };
  refreshByPush(transport, cache);
  return {
    client: createClient(send),
    call: async (name, input) => valueOf(await send(name, input)) as OutputFor<typeof name>,
    shell: async (act, input) => valueOf(await send(`shell.${act}`, input)) as HostAnswer<typeof act>,
    cache,
    onPush: (wanted, listener) =>
      transport.subscribe((name, payload) => {
        if (name === wanted) listener(payload as News[typeof wanted]);
      }),
    onLocked: (listener) => {
      locked.add(listener);
      return () => locked.delete(listener);
    },
    onProofNeeded: (ask) => {
      askWhoIsThere = ask;
      return () => void (askWhoIsThere = undefined);
    },
  };
}

function valueOf(reply: Reply): unknown {
  if (reply.ok) return reply.value;
  throw new ReplyError(reply.error);
}
