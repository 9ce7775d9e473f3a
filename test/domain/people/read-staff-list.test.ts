import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { readRecords, unguardFormula, writeRecord, type Delimiter } from '../../../main/domain/people/delimited-text.ts';
import { headerSpellings } from '../../../main/domain/people/header-spellings.ts';
import { readStaffList } from '../../../main/domain/people/read-staff-list.ts';
import { recogniseColumns, staffColumns } from '../../../main/domain/people/staff-column.ts';
import { decodeText, maximumFileLength } from '../../../main/domain/people/text-encoding.ts';
import { sample, utf16, utf8 } from './office-files.ts';

const refusal = (code: string, details: object = {}) =>
  expect.objectContaining({ name: 'AppError', code, details: expect.objectContaining(details) as object }) as unknown;
const firstFields = (bytes: Uint8Array) => readStaffList(bytes).rows[0]?.fields;

describe('files as offices save them', () => {
  it('are read from a German spreadsheet: Windows-1252, semicolons', () => {
    const bytes = Buffer.from(
      'Personal-Nr;Nachname;Vorname;E-Mail;Abteilung\r\n17;M\xfcller-Gro\xdf;J\xf6rg;joerg@ridgeway.example;K\x84che\x80\r\n',
      'latin1',
    );
    const list = readStaffList(new Uint8Array(bytes));
    expect(list.format).toEqual({
      encoding: 'windows-1252',
      delimiter: ';',
      columns: ['given_name', 'surname', 'email', 'department', 'staff_number'],
      ignoredHeaders: [],
    });
    expect(list.rows[0]).toEqual({
      row: 1,
      line: 2,
      fields: { staff_number: '17', surname: 'Müller-Groß', given_name: 'Jörg', email: 'joerg@ridgeway.example', department: 'K„che€' },
      hasSurplusCells: false,
      settled: [],
    });
  });

  it('are read from “CSV UTF-8”: byte order mark, commas, quotes with line breaks', () => {
    const bytes = utf8(
      '\ufeffName,E-mail Address,Notes\r\n"Okafor, ""Ada""",ada@ridgeway.example,"two\r\nlines"\r\n\r\nNgozi Eze,n.eze@ridgeway.example,\r\n',
    );
    const { format, rows } = readStaffList(bytes);
    expect(format).toMatchObject({ encoding: 'utf-8', delimiter: ',', ignoredHeaders: ['Notes'] });
    expect(rows.map(({ row, line, fields }) => [row, line, fields.name])).toEqual([
      [1, 2, 'Okafor, "Ada"'],
      [2, 5, 'Ngozi Eze'],
    ]);
  });

  it.each(['little', 'big'] as const)('are read from “Unicode text”: UTF-16 with %s end first, tabs', (order) => {
    const bytes = utf16('名前\tメール\t部署\r\n田中 美咲\tmisaki.tanaka@ridgeway.example\t小児科\r\n', order);
    const { format, rows } = readStaffList(bytes);
    expect(format).toMatchObject({ encoding: order === 'little' ? 'utf-16le' : 'utf-16be', delimiter: '\t' });
    expect(rows[0]?.fields).toEqual({ name: '田中 美咲', email: 'misaki.tanaka@ridgeway.example', department: '小児科' });
  });

  it('are read with a line that names the delimiter, titles above the headers, and blank lines', () => {
    const { format, rows } = readStaffList(
      utf8('sep=;\r\nStaff of Ridgeway, November;;\r\n;;\r\nName;Mail;Dept.\r\n;;\r\nAda;a@ridgeway.example;X\r\n'),
    );
    expect(format).toMatchObject({ delimiter: ';', columns: ['name', 'email', 'department'] });
    expect(rows).toMatchObject([{ row: 1, line: 6, fields: { name: 'Ada' } }]);
  });

  it('are read with old line ends, trailing delimiters and no end to the last line', () => {
    expect(
      readStaffList(utf8('email,name,,,\rada@ridgeway.example,Ada,,,\rben@ridgeway.example,Ben')).rows.map(({ fields, line }) => [
        fields.name,
        line,
      ]),
    ).toEqual([
      ['Ada', 2],
      ['Ben', 3],
    ]);
  });

  it('keep commas in a file of semicolons and semicolons in a file of commas', () => {
    expect(firstFields(utf8('Name;Email\nOkafor, Ada, Dr;a@ridgeway.example'))).toEqual({
      name: 'Okafor, Ada, Dr',
      email: 'a@ridgeway.example',
    });
    expect(firstFields(utf8('Name,Email,other_emails\nAda,a@ridgeway.example,b@ridgeway.example;c@ridgeway.example'))).toMatchObject({
      other_emails: 'b@ridgeway.example;c@ridgeway.example',
    });
  });

  it('are tidied: white space of any kind, NFC, and the guard against formulas', () => {
    expect(firstFields(utf8('name,email,staff_number\n"\u00a0 Ade\u0301le \u2003\n Eze ",\ta@ridgeway.example ,\'-12'))).toEqual({
      name: 'Ad\u00e9le Eze',
      email: 'a@ridgeway.example',
      staff_number: '-12',
    });
  });

  it('may have several columns of addresses', () => {
    expect(firstFields(utf8('Name,Email,E-mail 2 Address,E-mail 3 Address\nAda,a@x.example,b@x.example,c@x.example'))).toMatchObject({
      email: 'a@x.example',
      other_emails: 'b@x.example; c@x.example',
    });
    expect(firstFields(utf8('Name,Email,Mail\nAda,a@x.example,b@x.example'))).toMatchObject({
      email: 'a@x.example',
      other_emails: 'b@x.example',
    });
  });

  it('may call the surname a name, when the rows show it', () => {
    expect(firstFields(utf8('Name;Vorname;E-Mail\nMüller;Jörg;j@x.example'))).toEqual({
      surname: 'Müller',
      given_name: 'Jörg',
      email: 'j@x.example',
    });
    expect(firstFields(utf8('Name;Vorname;E-Mail\nJörg Müller;Jörg;j@x.example'))).toMatchObject({ name: 'Jörg Müller' });
  });

  it('may have the surname before a comma, when most rows show it', () => {
    const names = (...lines: string[]) => readStaffList(utf8(['Name;E-Mail', ...lines].join('\n'))).rows.map(({ fields }) => fields);
    expect(names('Müller, Jörg;j@x.example', 'von der Heide,Ina;i@x.example', 'Empfang;e@x.example')).toEqual([
      { surname: 'Müller', given_name: 'Jörg', email: 'j@x.example' },
      { surname: 'von der Heide', given_name: 'Ina', email: 'i@x.example' },
      { name: 'Empfang', email: 'e@x.example' },
    ]);
    expect(names('Müller, MD;j@x.example')).toMatchObject([{ name: 'Müller, MD' }]);
    expect(names('Jörg Müller, M.D., Ph.D.;j@x.example')).toMatchObject([{ name: 'Jörg Müller, M.D., Ph.D.' }]);
    expect(names('Empfang, Haus 2;j@x.example', 'Jörg Müller;i@x.example')).toMatchObject([{ name: 'Empfang, Haus 2' }, {}]);
    const twice = utf8('Display Name,First Name,Last Name,Email\n"Müller, Jörg",Jörg A.,Müller,j@x.example');
    expect(readStaffList(twice).rows[0]?.fields).toEqual({ given_name: 'Jörg A.', surname: 'Müller', email: 'j@x.example' });
  });

  it('have more cells than headers where a delimiter was not quoted', () => {
    expect(
      readStaffList(utf8('name,email\nAda,a@x.example,,\nBen,b@x.example,more')).rows.map(({ hasSurplusCells }) => hasSurplusCells),
    ).toEqual([false, true]);
  });
});

