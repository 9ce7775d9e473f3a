import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { punycodeDecode, punycodeEncode } from '../../../main/domain/encoding/punycode.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { toAsciiDomain } from '../../../main/domain/x509/domain-name.ts';
import type { Mailbox, MailboxFault } from '../../../main/domain/x509/mailbox.ts';
import { parseMailbox } from '../../../main/domain/x509/mailbox.ts';

/** RFC 3492 section 7.1, without the samples whose case is annotated. */
const samples: readonly (readonly [string, string])[] = [
  ['ليهمابتكلموشعربي؟', 'egbpdaj6bu4bxfgehfvwxn'],
  ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
  ['למההםפשוטלאמדבריםעברית', '4dbcagdahymbxekheh6e0a7fei0b'],
  ['なぜみんな日本語を話してくれないのか', 'n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa'],
  ['세계의모든사람들이한국어를이해한다면얼마나좋을까', '989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c'],
  ['почемужеонинеговорятпорусски', 'b1abfaaepdrnnbgefbadotcwatmq2g4l'],
  ['3年b組金八先生', '3b-ww4c5e180e575a65lsy2b'],
  ['安室奈美恵-with-super-monkeys', '-with-super-monkeys-pc58ag80a8qai00g7n9n'],
  ['-> $1.00 <-', '-> $1.00 <--'],
];

describe('Punycode', () => {
  it('encodes the samples of RFC 3492', () => {
    for (const [label, encoded] of samples) expect(punycodeEncode(label)).toBe(encoded);
  });

  it('decodes what it encodes', () => {
    const label = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .filter((text) => text.isWellFormed() && /^[A-Za-z0-9-]{1,63}$/.test(punycodeEncode(text)));
    fc.assert(
      fc.property(label, (text) => {
        expect(punycodeDecode(punycodeEncode(text))).toBe(text);
      }),
    );
    for (const [label, encoded] of samples.slice(0, 4)) expect(punycodeDecode(encoded)).toBe(label);
  });

  it('refuses what is no Punycode, and never hangs on it', () => {
    for (const text of ['-', 'ü', 'a b', '99999999', 'z'.repeat(63), 'a'.repeat(64), '-9', 'abc-9'])
      expect(punycodeDecode(text)).toBeUndefined();
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{1,63}$/), (text) => {
        expect((punycodeDecode(text) ?? '').isWellFormed()).toBe(true);
      }),
    );
  });
});

const letters = 'abzß09éÜŁñçİıœčđžБгдєїґąΣσςάΩאבגשםابتثجحپ٠٣۰۴कखगाि한글조日本語中国のァー々กขไทยაბგԱբዓም';
const labelText = fc.string({ unit: fc.constantFrom(...Array.from(letters), '-'), minLength: 1, maxLength: 10 });
const domainText = fc.array(labelText, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, 'example'].join('.'));

