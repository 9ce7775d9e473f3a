import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { SinksDialog } from '../../renderer/features/audit/sinks-dialog.tsx';
import { emptyDraft, orderOf } from '../../renderer/features/audit/sink-draft.ts';
import { show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const sink = {
  name: 'SIEM',
  kind: 'syslog-tls',
  format: 'json',
  place: 'siem.example:6514',
  hasOwnTrust: true,
  next: 4,
  waiting: 3,
  deliveredAt: null,
  failure: { since: '2026-11-23T09:21:04.123Z', error: 'remote.unreachable', tries: 2, nextTry: '2026-11-23T09:22:00.000Z' },
};

describe('the dialog of systems that get the log', () => {
  test('says since when one does not and why, tries it, and lets it go', async () => {
    const asked: [string, unknown][] = [];
    const core = stubCore((name, input) => {
      asked.push([name, input]);
      return { ok: true, value: name === 'sinks.list' ? { sinks: [sink] } : null };
    });
    show(<SinksDialog onClose={() => undefined} />, core.api);
    expect(await screen.findByText(/Does not get the log since .*; 3 entries wait\. .*does not answer/i)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try SIEM' }));
    expect(await screen.findByText('SIEM answers, and is the one that was named.', { selector: 'p' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove SIEM' }));
    await waitFor(() => expect(asked).toContainEqual(['sinks.remove', { name: 'SIEM' }]));
    expect(asked).toContainEqual(['sinks.test', { name: 'SIEM' }]);
  });
});

describe('a system that is being named', () => {
  const draft = { ...emptyDraft, name: ' SIEM ' };

  test('is asked for once nothing is missing', () => {
    expect(orderOf(draft)).toBeUndefined();
    expect(orderOf({ ...draft, host: 'siem.example', port: 'many' })).toBeUndefined();
    expect(orderOf({ ...draft, name: ' ', host: 'siem.example' })).toBeUndefined();
    expect(orderOf({ ...draft, kind: 'fhir' })).toBeUndefined();
    expect(orderOf({ ...draft, kind: 'file' })).toBeUndefined();
    const trust = { trust: null, certificate: null, key: null };
    const whole = { kind: 'syslog-tls', host: 'siem.example', port: 6514, content: 'json', ...trust };
    expect(orderOf({ ...draft, host: ' siem.example ' })).toEqual({ name: 'SIEM', target: whole, fromStart: false });
    const file = { ...draft, kind: 'file', folder: String.raw`C:\logs`, format: 'csv', fromStart: true } as const;
    expect(orderOf(file)).toMatchObject({ target: { path: String.raw`C:\logs\keyward-log.csv` }, fromStart: true });
  });
});
