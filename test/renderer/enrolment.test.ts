import { describe, expect, test } from 'vitest';
import { checkStaffList } from '../../main/domain/people/check-staff-list.ts';
import { readStaffList } from '../../main/domain/people/read-staff-list.ts';
import { repairStaffList } from '../../main/domain/people/repair-staff-list.ts';
import { obviousRepair, peopleToIssue, repairsFrom, rowWords, shownRows } from '../../renderer/features/enrol/check-rows.ts';
import { tenthsOf, timeLeftWords } from '../../renderer/features/enrol/job-words.ts';
import { addressFault, isComplete, nobodyTyped, personInput, takeApart } from '../../renderer/features/enrol/one-person.ts';
import { readStaffFile } from '../../renderer/features/enrol/read-staff-file.ts';
import { withRepairs } from '../../renderer/features/enrol/staff-list-draft.ts';

const list = readStaffList(
  new TextEncoder().encode('name,email\nAna,ana@ridgeway.example\nBo,bo.ridgeway.example\nCy,cy@ridgeway.example\n'),
);
const nobodyKnown = { people: new Map(), departments: [] };

describe('the rows of a staff list', () => {
  test('a row that needs a fix is on top, with its repair', () => {
    const check = checkStaffList(list, nobodyKnown);
    const [first] = shownRows(check, 'all');
    expect(first?.row).toBe(2);
    expect(first === undefined ? '' : rowWords(first)).toMatch(/^The address has no @\./);
    expect(peopleToIssue(check)).toBe(2);
    const repair = first === undefined ? undefined : obviousRepair(first);
    expect(repair).toEqual({ row: 2, column: 'email', value: 'bo@ridgeway.example' });
    const repaired = checkStaffList(repairStaffList(list, repair === undefined ? [] : [repair]), nobodyKnown);
    expect(shownRows(repaired, 'fix')).toEqual([]);
  });

  test('only what was changed or asked about becomes a repair', () => {
    const [, row] = checkStaffList(list, nobodyKnown).rows;
    if (row === undefined) throw new Error('The list has three rows.');
    expect(repairsFrom(row, { name: 'Bo', email: row.person.email })).toEqual([{ row: 2, column: 'email', value: row.person.email }]);
    expect(repairsFrom(row, { name: 'Bob' })).toEqual([{ row: 2, column: 'name', value: 'Bob' }]);
  });

  test('a later repair takes the place of an earlier one of the same cell', () => {
    const before = [
      { row: 1, column: 'email', value: 'a' },
      { row: 1, column: 'name', value: 'n' },
    ];
    expect(withRepairs(before, [{ row: 1, column: 'email', value: 'b' }])).toEqual([
      { row: 1, column: 'name', value: 'n' },
      { row: 1, column: 'email', value: 'b' },
    ]);
  });
});

describe('a file for a staff list', () => {
  test('is refused by its size before any of it is read', async () => {
    const huge = { name: 'huge.csv', size: 1_000_000_000, arrayBuffer: () => Promise.reject(new Error('It was read.')) };
    await expect(readStaffFile(huge)).rejects.toMatchObject({ code: 'input.too-large' });
  });

  test('is refused when it is empty', async () => {
    await expect(readStaffFile(new File([], 'empty.csv'))).rejects.toMatchObject({ code: 'input.empty' });
  });

  test('is read with its name', async () => {
    expect(await readStaffFile(new File(['name'], 'staff.csv'))).toMatchObject({ name: 'staff.csv' });
  });
});

describe('one person by hand', () => {
  test('a pasted name with its address is taken apart', () => {
    expect(takeApart(nobodyTyped, 'Dr. Adaeze Okafor <a.okafor@ridgeway.example>')).toMatchObject({
      name: 'Dr. Adaeze Okafor',
      email: 'a.okafor@ridgeway.example',
    });
    expect(takeApart(nobodyTyped, 'Adaeze <3')).toMatchObject({ name: 'Adaeze <3', email: '' });
  });

  test('a wrong address is said in words, and keeps the form from being sent', () => {
    expect(addressFault('dana.ridgeway.example')).toBe('The address has no @.');
    expect(addressFault('dana@ridgeway.example')).toBeUndefined();
    expect(isComplete({ ...nobodyTyped, name: 'Dana', email: 'dana' })).toBe(false);
    expect(isComplete({ ...nobodyTyped, name: 'Dana', email: 'dana@ridgeway.example', others: 'x' })).toBe(false);
  });

  test('what was left empty is left out', () => {
    const typed = { ...nobodyTyped, name: ' Dana ', email: 'd@r.example', others: 'x@r.example; y@r.example', role: ' ' };
    expect(isComplete(typed)).toBe(true);
    expect(personInput(typed)).toEqual({ name: 'Dana', emails: ['d@r.example', 'x@r.example', 'y@r.example'] });
  });
});

describe('the progress of a job', () => {
  test.each([
    [null, 'Just begun; the time left shows in a moment.'],
    [0.2, 'About 1 second left.'],
    [89, 'About 89 seconds left.'],
    [125, 'About 2 minutes left.'],
    [7300, 'About 2 hours left.'],
  ])('with %s seconds left is worded', (seconds, words) => {
    expect(timeLeftWords(seconds)).toBe(words);
  });

  test('grows by tenths, failures included', () => {
    expect(tenthsOf({ done: 17, skipped: 1, failed: 1, total: 100 })).toBe(1);
    expect(tenthsOf({ done: 18, skipped: 1, failed: 1, total: 100 })).toBe(2);
    expect(tenthsOf({ done: 0, skipped: 0, failed: 0, total: 0 })).toBe(10);
  });
});
