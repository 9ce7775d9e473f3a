import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { checkStaffList } from '../../../main/domain/people/check-staff-list.ts';
import { leftOutRows } from '../../../main/domain/people/left-out-rows.ts';
import { areStrangers, isSameName } from '../../../main/domain/people/person-name.ts';
import { readStaffList } from '../../../main/domain/people/read-staff-list.ts';
import { repairStaffList } from '../../../main/domain/people/repair-staff-list.ts';
import type { KnownStaff } from '../../../main/domain/people/staff-list.ts';
import { addressesIn } from '../../../main/domain/people/staff-member.ts';
import { check, codesOf, nobody, rowsOf, rowWithColleagues, sample, utf8 } from './office-files.ts';

const knows = (...people: [string, string, string?][]): KnownStaff => ({
  people: new Map(
    people.map(([address, name, certificatesUntil], at) => [
      address,
      { id: `person-${at}`, name, ...(certificatesUntil === undefined ? {} : { certificatesUntil }) },
    ]),
  ),
  departments: [],
});

describe('the sample practice', () => {
  const staff = checkStaffList(readStaffList(sample('staff.csv')), nobody);
  const until = '2028-03-14T00:00:00.000Z';
  const practice: KnownStaff = {
    people: new Map(
      staff.rows.flatMap(({ row, person }) =>
        [person.email, ...person.otherEmails].map((address) => [
          address,
          { id: `person-${row}`, name: person.name, certificatesUntil: until },
        ]),
      ),
    ),
    departments: [...new Set(staff.rows.map(({ person }) => person.department ?? ''))],
  };
  const list = readStaffList(sample('staff-with-mistakes.csv'));

  it('has 25 people who can all be enrolled, two with two mailboxes, one with a mailbox that is not ASCII', () => {
    expect(staff.counts).toEqual({ all: 25, fix: 0, look: 0, skipped: 0, ready: 25 });
    expect(staff.rows.filter(({ person }) => person.otherEmails.length === 1)).toHaveLength(2);
    expect(staff.rows.filter(({ person }) => !/^[ -~]+$/.test(person.email)).map(({ person }) => person.email)).toEqual([
      'αλέξανδρος@ridgeway.example',
    ]);
    const scripts = ['Latin', 'Greek', 'Cyrillic', 'Arabic', 'Hebrew', 'Han', 'Hangul', 'Devanagari'];
    expect(
      scripts.filter((script) => !staff.rows.some(({ person }) => new RegExp(`\\p{Script=${script}}`, 'u').test(person.name))),
    ).toEqual([]);
  });

  it('has a list with mistakes that is checked as the design shows', () => {
    const checked = checkStaffList(list, practice);
    expect(checked.counts).toEqual({ all: 48, fix: 3, look: 1, skipped: 2, ready: 42 });
    expect(checked.rows.filter(({ verdict }) => verdict !== 'ready').map(({ row, verdict, findings }) => [row, verdict, findings])).toEqual(
      [
        [
          7,
          'fix',
          [
            {
              column: 'email',
              code: 'address-malformed',
              verdict: 'fix',
              params: { reason: 'no-at-sign' },
              value: 'olena.shevchenko.ridgeway.example',
              repair: 'olena.shevchenko@ridgeway.example',
            },
          ],
        ],
        [12, 'look', [{ column: 'staff_number', code: 'staff-number-missing', verdict: 'look', params: {}, value: '' }]],
        [
          19,
          'fix',
          [
            {
              column: 'email',
              code: 'address-repeated',
              verdict: 'fix',
              params: { row: 4, name: 'Lena Wiśniewska' },
              value: 'l.wisniewski@ridgeway.example',
            },
          ],
        ],
        [
          31,
          'fix',
          [
            {
              column: 'department',
              code: 'department-unknown',
              verdict: 'fix',
              params: { suggestion: 'Cardiology' },
              value: 'Cardiolgy',
              repair: 'Cardiology',
            },
          ],
        ],
        [
          40,
          'skipped',
          [
            {
              column: 'email',
              code: 'already-enrolled',
              verdict: 'skipped',
              params: { personId: 'person-3', until },
              value: 'dana.levi@ridgeway.example',
            },
          ],
        ],
        [
          43,
          'skipped',
          [
            {
              column: 'email',
              code: 'already-enrolled',
              verdict: 'skipped',
              params: { personId: 'person-23', until },
              value: 'm.dvorak@ridgeway.example',
            },
          ],
        ],
      ],
    );
  });

  it('is all ready once the repairs are taken and the rest is typed', () => {
    const repairs = checkStaffList(list, practice).rows.flatMap(({ row, findings }) =>
      findings.flatMap(({ column, repair }) => (repair === undefined ? [] : [{ row, column, value: repair }])),
    );
    expect(repairs).toHaveLength(2);
    const typed = [
      ...repairs,
      { row: 19, column: 'email', value: 'lu.wisniewski@ridgeway.example' },
      { row: 12, column: 'staff_number', value: '' },
    ];
    expect(checkStaffList(repairStaffList(list, typed), practice).counts).toEqual({ all: 48, fix: 0, look: 0, skipped: 2, ready: 46 });
  });

  it('leaves the rows that need a fix in a file that reads as the same rows and, finished, is ready', () => {
    const file = leftOutRows(list, checkStaffList(list, practice), ({ code }) => `${code}.`) ?? '';
    expect(file).toBe(
      '\ufeffname;email;department;role;staff_number;reason\r\n' +
        'Олена Шевченко;olena.shevchenko.ridgeway.example;Reception;Receptionist;R-1107;address-malformed.\r\n' +
        'Łukasz Wiśniewski;l.wisniewski@ridgeway.example;Pharmacy;Pharmacist;R-1119;address-repeated.\r\n' +
        'Fatoumata Diallo;f.diallo@ridgeway.example;Cardiolgy;Nurse;R-1131;department-unknown.\r\n',
    );
    const again = readStaffList(utf8(file));
    expect(again.rows.map(({ fields }) => fields)).toEqual([7, 19, 31].map((row) => list.rows[row - 1]?.fields));
    expect(again.format.ignoredHeaders).toEqual(['reason']);
  });

  it.each([
    'Name;Vorname;E-Mail\nMüller;Jörg;joerg\nWeiß;Ina;ina@ridgeway.example',
    'Name;E-Mail\n"Müller, Jörg";joerg\n"Weiß, Ina";ina@ridgeway.example',
  ])('leaves whole names in that file where they were taken apart: %j', (text) => {
    const apart = readStaffList(utf8(text));
    const file = leftOutRows(apart, checkStaffList(apart, nobody), () => '') ?? '';
    expect(readStaffList(utf8(file)).rows.map(({ fields }) => fields)).toEqual([{ surname: 'Müller', given_name: 'Jörg', email: 'joerg' }]);
  });

  it('leaves no file where no row needs a fix', () => {
    const good = readStaffList(sample('staff.csv'));
    expect(leftOutRows(good, checkStaffList(good, nobody), () => '')).toBeUndefined();
  });
});

