import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditActions } from '../../../main/domain/audit/action.ts';
import type { AuditEntry } from '../../../main/domain/audit/entry.ts';
import { isLeaf, maximumLeafLength } from '../../../main/domain/audit/leaf-form.ts';
import { encodeLeaf, readLeaf } from '../../../main/domain/audit/leaf.ts';

const entry: AuditEntry = {
  version: 1,
  time: '2026-11-23T09:21:04.123Z',
  operator: '018f0000-0000-7000-8000-000000000001',
  action: 'certificate.revoke',
  subject: { person: '018f0000-0000-7000-8000-000000000002', certificates: ['ab', 'cd'], revoked: true, count: 2 },
  outcome: 'failed',
  error: 'store.full',
  reason: 'Left in a taxi, \u0041\u030angstro\u0308m said',
  origin: { host: 'window', machine: 'office-pc-3', version: '0.1.0' },
};
const leaf = encodeLeaf(entry);
const broken = expect.objectContaining({ name: 'AppError', code: 'integrity.audit-broken' }) as unknown;
const internal = expect.objectContaining({ name: 'AppError', code: 'internal' }) as unknown;

const text = fc.string({ unit: 'binary', maxLength: 40 });
const fact = fc.oneof(text, fc.boolean(), fc.maxSafeInteger(), fc.array(text, { maxLength: 4 }));
const anyEntry: fc.Arbitrary<AuditEntry> = fc.record(
  {
    version: fc.constant(1 as const),
    time: fc
      .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    operator: text,
    action: fc.constantFrom(...auditActions),
    subject: fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,10}$/), fact, { maxKeys: 5 }),
    outcome: fc.constantFrom('success' as const, 'refused' as const, 'failed' as const),
    error: fc.constantFrom('internal' as const, 'store.full' as const, 'input.malformed-der' as const, 'not-found' as const),
    reason: text,
    origin: fc.record({ host: fc.constantFrom('window' as const, 'command-line' as const, 'core' as const), machine: text, version: text }),
  },
  { requiredKeys: ['version', 'time', 'action', 'subject', 'outcome', 'origin'] },
);

