import { FileContent } from '../../main/contract/client.ts';

/** What a screen knows of one query: possibly old data while it is asked again. */
export interface QueryState {
  readonly data: unknown;
  readonly error: unknown;
  readonly isLoading: boolean;
}

interface Entry {
  readonly name: string;
  readonly ask: () => Promise<unknown>;
  readonly listeners: Set<() => void>;
  state: QueryState;
  /** Which question an answer belongs to: an older one is dropped. */
  turn: number;
  /** Not refreshed by news of others, as asking is itself logged or costs much. */
  readonly isStill: boolean;
}

const nothing: QueryState = { data: undefined, error: undefined, isLoading: true };
/** How many answers that no screen shows are kept for the way back. */
const keptUnused = 40;

const filesSeen = new WeakMap<object, number>();
let nextFile = 0;

/** A file is the same question only while it is the same file: what it holds is not read for that. */
function fileNumber(file: object): number {
  const number = filesSeen.get(file) ?? nextFile++;
  filesSeen.set(file, number);
  return number;
}

/** What makes two questions one. */
export const keyOf = (name: string, input: unknown): string =>
  JSON.stringify([name, input], function (this: Readonly<Record<string, unknown>>, key, written: unknown) {
    const holder = this[key];
    return holder instanceof FileContent ? { file: fileNumber(holder) } : written;
  });

/** Answers of the core by question. It owns no truth: every answer may be dropped or asked again at any time. */
export class QueryCache {
  readonly #entries = new Map<string, Entry>();
  readonly #watchers = new Set<(matches: (name: string) => boolean) => void>();

  read(key: string): QueryState {
    return this.#entries.get(key)?.state ?? nothing;
  }

  /** Shows an answer to a screen until the returned function is called; asks at once. */
  watch(
    key: string,
    question: { readonly name: string; readonly ask: () => Promise<unknown>; readonly isStill: boolean },
    listener: () => void,
  ): () => void {
    const entry = this.#entries.get(key) ?? { ...question, listeners: new Set(), state: nothing, turn: 0 };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.listeners.add(listener);
    void this.#ask(entry);
    return () => {
      entry.listeners.delete(listener);
      this.#forgetUnused();
    };
  }

  /** Asks again, if a screen shows it. */
  async reload(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry !== undefined) await this.#ask(entry);
  }

  /** Asks again whatever is shown and matches, and drops what matches and is not shown. */
  refresh(matches: (name: string) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (entry.isStill || !matches(entry.name)) continue;
      if (entry.listeners.size === 0) this.#entries.delete(key);
      else void this.#ask(entry);
    }
    this.#watchers.forEach((watcher) => watcher(matches));
  }

  /** Tells of every refresh, for lists that keep their own pages. */
  onRefresh(watcher: (matches: (name: string) => boolean) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Forgets answers and those still on their way: the session they were given to has ended. */
  forget(matches: (name: string) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (!matches(entry.name)) continue;
      entry.turn++;
      entry.state = nothing;
      this.#entries.delete(key);
    }
  }

  async #ask(entry: Entry): Promise<void> {
    const turn = ++entry.turn;
    this.#change(entry, { ...entry.state, isLoading: true });
    try {
      const data = await entry.ask();
      if (turn === entry.turn) this.#change(entry, { data, error: undefined, isLoading: false });
    } catch (error) {
      if (turn === entry.turn) this.#change(entry, { data: entry.state.data, error, isLoading: false });
    }
  }

  #change(entry: Entry, state: QueryState): void {
    entry.state = state;
    entry.listeners.forEach((listener) => listener());
  }

  #forgetUnused(): void {
    const unused = [...this.#entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of unused.slice(0, Math.max(0, unused.length - keptUnused))) this.#entries.delete(key);
  }
}