describe('headers', () => {
  it.each([
    ['name,given_name,surname,email,other_emails,department,role,staff_number,language', staffColumns],
    ['Staff no.,Mail address,First name,LAST NAME', ['staff_number', 'email', 'given_name', 'surname']],
    [
      'Vorname,Nachname,E-Mail-Adresse,Abteilung,Funktion,Personalnummer',
      ['given_name', 'surname', 'email', 'department', 'role', 'staff_number'],
    ],
    ['Prénom,Nom,Adresse e-mail,Service,Fonction,Matricule', ['given_name', 'surname', 'email', 'department', 'role', 'staff_number']],
    ['Full-Name,E_MAIL,Dept,Job Title,Employee ID', ['name', 'email', 'department', 'role', 'staff_number']],
    ['ПІБ,Електронна пошта,Відділення,Посада', ['name', 'email', 'department', 'role']],
    ['Telephone,Name,Name,Email', [undefined, 'name', undefined, 'email']],
  ])('%s are recognised', (headers, columns) => {
    expect(recogniseColumns(headers.split(','))).toEqual(columns);
  });

  it('are spelled in one way for one column only', () => {
    const all = staffColumns.flatMap((column) => headerSpellings[column].split(',').map((spelling) => [spelling.trim(), column] as const));
    expect(all.filter(([spelling, column]) => recogniseColumns([spelling])[0] !== column)).toEqual([]);
  });
});

