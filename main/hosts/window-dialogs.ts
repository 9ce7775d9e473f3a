import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { PathWanted } from '../contract/bridge.ts';
import type { Dialogs } from './dialogs.ts';

/** Asks in the window itself, by a field for a path: for desktops that have no dialogs. */
export class WindowDialogs implements Dialogs {
  readonly #ask: (wanted: PathWanted) => void;
  readonly #pending = new Map<number, (path: string | undefined) => void>();
  #nextId = 1;

  constructor(ask: (wanted: PathWanted) => void) {
    this.#ask = ask;
  }

  chooseFile({ title }: { readonly title: string }): Promise<string | undefined> {
    return this.#path('open', title);
  }

  chooseSavePath({ title, suggestedName }: { readonly title: string; readonly suggestedName: string }): Promise<string | undefined> {
    return this.#path('save', title, suggestedName);
  }

  chooseFolder({ title }: { readonly title: string }): Promise<string | undefined> {
    return this.#path('folder', title);
  }

  /** What the person typed; null when they gave up. A path that is not absolute counts as none. */
  answer(id: number, path: string | null): void {
    const full = path?.startsWith('~/') === true ? join(homedir(), path.slice(2)) : (path ?? '');
    this.#pending.get(id)?.(isAbsolute(full) ? full : undefined);
    this.#pending.delete(id);
  }

  #path(kind: PathWanted['kind'], title: string, suggestedName = ''): Promise<string | undefined> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#ask({ id, kind, title, suggestedName });
    });
  }
}
