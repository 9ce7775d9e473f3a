import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { ArchiveDialog } from '../../renderer/features/audit/archive-dialog.tsx';
import { CompareDialog } from '../../renderer/features/audit/compare-dialog.tsx';
import { TimeStamps } from '../../renderer/features/audit/time-stamps.tsx';
import { WitnessesDialog } from '../../renderer/features/audit/witnesses-dialog.tsx';
import { show, standInForLayout, stubCore } from './support/render.tsx';

standInForLayout();

const archive = { from: 0, to: 256, path: '/srv/safe/old.jsonl', createdAt: '2026-11-23T09:21:04.123Z', octets: 9, sha256: '' };
const comparison = {
  verdict: 'grown',
  isSigned: false,
  size: 40,
  shortHash: 'ABCD EFGH IJKL MNOP QRST UVWX',
  entries: 52,
  suspicion: null,
};
const proof = { at: '2026-11-23T09:21:04.123Z', time: '2026-11-23T09:21:00.000Z', size: 40, source: 'x', holds: true, findings: [] };

describe('what is done with totals and old entries', () => {
  test('old entries go to a file in the folder that is chosen, and what went before is named', async () => {
    const asked: [string, unknown][] = [];
    const core = stubCore((name, input) => {
      asked.push([name, input]);
      if (name === 'shell.chooseFolder') return { ok: true, value: { folder: { id: 'x', path: '/srv/safe' } } };
      if (name === 'audit.archives') return { ok: true, value: { archives: [archive] } };
      if (name === 'incidents.policy') return { ok: true, value: { retentionYears: 6 } };
      return { ok: true, value: { ...archive } };
    });
    show(<ArchiveDialog onClose={() => undefined} />, core.api);
    expect(await screen.findByText(/Entries 0 to 255 are in an archive since/)).toBeTruthy();
    expect(screen.getByText('Those older than 6 years, as the settings have it.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Move them' })).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('button', { name: 'Choose the folder' }));
    expect(await screen.findByText('/srv/safe')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Move them' }));
    await waitFor(() => expect(asked.map(([name]) => name)).toContain('audit.archive'));
    const [, input] = asked.find(([name]) => name === 'audit.archive') ?? [];
    expect((input as { path: string }).path).toMatch(/^\/srv\/safe\/keyward-log-archive-\d{4}-\d\d-\d\d\.jsonl$/);
  });

  test('a total that bears no signature is compared, and said to bear none', async () => {
    const core = stubCore((name) => ({
      ok: true,
      value: name === 'audit.compareCheckpoint' ? comparison : { folder: null, suspicion: null, explained: [], unreachable: null },
    }));
    show(<CompareDialog onClose={() => undefined} />, core.api);
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '40 ABCD EFGH IJKL MNOP QRST UVWX' } });
    fireEvent.click(screen.getByRole('button', { name: 'Compare' }));
    expect(await screen.findByText('The log is the one that was counted, and has grown since.')).toBeTruthy();
    expect(screen.getByText(/counts 40 entries \(ABCD .* the log has 52\. It bears no signature/)).toBeTruthy();
  });

  test('the newest word of each witness and one time-stamp are shown, and every word that does not hold', async () => {
    const witness = (authority: string, size: number) => ({ ...proof, kind: 'cosignature', authority, size });
    const proofs = [
      witness('w1+1', 10),
      witness('w1+1', 20),
      witness('w2+2', 15),
      { ...proof, kind: 'time-stamp', authority: 'CN=Stamps', size: 12 },
      { ...witness('w2+2', 16), at: '2026-11-23T10:00:00.000Z', holds: false },
    ];
    show(<TimeStamps />, stubCore(() => ({ ok: true, value: { proofs } })).api);
    expect(await screen.findByText(/A witness has seen the total over 20 entries/)).toBeTruthy();
    expect(screen.queryByText(/over 10 entries/)).toBeNull();
    expect(screen.getByText(/A witness has seen the total over 15 entries/)).toBeTruthy();
    expect(screen.getByText(/time-stamped the total over 12 entries/)).toBeTruthy();
    expect(screen.getByText(/What a witness signed of the total over 16 entries does not hold/)).toBeTruthy();
  });

  test('a witness that did not cosign says since when and why, is asked alone, and let go of', async () => {
    const failure = { since: '2026-11-23T09:21:04.123Z', error: 'remote.unreachable' };
    const known = { name: 'w1', url: 'https://w1.example', vkey: 'w1+1+A', cosigned: null, failure };
    const asked: [string, unknown][] = [];
    const core = stubCore((name, input) => {
      asked.push([name, input]);
      return { ok: true, value: name === 'witnesses.list' ? { witnesses: [known], logKey: 'keyward/x+2+B' } : { answers: [] } };
    });
    show(<WitnessesDialog onClose={() => undefined} />, core.api);
    expect(await screen.findByText(/^Has not cosigned since .* does not answer/i)).toBeTruthy();
    expect(screen.getByText('keyward/x+2+B')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Ask w1' }));
    await waitFor(() => expect(asked).toContainEqual(['witnesses.ask', { name: 'w1' }]));
    fireEvent.click(screen.getByRole('button', { name: 'Remove w1' }));
    await waitFor(() => expect(asked).toContainEqual(['witnesses.remove', { name: 'w1' }]));
  });
});
