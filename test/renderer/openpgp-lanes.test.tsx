import { screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { OpenPgpSummary } from '../../main/contract/openpgp.ts';
import { KeysPanel } from '../../renderer/features/people/keys-panel.tsx';
import { openPgpLanes } from '../../renderer/features/people/openpgp-lanes.ts';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

const base: OpenPgpSummary = {
  id: 'a',
  version: 4,
  fingerprint: 'abcdef0123456789abcdef0123456789abcdef01',
  algorithm: 'curve25519',
  userIds: ['Ada <ada@ridgeway.example>'],
  subkeys: [],
  createdAt: '2026-06-01T00:00:00Z',
  expiresAt: '2028-06-01T00:00:00Z',
  status: 'valid',
  revokedAt: null,
  isCurrent: true,
  personId: 'p',
  place: 'vault',
};
const old: OpenPgpSummary = {
  ...base,
  id: 'old',
  createdAt: '2024-01-01T00:00:00Z',
  expiresAt: '2026-01-01T00:00:00Z',
  status: 'expired',
  isCurrent: false,
};

describe('the lanes of an OpenPGP key', () => {
  test('are one for signing and one for opening mail, with the same beginning and end', () => {
    const lanes = openPgpLanes([base]);
    expect(lanes.map(({ purpose, current }) => [purpose, current.id])).toEqual([
      ['sign', 'a'],
      ['encrypt', 'a'],
    ]);
    for (const { bars } of lanes)
      expect(bars.map(({ kind, from, to }) => [kind, from.toISOString(), to.toISOString()])).toEqual([
        ['in-use', '2026-06-01T00:00:00.000Z', '2028-06-01T00:00:00.000Z'],
      ]);
  });

  test('keep an older key for opening old mail, and show it as replaced for signing', () => {
    const kinds = openPgpLanes([base, old]).map(({ bars }) => bars.map(({ id, kind }) => [id, kind]));
    expect(kinds).toEqual([
      [
        ['old', 'replaced'],
        ['a', 'in-use'],
      ],
      [
        ['old', 'kept'],
        ['a', 'in-use'],
      ],
    ]);
  });

  test('are none without a key', () => {
    expect(openPgpLanes([])).toEqual([]);
  });
});

describe('the panel of a person’s keys', () => {
  const panel = (openPgp: readonly OpenPgpSummary[], status: 'active' | 'left' = 'active') => {
    const [onMake, onHandOver] = [vi.fn<() => void>(), vi.fn<() => void>()];
    show(<KeysPanel person={{ certificates: [], openPgp, status }} onMakeOpenPgp={onMake} onHandOverOpenPgp={onHandOver} />);
    return { onMake, onHandOver };
  };

  test('offers to make an OpenPGP key where there is none', () => {
    const { onMake } = panel([]);
    screen.getByRole('button', { name: 'Make an OpenPGP key' }).click();
    expect(onMake).toHaveBeenCalledOnce();
    expect(screen.queryByRole('img')).toBeNull();
  });

  test('offers nothing of the kind to somebody who left', () => {
    panel([], 'left');
    expect(screen.queryByText(/OpenPGP/)).toBeNull();
  });

  test('shows the key in use with its time, and hands it over', () => {
    const { onHandOver } = panel([base]);
    const bars = screen.getAllByRole('img').map((bar) => bar.getAttribute('aria-label'));
    expect(bars.filter((label) => label?.startsWith('In use'))).toHaveLength(2);
    expect(screen.queryByRole('button', { name: /^Make/ })).toBeNull();
    screen.getByRole('button', { name: 'Hand over the OpenPGP key' }).click();
    expect(onHandOver).toHaveBeenCalledOnce();
  });

  test('offers a new one once the key has ended', () => {
    panel([{ ...old, isCurrent: true }]);
    expect(screen.getAllByText('Ended')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Make a new OpenPGP key' })).toBeDefined();
  });
});
