import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { JobItem, JobSummary } from '../../main/contract/enrollment.ts';
import type { Reply } from '../../main/contract/door.ts';
import { JobHeader } from '../../renderer/features/enrol/job-header.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const job: JobSummary = {
  id: 'j1',
  kind: 'enrollment',
  profile: 'ridgeway-doctors',
  algorithm: 'p256',
  state: 'done',
  operator: 'admin',
  total: 3,
  done: 1,
  skipped: 0,
  failed: 2,
  createdAt: '2026-11-23T09:00:00Z',
  endedAt: '2026-11-23T09:01:00Z',
  secondsLeft: null,
  stoppedBy: null,
};

const failed = (personId: string, code: 'path.lint' | 'token.signs-already'): JobItem => ({
  position: 0,
  personId,
  name: personId,
  mailbox: null,
  state: 'failed',
  error: { code, message: '', hint: '' },
});

const begun: Reply = { ok: true, value: { job: 'j2', total: 1 } };

test('who was stopped by a rule is issued to all the same once there is a reason, by the same profile, and nobody else', async () => {
  const core = stubCore(() => begun);
  show(<JobHeader job={job} failures={[failed('p1', 'path.lint'), failed('p2', 'token.signs-already')]} />, core.api);
  fireEvent.click(screen.getByRole('button', { name: 'Issue all the same…' }));
  const issue = await screen.findByRole('button', { name: 'Issue for 1 person' });
  expect(issue.hasAttribute('disabled') || issue.getAttribute('aria-disabled') === 'true').toBe(true);
  fireEvent.change(screen.getByLabelText(/Why they are issued/), { target: { value: 'The hospital asks for it.' } });
  fireEvent.click(issue);
  const input = { profile: 'ridgeway-doctors', algorithm: 'p256', people: ['p1'], override: 'The hospital asks for it.' };
  await expect.poll(() => core.asked).toEqual([{ name: 'enrollment.start', input }]);
});

test('trying again asks for the same profile and algorithm, and where no rule stopped anybody nothing is overridden', async () => {
  const core = stubCore(() => begun);
  show(<JobHeader job={job} failures={[failed('p2', 'token.signs-already')]} />, core.api);
  expect(screen.queryByRole('button', { name: 'Issue all the same…' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Try again for 1 person' }));
  const input = { profile: 'ridgeway-doctors', algorithm: 'p256', people: ['p2'] };
  await expect.poll(() => core.asked).toEqual([{ name: 'enrollment.start', input }]);
});