describe('domain names', () => {
  it('become what Node makes of them, or are refused', () => {
    let accepted = 0;
    fc.assert(
      fc.property(domainText, (text) => {
        const domain = toAsciiDomain(text);
        if (domain === undefined) return;
        accepted++;
        expect(domain).toBe(domainToASCII(text));
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });

  it('become what Node makes of them for single letters of every script', () => {
    const different: string[] = [];
    let accepted = 0;
    /** Every letter of the smaller scripts; of the ideographs and syllables, which all behave alike, every thirteenth. */
    for (let point = 0x80; point < 0x30000; point += point < 0x3100 ? 1 : 13) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      for (const text of [`a${String.fromCodePoint(point)}.example`, `${String.fromCodePoint(point)}.рф`]) {
        const domain = toAsciiDomain(text);
        if (domain !== undefined) accepted++;
        if (domain !== undefined && domain !== domainToASCII(text)) different.push(text);
      }
    }
    expect(different).toEqual([]);
    expect(accepted).toBeGreaterThan(10_000);
  });

  it.each([
    ['Clinic.Example', 'clinic.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['faß.example', 'xn--fa-hia.example'],
    ['ΕΛΛΑΣ.example', 'xn--mxahsa5b.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['клиника.рф', 'xn--80apagcdp.xn--p1ai'],
    ['xn--BCHER-KVA.example', 'xn--bcher-kva.example'],
  ])('write %s as %s', (text, domain) => {
    expect(toAsciiDomain(text)).toBe(domain);
    expect(domainToASCII(text)).toBe(domain);
  });

  const notLdh = ['', '.', 'a..example', '.example', 'example.', '-a.example', 'a-.example', 'a_b.example', 'a b.example', 'a/b.example'];
  const notNames = ['localhost', '192.0.2.1', '[192.0.2.1]', `${'a.'.repeat(126)}ab`, `${'a'.repeat(64)}.example`];
  const notPunycode = ['ab--cd.example', 'xn--.example', 'xn--a.example', 'xn--bücher.example', 'xn--zzzzzzzz99999.example'];
  const notLabels = [`${'é'.repeat(60)}.example`, '\u200da.example', '\u0301a.example', '😀.example', '\ud800.example', 'a\u00ad.example'];
  const notOneDirection = ['שלוםabc.example', '1a.שלום', 'ᚠᚱ.example'];

  it.each([notLdh, notNames, notPunycode, notLabels, notOneDirection].flat())('refuse %j', (text) => {
    expect(toAsciiDomain(text)).toBeUndefined();
  });
});

function faultOf(text: string): Mailbox | AppError {
  try {
    return parseMailbox(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

const refusal = (reason: MailboxFault): unknown =>
  expect.objectContaining({ name: 'AppError', code: 'input.invalid', details: { field: 'email', reason } }) as unknown;

describe('mail addresses', () => {
  it('are taken apart, the domain in ASCII and lower case, the local part as written', () => {
    expect(parseMailbox('Ana.Nunez+lab@Sunrise.EXAMPLE')).toEqual({
      localPart: 'Ana.Nunez+lab',
      domain: 'sunrise.example',
      isInternational: false,
      normalized: 'Ana.Nunez+lab@sunrise.example',
    });
  });

  it('keep a local part of another script in NFC and say that it is international', () => {
    expect(parseMailbox('jose\u0301@bu\u0308cher.example')).toEqual({
      localPart: 'jos\u00e9',
      domain: 'xn--bcher-kva.example',
      isInternational: true,
      normalized: 'jos\u00e9@xn--bcher-kva.example',
    });
    expect(parseMailbox('врач@клиника.рф').isInternational).toBe(true);
    expect(parseMailbox('reception@клиника.рф').isInternational).toBe(false);
  });

  it.each<[string, MailboxFault]>([
    ['', 'empty'],
    ['ana.sunrise.example', 'no-at-sign'],
    ['ana@@sunrise.example', 'several-at-signs'],
    ['ana@sunrise@example', 'several-at-signs'],
    ['ana nunez@sunrise.example', 'white-space'],
    [' ana@sunrise.example', 'white-space'],
    ['ana@sunrise.example\n', 'white-space'],
    ['ana\u00a0n@sunrise.example', 'white-space'],
    ['@sunrise.example', 'empty-local-part'],
    ['.ana@sunrise.example', 'bad-local-part'],
    ['ana.@sunrise.example', 'bad-local-part'],
    ['ana..n@sunrise.example', 'bad-local-part'],
    ['ana,n@sunrise.example', 'bad-local-part'],
    ['<ana@sunrise.example', 'bad-local-part'],
    ['"ana"@sunrise.example', 'bad-local-part'],
    ['ana\0@sunrise.example', 'bad-local-part'],
    ['a\u200bna@sunrise.example', 'bad-local-part'],
    ['a\u202ena@sunrise.example', 'bad-local-part'],
    ['\u0301ana@sunrise.example', 'bad-local-part'],
    ['ana\ud800@sunrise.example', 'bad-local-part'],
    ['ana@', 'bad-domain'],
    ['ana@sunrise', 'bad-domain'],
    ['ana@sunrise.example>', 'bad-domain'],
    ['ana@sunrise..example', 'bad-domain'],
    ['ana@[192.0.2.1]', 'bad-domain'],
    ['ana@sunrise.example.', 'bad-domain'],
  ])('refuse %j: %s', (text, reason) => {
    expect(faultOf(text)).toEqual(refusal(reason));
  });

  it('refuse what is too long, in octets and not in characters', () => {
    const labels = `${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}`;
    for (const text of [
      `${'a'.repeat(65)}@sunrise.example`,
      `${'é'.repeat(33)}@sunrise.example`,
      `${'a'.repeat(60)}@${labels}.${'e'.repeat(11)}`,
      'a'.repeat(5000),
    ]) {
      expect(faultOf(text)).toEqual(refusal('too-long'));
    }
  });

  it('accept the longest there may be', () => {
    expect(parseMailbox(`${'a'.repeat(64)}@sunrise.example`).localPart).toHaveLength(64);
    expect(
      parseMailbox(`${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(10)}`).normalized,
    ).toHaveLength(254);
  });

  it('are judged as they are normalised: a Greek question mark is a semicolon, a Kelvin sign a K', () => {
    expect(faultOf('a\u037e@sunrise.example')).toEqual(refusal('bad-local-part'));
    expect(parseMailbox('\u212aim@sunrise.example')).toMatchObject({ localPart: 'Kim', isInternational: false });
  });

  it('normalise to an address that normalises to itself, whatever comes in', () => {
    const local = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(local, domainText, (localPart, domain) => {
        const read = faultOf(`${localPart}@${domain}`);
        const again = read instanceof AppError ? read : faultOf(read.normalized);
        expect(again).toEqual(read);
        expect(read instanceof AppError ? read.code : 'input.invalid').toBe('input.invalid');
      }),
      { numRuns: 1000 },
    );
  });
});