describe('an address', () => {
  it.each([
    ['danaridgeway.example', 'dana@ridgeway.example'],
    ['dana.ridgeway.example', 'dana@ridgeway.example'],
    ['dana@', 'dana@ridgeway.example'],
    ['dana@ridgeway', undefined],
    ['dana@ridgeway,example', 'dana@ridgeway.example'],
    ['dana@ridgeway..example', 'dana@ridgeway.example'],
    ['dana@ridgeway.example.', 'dana@ridgeway.example'],
    ['dana @ ridgeway.example', 'dana@ridgeway.example'],
    ['dana@@ridgeway.example', 'dana@ridgeway.example'],
    ['mailto:dana@ridgeway.example', 'dana@ridgeway.example'],
    ['Dana Levi <dana@ridgeway.example>', 'dana@ridgeway.example'],
    ['<dana@ridgeway.example>', 'dana@ridgeway.example'],
    ['dana(at)ridgeway.example', 'dana@ridgeway.example'],
    ['dana [at] ridgeway [dot] example', 'dana@ridgeway.example'],
    ['dana＠ridgeway.example', 'dana@ridgeway.example'],
    ['@ridgeway.example', undefined],
    ['dana', undefined],
    ['dana.elsewhere.example', undefined],
    ['n/a', undefined],
  ])('%s needs a fix; the repair is %s', (written, repair) => {
    const row = rowWithColleagues(`Dana Levi,"${written}",Cardiology,4`);
    expect(row?.verdict).toBe('fix');
    expect(row?.findings).toMatchObject([{ column: 'email', code: 'address-malformed', value: written }]);
    expect(row?.findings[0]?.repair).toBe(repair);
  });

  it('that is missing needs a fix', () => {
    expect(codesOf(rowsOf(['Ada,,Cardiology,1']))).toEqual([['address-missing']]);
  });

  it('in a script of its own is good', () => {
    expect(rowsOf(['Αλέξανδρος,αλέξανδρος@ridgeway.example,X,1'])[0]?.verdict).toBe('ready');
  });

  it('that mixes scripts which look alike should be looked at', () => {
    expect(rowWithColleagues('Dana,d\u0430na@ridgeway.example,Cardiology,4')?.findings).toMatchObject([
      { code: 'address-mixed-scripts', verdict: 'look' },
    ]);
  });

  it('in a domain one letter away from the usual one should be looked at', () => {
    expect(rowWithColleagues('Dana,dana@ridgway.example,Cardiology,4')).toMatchObject({
      verdict: 'look',
      findings: [
        {
          code: 'address-domain-unusual',
          params: { domain: 'ridgway.example', usual: 'ridgeway.example' },
          repair: 'dana@ridgeway.example',
        },
      ],
    });
    expect(rowWithColleagues('Dana,dana@elsewhere.example,Cardiology,4')?.verdict).toBe('ready');
  });

  it('of another row belongs to the first; case makes no other address', () => {
    const rows = rowsOf(['Ada Ray,a@x.example,X,1', 'Ben Low,A@X.example,X,2']);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['ready', 'fix']);
    expect(rows[1]?.findings).toMatchObject([{ code: 'address-repeated', params: { row: 1, name: 'Ada Ray' } }]);
  });

  it('of another row is found among further addresses too, and not twice in one row', () => {
    const { rows } = check(
      'name,email,other_emails\nAda,a@x.example,desk@x.example; a@x.example\nBen,b@x.example,desk@x.example\nCleo,c@x.example;c2@x.example,',
    );
    expect(codesOf(rows)).toEqual([[], ['address-repeated'], []]);
    expect(rows[1]?.findings[0]?.column).toBe('other_emails');
    expect(rows.map(({ person }) => person.otherEmails)).toEqual([['desk@x.example'], ['desk@x.example'], ['c2@x.example']]);
  });

  it('of a row that comes again is skipped', () => {
    const rows = rowsOf(['Ada Ray,a@x.example,X,1', 'RAY Ada,a@x.example,X,1']);
    expect(rows[1]).toMatchObject({ verdict: 'skipped', findings: [{ code: 'row-repeated', params: { row: 1 } }] });
  });

  it('is repaired inside a cell of several', () => {
    const { rows } = check('name,email,other_emails\nAda,a@x.example,\nBen,b@x.example,\nCleo,c@x.example,"one@x.example; two@x..example"');
    expect(rows[2]?.findings).toMatchObject([{ column: 'other_emails', value: 'two@x..example', repair: 'one@x.example; two@x.example' }]);
  });
});