describe('files that cannot be taken', () => {
  it.each<[string, Uint8Array, string, object]>([
    ['nothing', new Uint8Array(0), 'input.empty', {}],
    ['a byte order mark', utf8('\ufeff'), 'input.empty', {}],
    ['white space', utf8(' \r\n\t\n'), 'input.empty', {}],
    ['a delimiter line alone', utf8('sep=;\r\n'), 'input.empty', {}],
    ['headers alone', utf8('name,email\n'), 'input.empty', {}],
    ['a workbook', utf8('PK\u0003\u0004rest'), 'input.malformed-csv', { reason: 'spreadsheet' }],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'input.malformed-csv', { reason: 'spreadsheet' }],
    ['octets', new Uint8Array([0, 1, 2, 3]), 'input.malformed-csv', { reason: 'not-text' }],
    ['half a UTF-16 character', utf16('name\temail', 'little').subarray(0, -1), 'input.malformed-csv', { reason: 'not-text' }],
    ['an unpaired surrogate', new Uint8Array([0xff, 0xfe, 0x00, 0xd8]), 'input.malformed-csv', { reason: 'not-text' }],
    ['marked UTF-8 that is none', new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff]), 'input.malformed-csv', { reason: 'not-text' }],
    [
      'no address column',
      utf8('Name,Telephone\nAda,12'),
      'input.malformed-csv',
      { reason: 'no-address-column', headers: ['Name', 'Telephone'] },
    ],
    [
      'no name column',
      utf8('Email,Telephone\na@x.example,12'),
      'input.malformed-csv',
      { reason: 'no-name-column', headers: ['Email', 'Telephone'] },
    ],
    [
      'no headers',
      utf8('Ada,a@x.example\nBen,b@x.example'),
      'input.malformed-csv',
      { reason: 'no-address-column', headers: ['Ada', 'a@x.example'] },
    ],
    [
      'an open quote',
      utf8('name,email\nAda,a@x.example\n"Ben,b@x.example\nCleo,c@x.example\n'),
      'input.malformed-csv',
      { reason: 'unclosed-quote', line: 3 },
    ],
    ['an open quote at once', utf8('"name,email'), 'input.malformed-csv', { reason: 'unclosed-quote', line: 1 }],
    ['65 columns', utf8(`name,email\n${'a,'.repeat(65)}`), 'input.too-large', { limit: '64 columns', line: 2 }],
    ['100,001 rows', utf8(`name,email\n${'A,a@x.example\n'.repeat(100_001)}`), 'input.too-large', { limit: '100,000 rows' }],
    ['33 MiB', new Uint8Array(maximumFileLength + 1), 'input.too-large', { limit: '32 MiB' }],
  ])('%s: refused with the reason', (_, bytes, code, details) => {
    expect(() => readStaffList(bytes)).toThrow(refusal(code, details));
  });

  it('are refused by name only, whatever the octets', () => {
    const line = fc.array(
      fc.constantFrom('name', 'email', 'Ada', 'a@x.example', ',', ';', '\t', '"', '\n', '\r', '@', ' ', '\u0000', "'=", 'ü'),
      { maxLength: 40 },
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      line.map((pieces) => utf8(`name,email\n${pieces.join('')}`)),
      line.map((pieces) => utf16(pieces.join(''), 'little')),
      fc.string({ unit: 'binary' }).map((text) => utf8(`name;email;role\n${text}`)),
    );
    const codes = fc.sample(bytes, 3000).map((each) => {
      try {
        return readStaffList(each).rows.length > 0;
      } catch (error) {
        return error instanceof AppError && /^input\.(?:empty|malformed-csv|too-large)$/.test(error.code);
      }
    });
    expect(codes).not.toContain(false);
  });
});

