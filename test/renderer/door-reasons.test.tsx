import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Feature } from '../../renderer/features/feature.ts';
import { Door } from '../../renderer/shell/door.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const features: readonly Feature[] = [{ locked: ({ reason }) => <p>locked: {reason ?? 'new'}</p> }];
const signedIn = { operatorId: 'nadia', name: 'Nadia', role: 'administrator' };
const status = { isInitialised: true, practiceName: 'Ridgeway', mailDomain: null, operators: ['Nadia'], signedIn, version: '1' };

async function openOffice() {
  const locked = { code: 'session.locked', message: '', hint: '', details: {}, traceId: '' } as const;
  const core = stubCore((name) =>
    name === 'people.list' ? { ok: false, error: locked } : { ok: true, value: name === 'workspace.status' ? status : null },
  );
  show(<Door features={features} />, core.api);
  await screen.findByRole('button', { name: /Nadia/ });
  return core;
}

test('a session that ended for want of use shows the door and why, and a refusal that follows does not change the reason', async () => {
  const core = await openOffice();
  act(() => core.push('session.ended', { operator: 'nadia', why: 'idle' }));
  expect(await screen.findByText('locked: idle')).toBeTruthy();
  await act(async () => void (await core.api.call('people.list', {}).catch(() => undefined)));
  expect(screen.getByText('locked: idle')).toBeTruthy();
});

test('a session of somebody else ends nothing here', async () => {
  const core = await openOffice();
  act(() => core.push('session.ended', { operator: 'ana', why: 'idle' }));
  expect(screen.queryByText(/^locked/)).toBeNull();
});

test('keys and pointer tell the core that somebody is there, and not more often than it needs to know', async () => {
  const core = await openOffice();
  const told = () => core.asked.filter(({ name }) => name === 'session.stay').length;
  expect(told()).toBe(0);
  fireEvent.keyDown(document.body, { key: 'a' });
  fireEvent.pointerDown(document.body);
  await waitFor(() => expect(told()).toBe(1));
});
