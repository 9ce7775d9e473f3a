import { describe, expect, it } from 'vitest';
import { isOneEditApart } from '../../../main/domain/people/one-edit.ts';
import type { KnownStaff } from '../../../main/domain/people/staff-list.ts';
import { check, codesOf, rowsOf, rowWithColleagues } from './office-files.ts';

describe('a department', () => {
  it('one letter from a usual one should be looked at', () => {
    expect(rowWithColleagues('Dana,dana@ridgeway.example,Cardiolgy,4')).toMatchObject({
      verdict: 'look',
      findings: [{ code: 'department-unknown', params: { suggestion: 'Cardiology' }, repair: 'Cardiology' }],
    });
  });

  it('one letter from one that the practice has needs a fix, or somebody who settles on it', () => {
    const practice: KnownStaff = { people: new Map(), departments: ['Cardiology', 'Ward 1', 'ICU'] };
    const line = 'Dana,dana@x.example,Cardiolgy,4';
    expect(rowsOf([line], practice)[0]?.verdict).toBe('fix');
    expect(rowsOf([line], practice, [{ row: 1, column: 'department', value: 'Cardiolgy' }])[0]?.verdict).toBe('ready');
  });

  it.each(['Ward 2', 'ITU', 'Oncology', ''])('%j is no misspelling', (department) => {
    const practice: KnownStaff = { people: new Map(), departments: ['Cardiology', 'Ward 1', 'ICU', 'Oncology'] };
    expect(rowsOf([`Dana,dana@x.example,${department},4`], practice)[0]?.verdict).toBe('ready');
  });

  it('is spelled as the practice spells it', () => {
    const practice: KnownStaff = { people: new Map(), departments: ['Cardiology'] };
    expect(rowsOf(['Dana,dana@x.example,CARDIOLOGY,4'], practice)[0]).toMatchObject({
      verdict: 'ready',
      person: { department: 'Cardiology' },
    });
  });

  it('is compared in reasonable time even where every row has another', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `N,n${at}@x.example,Department ${at.toString(26)}x,${at}`);
    expect(rowsOf(lines)).toHaveLength(20_000);
  });
});

describe('a cell', () => {
  it.each<[string, string, string, string | undefined]>([
    ['name', 'characters-invisible', 'Dana\u202eLevi', 'DanaLevi'],
    ['name', 'characters-invisible', 'Dana\u200bLevi', 'DanaLevi'],
    ['email', 'characters-invisible', 'dana\u200b@x.example', 'dana@x.example'],
    ['department', 'characters-invisible', 'Card\u0007iology', 'Cardiology'],
    ['name', 'characters-lost', 'M\ufffdller', undefined],
    ['name', 'too-long', 'x'.repeat(201), undefined],
    ['email', 'too-long', `${'x'.repeat(995)}@x.example`, undefined],
    ['staff_number', 'too-long', '1'.repeat(65), undefined],
  ])('of %s with %s needs a fix', (column, code, value, repair) => {
    const cells: Record<string, string> = { name: 'Dana', email: 'dana@x.example', department: 'X', staff_number: '1', [column]: value };
    const row = rowsOf([Object.values(cells).join(',')])[0];
    expect(row?.verdict).toBe('fix');
    expect(row?.findings).toMatchObject([{ column, code }]);
    expect(row?.findings[0]?.repair).toBe(repair);
    expect(row?.findings[0]?.value.length).toBeLessThanOrEqual(100);
  });

  it('may hold the joiners that Persian and Indic names need', () => {
    expect(rowsOf(['علی\u200cرضا,a@x.example,X,1', 'क्\u200dष,b@x.example,X,2']).map(({ verdict }) => verdict)).toEqual(['ready', 'ready']);
  });

  it('of the name may be missing where an address brings one', () => {
    expect(rowsOf([',a@x.example,X,1'])[0]?.findings).toEqual([
      { column: 'name', code: 'name-missing', verdict: 'fix', params: {}, value: '' },
    ]);
    const repairs = rowsOf([',"""Dana Levi"" <dana@x.example>",X,1'])[0]?.findings.map(({ code, repair }) => [code, repair]);
    expect(repairs).toEqual([
      ['name-missing', 'Dana Levi'],
      ['address-malformed', 'dana@x.example'],
    ]);
  });

  it('too many in a row should be looked at', () => {
    expect(rowsOf(['Dana,dana@x.example,X,1,and more'])[0]).toMatchObject({ verdict: 'look', findings: [{ code: 'cells-surplus' }] });
  });

  it('of the staff number is missed only where others have one, and should not come twice', () => {
    expect(codesOf(rowsOf(['Ada,a@x.example,X,', 'Ben,b@x.example,X,']))).toEqual([[], []]);
    const rows = rowsOf(['Ada,a@x.example,X,7', 'Ben,b@x.example,X,7', 'Cleo,c@x.example,X,']);
    expect(codesOf(rows)).toEqual([[], ['staff-number-repeated'], ['staff-number-missing']]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['ready', 'look', 'look']);
  });

  it('of given name and surname make the name, family name first where that is the rule', () => {
    const { rows } = check('given_name,surname,email\nAda,Ray,a@x.example\n美咲,田中,b@x.example\n민준,김,c@x.example\n,Eze,d@x.example');
    expect(rows.map(({ person }) => person.name)).toEqual(['Ada Ray', '田中 美咲', '김민준', 'Eze']);
  });
});

describe('one edit', () => {
  it.each([
    ['cardiology', 'cardiolgy', true],
    ['cardiology', 'cardioology', true],
    ['cardiology', 'cardiolagy', true],
    ['cardiology', 'cardioolgy', true],
    ['cardiology', 'caridolgoy', false],
    ['cardiology', 'cardioloyg', true],
    ['cardiology', 'cardiology', false],
    ['cardiology', 'radiology', false],
    ['', 'a', true],
    ['', 'ab', false],
    ['ab', 'ba', true],
    ['abc', 'cba', false],
    ['😀', '😃', true],
  ])('%j and %j: %s', (one, other, expected) => {
    expect(isOneEditApart(one, other)).toBe(expected);
    expect(isOneEditApart(other, one)).toBe(expected);
  });
});
