import { describe, expect, it } from 'vitest';
import { readIndex } from '../../../main/domain/openssl-ca/read-index.ts';

const read = (text: string) => readIndex(Buffer.from(text));
const line = (status: string, end: string, revoked: string, serial: string): string =>
  [status, end, revoked, serial, 'unknown', '/CN=a'].join('\t');

describe('an index of openssl ca', () => {
  it('is read line by line: valid, ended and revoked, years of two and four digits', () => {
    const text = [
      line('V', '491231235959Z', '', '01'),
      line('E', '500101000000Z', '', '00AB'),
      line('R', '20560101000000Z', '270301080000Z,keyCompromise', '0102'),
    ].join('\n');
    expect(read(`${text}\n`)).toEqual([
      { line: 1, notAfter: new Date('2049-12-31T23:59:59Z'), serialNumber: '1' },
      { line: 2, notAfter: new Date('1950-01-01T00:00:00Z'), serialNumber: 'ab' },
      {
        line: 3,
        notAfter: new Date('2056-01-01T00:00:00Z'),
        serialNumber: '102',
        revocation: { at: new Date('2027-03-01T08:00:00Z'), reason: 'keyCompromise' },
      },
    ]);
  });

  it('says when a key became unsafe where it does', () => {
    const [entry] = read(line('R', '300101000000Z', '270301080000Z,keyTime,20270201000000Z', '05'));
    expect(entry?.revocation).toEqual({
      at: new Date('2027-03-01T08:00:00Z'),
      reason: 'keyCompromise',
      invalidityDate: new Date('2027-02-01T00:00:00Z'),
    });
  });

  it.each([
    ['a status that does not exist', line('X', '300101000000Z', '', '05'), 'form'],
    ['a field too few', 'V\t300101000000Z\t\t05\t/CN=a', 'form'],
    ['a serial number that is none', line('V', '300101000000Z', '', '5'), 'serial-number'],
    ['an end that is no time', line('V', '301301000000Z', '', '05'), 'time'],
    ['a revocation without a time', line('R', '300101000000Z', '', '05'), 'time'],
    ['a reason nobody knows', line('R', '300101000000Z', '270301080000Z,because', '05'), 'reason'],
  ])('with %s is refused, the line named', (_, wrong, reason) => {
    const good = line('V', '300101000000Z', '', '01');
    expect(() => read(`${good}\n${wrong}\n`)).toThrow(
      expect.objectContaining({ code: 'input.invalid', details: { field: 'index', line: 2, reason } }),
    );
  });
});