describe('a leaf of the audit log', () => {
  it('is canonical JSON with its text in NFC', () => {
    expect(leaf).toBe(
      '{"action":"certificate.revoke","error":"store.full","operator":"018f0000-0000-7000-8000-000000000001",' +
        '"origin":{"host":"window","machine":"office-pc-3","version":"0.1.0"},"outcome":"failed",' +
        '"reason":"Left in a taxi, \u00c5ngstr\u00f6m said","subject":{"certificates":["ab","cd"],"count":2,' +
        '"person":"018f0000-0000-7000-8000-000000000002","revoked":true},"time":"2026-11-23T09:21:04.123Z","version":1}',
    );
  });

  it('gives back the entry it was made of', () => {
    expect(readLeaf(leaf)).toEqual({ ...entry, reason: 'Left in a taxi, \u00c5ngstr\u00f6m said' });
  });

  it('can be read and written again, the same, for any entry', () => {
    fc.assert(
      fc.property(anyEntry, (any) => {
        expect(encodeLeaf(readLeaf(encodeLeaf(any)))).toBe(encodeLeaf(any));
      }),
    );
  });

  it('is read only in the form in which it is written', () => {
    const shorter = Array.from({ length: leaf.length }, (_, at) => leaf.slice(0, at) + leaf.slice(at + 1)).filter(isLeaf);
    expect(shorter.map((each) => encodeLeaf(readLeaf(each)))).toEqual(shorter);
    expect(isLeaf(`${leaf} `)).toBe(false);
    expect(isLeaf(leaf + leaf)).toBe(false);
  });

  const changed = (from: string, to: string) => leaf.replace(from, to);
  it.each([
    ['nothing', ''],
    ['no JSON', 'certificate.revoke'],
    ['another kind of JSON', '[]'],
    ['null', 'null'],
    ['an unknown action', changed('certificate.revoke', 'certificate.forget')],
    ['an action that every object has', changed('certificate.revoke', 'toString')],
    ['an unknown outcome', changed('"failed"', '"maybe"')],
    ['an unknown host', changed('"window"', '"phone"')],
    ['an unknown member', changed('"outcome"', '"note":"x","outcome"')],
    ['a member named like one every object has', changed('"time"', '"toString":"x","time"')],
    ['an unknown member of the origin', changed('"machine"', '"address":"x","machine"')],
    ['a missing time', leaf.replace(/"time":"[^"]*",/, '')],
    ['a missing origin', leaf.replace(/"origin":\{[^}]*\},/, '')],
    ['a version of the future', changed('"version":1}', '"version":2}')],
    ['a version as text', changed('"version":1}', '"version":"1"}')],
    ['a time without milliseconds', changed('04.123Z', '04Z')],
    ['a time with an offset', changed('04.123Z', '04.123+01:00')],
    ['a day that does not exist', changed('2026-11-23', '2026-02-30')],
    ['white space', changed('":"', '": "')],
    [
      'members out of order',
      changed('"count":2,"person":"018f0000-0000-7000-8000-000000000002"', '"person":"018f0000-0000-7000-8000-000000000002","count":2'),
    ],
    ['a member twice', changed('"count":2', '"count":1,"count":2')],
    ['a float', changed('"count":2', '"count":2.5')],
    ['an hour that does not exist', changed('T09:', 'T24:')],
    ['a leap day in a common year', changed('2026-11-23', '2026-02-29')],
    ['an integer of 2^53', changed('"count":2', '"count":9007199254740992')],
    ['another spelling of a number', changed('"count":2', '"count":2e0')],
    ['null for a fact', changed('"count":2', '"count":null')],
    ['an object for a fact', changed('"count":2', '"count":{}')],
    ['a number in a list', changed('["ab","cd"]', '["ab",1]')],
    ['a fact named by digits', changed('"count":2', '"1":2')],
    ['a needless escape', changed('taxi', 't\\u0061xi')],
    ['a lone surrogate', changed('taxi', '\\ud800')],
    ['text that is not in NFC', changed('\u00c5', 'A\u030a')],
    ['a reason that is no text', changed('"reason":"Left in a taxi, \u00c5ngstr\u00f6m said"', '"reason":7')],
    ['an error that is no code', changed('store.full', 'Store full!')],
    ['more than 65,536 characters', changed('taxi', 'x'.repeat(maximumLeafLength))],
  ])('is not read from %s', (_, foreign) => {
    expect(foreign).not.toBe(leaf);
    expect(() => readLeaf(foreign)).toThrow(broken);
  });

  it('is not any other JSON or text', () => {
    const foreign = fc.oneof(fc.json(), fc.string(), fc.constantFrom('{"__proto__":1}', '{"constructor":1}'));
    expect(fc.sample(foreign, 1000).filter(isLeaf)).toEqual([]);
  });

  it('agrees with parsing: what is a leaf is the canonical JSON of what it says, in NFC', () => {
    const character = fc.constantFrom(
      '"',
      '\\',
      '/',
      'n',
      'u000b',
      '\u0307',
      '\u0301',
      'e',
      '\u00e9',
      '\u0000',
      '\n',
      ':',
      ',',
      '{',
      '\u{1f600}',
      '\ud800',
    );
    const raw = fc.array(character, { maxLength: 8 }).map((characters) => characters.join(''));
    const mismatch = fc.sample(raw, 5000).filter((reason) => {
      const plain = JSON.stringify({ ...readLeaf(leaf), reason });
      return isLeaf(plain) !== (reason.isWellFormed() && reason.normalize('NFC') === reason);
    });
    expect(mismatch).toEqual([]);
  });

  it.each([
    ['a float', { ...entry, subject: { share: 0.5 } }],
    ['a large integer', { ...entry, subject: { serial: 2 ** 53 } }],
    ['a name that is undefined', { ...entry, reason: undefined as unknown as string }],
    ['a fact named by digits', { ...entry, subject: { '12': 'x' } }],
    ['a local time', { ...entry, time: '2026-11-23 09:21' }],
    ['a lone surrogate', { ...entry, reason: '\udc00' }],
    ['more than 65,536 characters', { ...entry, reason: 'x'.repeat(maximumLeafLength) }],
    ['65,536 octets, one more than a tile of a log takes', { ...entry, reason: 'ж'.repeat(32_768) }],
  ])('is not written with %s', (_, wrong) => {
    expect(() => encodeLeaf(wrong)).toThrow(internal);
  });

  it('is not written of something that hides its content', () => {
    const hidden = new (class {
      toJSON(): string {
        return '[secret]';
      }
    })();
    expect(() => encodeLeaf({ ...entry, subject: { passphrase: hidden as unknown as string } })).toThrow(internal);
  });
});
