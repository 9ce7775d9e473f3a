import { act, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { FileContent } from '../../main/contract/client.ts';
import type { Reply } from '../../main/contract/door.ts';
import { keyOf } from '../../renderer/state/query-cache.ts';
import { useCommand } from '../../renderer/state/use-command.ts';
import { usePages } from '../../renderer/state/use-pages.ts';
import { useQuery } from '../../renderer/state/use-query.ts';
import { settle, show, showHook, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const good = (value: unknown): Reply => ({ ok: true, value });
const refused: Reply = { ok: false, error: { code: 'session.locked', message: 'locked', hint: 'Sign in.', details: {}, traceId: 't' } };

function Jobs({ isStill = false }: { readonly isStill?: boolean }) {
  const { data, error, isLoading } = useQuery('enrollment.jobs', {}, { isStill });
  return (
    <p data-testid="jobs">{`${data?.jobs.length ?? 'none'} ${error === undefined ? 'fine' : 'failed'} ${isLoading ? 'asking' : 'at rest'}`}</p>
  );
}

const words = () => screen.getByTestId('jobs').textContent;

test('two screens that ask the same ask once, and a push of the area asks again', async () => {
  let jobs: object[] = [];
  const core = stubCore(() => good({ jobs }));
  show(<Jobs />, core.api);
  await settle();
  expect(words()).toBe('0 fine at rest');
  jobs = [{}, {}];
  core.push('enrollment.progress');
  await settle();
  expect(words()).toBe('2 fine at rest');
  expect(core.asked).toHaveLength(2);
});

test('many pushes in a row are answered by few questions', async () => {
  vi.useFakeTimers();
  const core = stubCore(() => good({ jobs: [] }));
  show(<Jobs />, core.api);
  for (let count = 0; count < 100; count++) core.push('enrollment.progress');
  await vi.advanceTimersByTimeAsync(2000);
  vi.useRealTimers();
  expect(core.asked.length).toBeLessThanOrEqual(3);
  expect(core.asked.length).toBeGreaterThanOrEqual(2);
});

test('what is logged when read is not asked again by news', async () => {
  const core = stubCore(() => good({ jobs: [] }));
  show(<Jobs isStill />, core.api);
  await settle();
  core.push('enrollment.progress');
  await settle();
  expect(core.asked).toHaveLength(1);
});

test('a failed refresh keeps the old answer and says that it failed', async () => {
  let reply = good({ jobs: [{}] });
  const core = stubCore(() => reply);
  const locked = vi.fn<() => void>();
  core.api.onLocked(locked);
  show(<Jobs />, core.api);
  await settle();
  reply = refused;
  core.push('enrollment.progress');
  await settle();
  expect(words()).toBe('1 failed at rest');
  expect(locked).toHaveBeenCalledOnce();
});

test('an answer that comes after a newer question is dropped', async () => {
  const waiting: ((reply: Reply) => void)[] = [];
  const core = stubCore(() => new Promise<Reply>((answer) => waiting.push(answer)));
  show(<Jobs />, core.api);
  core.push('enrollment.progress');
  waiting[1]?.(good({ jobs: [{}] }));
  await settle();
  waiting[0]?.(good({ jobs: [{}, {}, {}] }));
  await settle();
  expect(words()).toBe('1 fine at rest');
});

test('a command that worked asks again what it touched, one that was refused says why', async () => {
  let reply: Reply = good(null);
  const core = stubCore((name) => (name === 'enrollment.jobs' ? good({ jobs: [] }) : reply));
  show(<Jobs />, core.api);
  const { result } = showHook(() => useCommand('enrollment.cancel'), core.api, {});
  await settle();
  expect(await act(() => result.current.run({ job: 'j' }))).toBeNull();
  await settle();
  expect(core.asked.map(({ name }) => name)).toEqual(['enrollment.jobs', 'enrollment.cancel', 'enrollment.jobs']);
  reply = refused;
  expect(await act(() => result.current.run({ job: 'j' }))).toBeUndefined();
  expect(result.current.error).toMatchObject({ code: 'session.locked', hint: 'Sign in.' });
});

test('a long list grows page by page, and another question begins anew while the old list stays', async () => {
  const core = stubCore((_, input) => {
    const { after = 'a0', filter } = input as { after?: string; filter?: string };
    const page = Number(after.slice(1));
    return good({ people: [`${filter ?? ''}${page}`], counts: {}, ...(page < 2 ? { next: `a${page + 1}` } : {}) });
  });
  const everyone: { readonly filter: 'everyone' | 'left' } = { filter: 'everyone' };
  const { result, rerender } = showHook(
    (input: typeof everyone) => usePages('people.list', input, (page) => page.people),
    core.api,
    everyone,
  );
  await settle();
  expect(result.current).toMatchObject({ items: ['everyone0'], hasMore: true, isLoading: false });
  for (let page = 1; page <= 2; page++) {
    act(() => result.current.loadMore());
    await settle();
  }
  expect(result.current).toMatchObject({ items: ['everyone0', 'everyone1', 'everyone2'], hasMore: false });
  core.push('people.changed');
  await settle();
  expect(core.asked).toHaveLength(6);
  rerender({ filter: 'left' });
  expect(result.current).toMatchObject({ items: ['everyone0', 'everyone1', 'everyone2'], hasMore: false, isLoading: true });
  await settle();
  expect(result.current).toMatchObject({ items: ['left0'], hasMore: true, isLoading: false });
});

test('a question about a file is another one for another file of the same length', () => {
  const [one, two] = [new FileContent('a.csv', new Uint8Array([1])), new FileContent('a.csv', new Uint8Array([2]))];
  expect(keyOf('people.checkStaffList', { file: one })).not.toBe(keyOf('people.checkStaffList', { file: two }));
  expect(keyOf('people.checkStaffList', { file: one })).toBe(keyOf('people.checkStaffList', { file: one }));
});
