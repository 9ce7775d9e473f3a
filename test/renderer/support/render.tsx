import { act, cleanup, render, renderHook, type RenderHookResult, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, vi } from 'vitest';
import type { Reply } from '../../../main/contract/door.ts';
import { createApi, type Api } from '../../../renderer/api.ts';
import { Providers } from '../../../renderer/app.tsx';

/** The morning of the design's pictures. */
const morning = new Date('2026-11-23T09:22:30');

/** Answers of a core that is not there; what it is asked is kept. */
export interface StubCore {
  readonly api: Api;
  readonly asked: readonly { readonly name: string; readonly input: unknown }[];
  readonly push: (name: string, payload?: unknown) => void;
}

/** A window's api over answers by name. */
export function stubCore(answer: (name: string, input: unknown) => Promise<Reply> | Reply): StubCore {
  const asked: { name: string; input: unknown }[] = [];
  const listeners = new Set<(name: string, payload: unknown) => void>();
  const api = createApi({
    call: async (name, input) => {
      if (name === 'session.proof') return { ok: true, value: { isFresh: true, card: null } };
      asked.push({ name, input });
      return answer(name, input);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  return { api, asked, push: (name, payload) => listeners.forEach((listener) => listener(name, payload)) };
}

const silentCore = (): Api => stubCore(() => new Promise<Reply>(() => undefined)).api;

const surroundings =
  (api: Api) =>
  ({ children }: { readonly children: ReactNode }) => (
    <Providers api={api} clock={() => morning}>
      {children}
    </Providers>
  );

/** Shows a part of the window as the window itself does. */
export const show = (part: ReactNode, api: Api = silentCore()): RenderResult => render(part, { wrapper: surroundings(api) });

/** Runs a hook as a part of the window would; `result.current` is what it gave last. */
export const showHook = <Result, Props>(hook: (props: Props) => Result, api: Api, initialProps: Props): RenderHookResult<Result, Props> =>
  renderHook(hook, { wrapper: surroundings(api), initialProps });

/** Lets everything that waits for nothing but its turn happen. */
export const settle = (): Promise<void> => act(async () => void (await new Promise((done) => setTimeout(done, 0))));

/** What jsdom lacks and every window has: sizes, media queries, scrolling into view. */
export function standInForLayout(): void {
  beforeAll(() => {
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }));
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        unobserve() {}
        disconnect() {}
      },
    );
    Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 });
    Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1056 });
    Element.prototype.scrollTo = () => undefined;
    Element.prototype.scrollIntoView = () => undefined;
  });
  afterEach(() => cleanup());
}