describe('somebody known', () => {
  const until = '2028-03-14T00:00:00.000Z';

  it('with certificates is skipped, whatever else the row lacks', () => {
    const row = rowsOf(['Dr. Dana Levi,Dana@x.example,X,'], knows(['dana@x.example', 'Dana Levi', until]))[0];
    expect(row).toMatchObject({
      verdict: 'skipped',
      personId: 'person-0',
      findings: [{ code: 'already-enrolled', params: { personId: 'person-0', until } }],
    });
  });

  it('without certificates is ready, and named by id', () => {
    expect(rowsOf(['Dana Levi,dana@x.example,X,1'], knows(['dana@x.example', 'Dana Levi']))[0]).toMatchObject({
      verdict: 'ready',
      personId: 'person-0',
    });
  });

  it('of another name keeps the address', () => {
    const row = rowsOf(['Ben Low,dana@x.example,X,1'], knows(['dana@x.example', 'Dana Levi', until]))[0];
    expect(row).toMatchObject({
      verdict: 'fix',
      findings: [{ code: 'address-of-another', params: { personId: 'person-0', name: 'Dana Levi' } }],
    });
    expect(row).not.toHaveProperty('personId');
  });

  it('is looked up by every good address of the list', () => {
    const list = readStaffList(utf8('name,email,other_emails\nAda,Ada@X.example,desk@x.example; ada@x.example\nBen,wrong,'));
    expect(addressesIn(list)).toEqual(['ada@x.example', 'desk@x.example']);
  });

  it.each([
    ['Dana Levi', 'LEVI, Dana', true],
    ['Łukasz Wiśniewski', 'Łukasz Wisniewski', true],
    ['田中 美咲', '田中美咲', true],
    ['Dana Levi', 'Dana Cohen', false],
  ])('%s and %s are one name: %s', (one, other, expected) => {
    expect(isSameName(one, other)).toBe(expected);
  });

  it.each([
    ['Dana Levi', 'Dana Cohen', false],
    ['Dana Levi', 'דנה לוי', false],
    ['Dr. Dana Levi', 'Dr. Ben Low', true],
    ['Dana Levi', '', false],
    ['田中 美咲', '佐藤 健一', true],
  ])('%s and %s can hardly be one person: %s', (one, other, expected) => {
    expect(areStrangers(one, other)).toBe(expected);
    expect(areStrangers(other, one)).toBe(expected);
  });
});

