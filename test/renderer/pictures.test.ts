import { IconKey } from '@tabler/icons-react';
import { describe, expect, test } from 'vitest';
import { entryFrom, withDays, type LogEntry } from '../../renderer/ui/log-entry.ts';
import { neighboursBefore } from '../../renderer/ui/proof-sides.ts';
import { rowAfter } from '../../renderer/ui/row-after.ts';
import { standingAt } from '../../renderer/ui/standing.ts';
import { placeOn, yearsAround, yearStarts } from '../../renderer/ui/time-scale.ts';

describe('the sides of a proof', () => {
  /** The tree as RFC 9162 section 2.1.1 draws it, with sums of texts for hashes. */
  const rootOf = (leaves: readonly string[]): string => {
    if (leaves.length < 2) return leaves[0] ?? '';
    const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
    return `(${rootOf(leaves.slice(0, split))}${rootOf(leaves.slice(split))})`;
  };
  const pathOf = (index: number, leaves: readonly string[]): string[] => {
    if (leaves.length < 2) return [];
    const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
    const [before, after] = [leaves.slice(0, split), leaves.slice(split)];
    return index < split ? [...pathOf(index, before), rootOf(after)] : [...pathOf(index - split, after), rootOf(before)];
  };

  test('lead from every entry of every small tree to its root', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = Array.from({ length: size }, (_, index) => `${index};`);
      leaves.forEach((leaf, index) => {
        const path = pathOf(index, leaves);
        const sides = neighboursBefore(index, size, path.length);
        const sum = path.reduce(
          (joined, neighbour, step) => (sides[step] === true ? `(${neighbour}${joined})` : `(${joined}${neighbour})`),
          leaf,
        );
        expect(sum, `entry ${index} of ${size}`).toBe(rootOf(leaves));
      });
    }
  });
});

describe('a time scale', () => {
  const now = new Date(2026, 10, 23);
  const scale = yearsAround([new Date(2024, 11, 5), new Date(2028, 2, 14)], now);

  test('holds whole years around all that is shown', () => {
    expect([scale.from, scale.to]).toEqual([new Date(2024, 0, 1), new Date(2029, 0, 1)]);
    expect(yearStarts(scale).map((year) => year.getFullYear())).toEqual([2024, 2025, 2026, 2027, 2028, 2029]);
  });

  test('keeps what lies outside at its edge', () => {
    expect([
      placeOn(scale, new Date(2020, 0, 1)),
      placeOn(scale, scale.from),
      placeOn(scale, scale.to),
      placeOn(scale, new Date(2040, 0, 1)),
    ]).toEqual([0, 0, 100, 100]);
    expect(placeOn(scale, new Date(2026, 6, 2))).toBeCloseTo(50, 0);
  });

  test('an end is near under 30 days and over from its very instant on', () => {
    expect(standingAt(new Date(2026, 11, 23), now)).toBe('fine');
    expect(standingAt(new Date(2026, 11, 22), now)).toBe('soon');
    expect(standingAt(now, now)).toBe('stopped');
  });
});

describe('a log by days', () => {
  const entry = (id: string, day: number): LogEntry => ({
    id,
    time: new Date(2026, 10, day, 9),
    icon: IconKey,
    title: id,
    who: '',
    number: id,
  });
  const rows = withDays([entry('c', 23), entry('b', 23), entry('a', 20)]);

  test('has a row before each new day', () => {
    expect(rows.map((row) => ('day' in row ? 'day' : row.entry.id))).toEqual(['day', 'c', 'b', 'day', 'a']);
  });

  test('leads past a day to the next entry in either direction, and never off the list', () => {
    expect(entryFrom(rows, 3, 1)).toBe(4);
    expect(entryFrom(rows, 3, -1)).toBe(2);
    expect(entryFrom(rows, 0, -1)).toBe(1);
    expect(entryFrom([], 0, 1)).toBe(0);
  });
});

test('keys that move the row stop at the ends of the list, and others do not move it', () => {
  expect(rowAfter('PageDown', 95, 100, 10)).toBe(99);
  expect(rowAfter('PageUp', 5, 100, 10)).toBe(0);
  expect(rowAfter('Enter', 5, 100, 10)).toBeUndefined();
  expect(rowAfter('ArrowDown', 0, 0, 10)).toBeUndefined();
});