describe('text in an encoding', () => {
  it('of Windows-1252 is what the platform decodes, for every octet that is no control character', () => {
    const octets = Uint8Array.from([0xff, ...Array.from({ length: 0xe0 }, (_, at) => at + 0x20)]);
    expect(decodeText(octets)).toEqual({ text: new TextDecoder('windows-1252').decode(octets), encoding: 'windows-1252' });
  });

  it('of UTF-8 and UTF-16 is what the platform decodes, also across the pieces in which it is read', () => {
    const text = `${'aé€😀'.repeat(9000)}x`;
    for (let shift = 0; shift < 5; shift++) {
      const shifted = 'y'.repeat(shift) + text;
      expect(decodeText(utf8(shifted))).toEqual({ text: shifted, encoding: 'utf-8' });
      expect(decodeText(utf16(shifted, 'big'))).toEqual({ text: shifted, encoding: 'utf-16be' });
    }
  });
});

describe('delimited text', () => {
  const pieces = fc.constantFrom('a', 'é', '田', ' ', ',', ';', '\t', '"', '""', '\n', '\r\n', '\r', "'", '=');
  const cell = fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join(''));

  it('is read as the csv module of Python reads it', () => {
    const texts = fc.sample(
      fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
      4000,
    );
    const ours = texts.map(recordsOrRefusal);
    const readable = texts.filter((_, at) => ours[at] !== undefined);
    expect(readable.length).toBeGreaterThan(2000);
    const program =
      'import sys,json,csv,io\nprint(json.dumps([list(csv.reader(io.StringIO(t,newline=""))) for t in json.load(sys.stdin)]))';
    const theirs = execFileSync('python3', ['-c', program], { input: JSON.stringify(readable) }).toString('utf8');
    expect(ours.filter((records) => records !== undefined)).toEqual((JSON.parse(theirs) as string[][][]).map(withoutEmpty));
  });

  it('comes back from what is written, in any cell, with any delimiter', () => {
    const records = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(records, fc.constantFrom<Delimiter>(',', ';', '\t'), (written, delimiter) => {
        const text = written.map((record) => `${writeRecord(record, delimiter)}\r\n`).join('');
        const read = Array.from(readRecords(text, delimiter), ({ fields }) => fields.map(unguardFormula));
        expect(read).toEqual(written);
      }),
    );
  });

  it('never begins a cell with what a spreadsheet would run', () => {
    for (const cells of ['=1+1', '+44 20', '-12', '@SUM(A1)', '\t=1', '\r=1']) expect(writeRecord([cells], ',')).toMatch(/^"?'/);
    expect(writeRecord(['a=b', '1-2', "O'Neil"], ',')).toBe("a=b,1-2,O'Neil");
  });
});

/** Where a quote is left open Python takes the rest of the file for one cell, and we refuse. */
function recordsOrRefusal(text: string): (readonly string[])[] | undefined {
  try {
    return withoutEmpty(Array.from(readRecords(text, ','), ({ fields }) => fields));
  } catch (error) {
    if (error instanceof AppError && error.details['reason'] === 'unclosed-quote') return undefined;
    throw error;
  }
}

/** In Python a line has no cell when it is empty, and one empty cell when it has two quotes. */
function withoutEmpty(records: readonly (readonly string[])[]): (readonly string[])[] {
  return records.map((fields) => (fields.length === 1 && fields[0] === '' ? [] : fields));
}

describe('the sample practice', () => {
  it('is read as it is described', () => {
    expect(readStaffList(sample('staff.csv')).format).toMatchObject({ encoding: 'utf-8', delimiter: ',', columns: staffColumns });
    expect(readStaffList(sample('staff-with-mistakes.csv')).format).toMatchObject({ encoding: 'utf-8', delimiter: ';' });
  });
});