describe('repairs', () => {
  it('in one row settle what was found in another', () => {
    const lines = ['Ada,a@x.example,X,1', 'Ben,a@x.example,X,2'];
    expect(rowsOf(lines, nobody, [{ row: 1, column: 'email', value: 'ada@x.example' }]).map(({ verdict }) => verdict)).toEqual([
      'ready',
      'ready',
    ]);
  });

  it('leave what must be put right, even when somebody settles on it', () => {
    expect(rowsOf(['Ada,none,X,1'], nobody, [{ row: 1, column: 'email', value: 'none' }])[0]?.verdict).toBe('fix');
  });

  it.each([
    { row: 0, column: 'email', value: '' },
    { row: 2, column: 'email', value: '' },
    { row: 1, column: 'telephone', value: '' },
    { row: 1, column: '__proto__', value: '' },
  ])('of row $row, column $column are refused', (repair) => {
    expect(() => rowsOf(['Ada,a@x.example,X,1'], nobody, [repair])).toThrow(
      expect.objectContaining({ code: 'input.invalid', details: { field: 'repairs', row: repair.row, column: repair.column } }),
    );
  });

  it('do not change the list that was read', () => {
    const list = readStaffList(utf8('name,email\nAda,a@x.example'));
    repairStaffList(list, [{ row: 1, column: 'name', value: 'Ben' }]);
    expect(list.rows[0]?.fields.name).toBe('Ada');
  });
});

describe('any list', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      'Ada',
      'a@x.example',
      'b@x.example',
      '',
      '@',
      'a@',
      'Ada <a@x.example>',
      'Ward',
      'Wards',
      "'=1",
      'd\u0430',
      '\u202e',
      '\ufffd',
      '; a@x.example',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\0"\r\n,]/g, '')),
  );
  const line = fc.array(cell, { minLength: 1, maxLength: 5 }).map((cells) => cells.join(','));

  it('gets one verdict a row, counts that add up, and repairs that are good addresses', () => {
    const lists = fc.sample(fc.array(line, { minLength: 1, maxLength: 8 }), 500);
    for (const lines of lists) {
      const answer = tryRows(lines);
      const wrong = answer
        .flatMap(({ findings }) => findings)
        .filter(({ code, repair }) => code === 'address-malformed' && repair !== undefined && !repair.includes('@'));
      expect(wrong).toEqual([]);
      expect(answer.every(({ verdict, findings }) => (verdict === 'ready') === (findings.length === 0))).toBe(true);
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    }
  });

  it('of 30,000 rows is checked within the time of a test', () => {
    const lines = Array.from({ length: 30_000 }, (_, at) => `Person ${at},p${at}@ridgeway.example,Ward ${at % 40},${at}`);
    expect(rowsOf(lines).filter(({ verdict }) => verdict === 'ready')).toHaveLength(30_000);
  });
});

/** An empty list is refused; anything else is checked. */
function tryRows(lines: readonly string[]): ReturnType<typeof rowsOf> {
  try {
    return rowsOf(lines);
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.empty') return [];
    throw error;
  }
}
