import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { base32Encode } from '../../../main/domain/encoding/base32.ts';
import { provisioningUri } from '../../../main/domain/second-factor/provisioning.ts';
import { hotp, matchingStep, stepOf } from '../../../main/domain/second-factor/totp.ts';
import { groupRecoveryCode, readTypedCode, recoveryCodeFrom } from '../../../main/domain/second-factor/typed-code.ts';

const hmac = (key: Uint8Array, message: Uint8Array): Uint8Array => createHmac('sha1', key).update(message).digest();
const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
/** The secret of both RFCs' examples. */
const secret = octets('12345678901234567890');

describe('codes of an authenticator app', () => {
  it('are those of RFC 4226, appendix D', () => {
    const expected = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
    expect(expected.map((_, counter) => hotp(secret, counter, hmac))).toEqual(expected);
  });

  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('are at %d seconds the one of RFC 6238, appendix B', (seconds, code) => {
    const now = new Date(seconds * 1000);
    expect(hotp(secret, stepOf(now), hmac, 8)).toBe(code);
    expect(matchingStep(secret, code.slice(2), now, -1, hmac)).toBe(stepOf(now));
  });

  it('may be one step off either way and no more', () => {
    const now = new Date('2026-11-23T12:00:15Z');
    const at = (away: number) => matchingStep(secret, hotp(secret, stepOf(now) + away, hmac), now, -1, hmac);
    expect([-2, -1, 0, 1, 2].map((away) => at(away) !== undefined)).toEqual([false, true, true, true, false]);
  });

  it('are accepted once, and none before the one accepted last', () => {
    const now = new Date('2026-11-23T12:00:15Z');
    const [before, present, next] = [-1, 0, 1].map((away) => hotp(secret, stepOf(now) + away, hmac));
    const after = (code: string | undefined, lastStep: number) => matchingStep(secret, code ?? '', now, lastStep, hmac);
    expect(after(present, stepOf(now))).toBeUndefined();
    expect(after(before, stepOf(now))).toBeUndefined();
    expect(after(next, stepOf(now))).toBe(stepOf(now) + 1);
  });

  it('are refused when any digit is another', () => {
    const now = new Date('2026-11-23T12:00:15Z');
    const codes = [-1, 0, 1].map((away) => hotp(secret, stepOf(now) + away, hmac));
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6}$/), (code) => {
        expect(matchingStep(secret, code, now, -1, hmac) !== undefined).toBe(codes.includes(code));
      }),
    );
    expect(matchingStep(secret, `${codes[1] ?? ''}0`, now, -1, hmac)).toBeUndefined();
    expect(matchingStep(secret, '', now, -1, hmac)).toBeUndefined();
  });
});

describe('what somebody types', () => {
  it('is a code of the app or a recovery code by its form, however it is spaced', () => {
    expect(readTypedCode(octets('123 456'))).toEqual({ kind: 'app', digits: '123456' });
    expect(readTypedCode(octets(' 0lo1x-abcde '))).toEqual({ kind: 'recovery', letters: '0101XABCDE' });
    expect(readTypedCode(octets('12345-67890'))).toEqual({ kind: 'recovery', letters: '1234567890' });
  });

  it.each(['', '12345', '1234567', 'abcde-fghi', 'abcde-fghij-k', 'uuuuu-uuuuu', '12345é'])('is refused as no try: %j', (typed) => {
    expect(() => readTypedCode(octets(typed))).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });

  it('reads every recovery code as it was written, whatever the random octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (random) => {
        const letters = recoveryCodeFrom(random);
        expect(readTypedCode(octets(groupRecoveryCode(letters).toLowerCase()))).toEqual({ kind: 'recovery', letters });
      }),
    );
  });
});

describe('what an app is told', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('has base 32 as in RFC 4648: %j', (text, encoded) => {
    expect(new TextDecoder().decode(base32Encode(octets(text)))).toBe(encoded);
  });

  it('names practice and operator, whatever they are called', () => {
    const uri = new URL(provisioningUri(octets('MZXW6YTB'), 'Dr. Müller & Söhne: Praxis?', 'Ana: "Reis"'));
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain('Keyward Dr. Müller & Söhne  Praxis?:Ana  "Reis"');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret: 'MZXW6YTB',
      issuer: 'Keyward Dr. Müller & Söhne  Praxis?',
    });
  });
});
