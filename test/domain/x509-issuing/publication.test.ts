import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePublishUrl, publicationNames, publicationOf } from '../../../main/domain/x509/publication.ts';
import { notBeforeAt, validityDays, validityFrom } from '../../../main/domain/x509/validity.ts';

const keyIdentifier = Uint8Array.of(0xab, 0xcd, 0xef, 0x01, 0x23);
const refusal = (details: object): unknown => expect.objectContaining({ name: 'AppError', code: 'input.invalid', details }) as unknown;

describe('publication', () => {
  it.each([
    ['Sunrise Family Practice Issuing CA', 'sunrise-family-practice-issuing-ca-abcdef01'],
    ['  Clínica São João  ', 'clinica-sao-joao-abcdef01'],
    ['Клиника', 'authority-abcdef01'],
    ['../../etc/passwd', 'etc-passwd-abcdef01'],
    ['A'.repeat(100), `${'a'.repeat(40)}-abcdef01`],
  ])('names the files of %j', (name, slug) => {
    expect(publicationNames(name, keyIdentifier)).toEqual({ crlName: `${slug}.crl`, certificateName: `${slug}.crt` });
  });

  it('names files that are safe in any folder and address, whatever the authority is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(publicationNames(name, keyIdentifier).crlName).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?-abcdef01\.crl$/);
      }),
    );
  });

  it.each([
    ['http://pki.sunrise.example', 'http://pki.sunrise.example'],
    ['HTTP://PKI.Sunrise.example:8080/certs//', 'http://pki.sunrise.example:8080/certs'],
    ['http://bücher.example/a/b/', 'http://xn--bcher-kva.example/a/b'],
    ['http://server/', 'http://server'],
    ['http://192.0.2.1/crl', 'http://192.0.2.1/crl'],
  ])('takes %s', (text, url) => {
    expect(parsePublishUrl(text)).toBe(url);
    expect(publicationOf(text, 'Root', keyIdentifier)).toEqual({ url, crlName: 'root-abcdef01.crl', certificateName: 'root-abcdef01.crt' });
  });

  it.each([
    ['https://pki.sunrise.example', 'not-http'],
    ['ldap://pki.sunrise.example', 'not-http'],
    ['pki.sunrise.example', 'not-http'],
    ['', 'not-http'],
    ['http://', 'malformed'],
    ['http://a b.example', 'malformed'],
    ['http://user@pki.sunrise.example', 'malformed'],
    ['http://pki.sunrise.example/?x=1', 'malformed'],
    ['http://pki.sunrise.example/#x', 'malformed'],
    ['http://pki.sunrise.example/a\nb', 'malformed'],
    ['http://-pki.example-', 'malformed'],
    [`http://pki.sunrise.example/${'a'.repeat(200)}`, 'malformed'],
  ])('refuses %s as %s', (text, reason) => {
    expect(() => parsePublishUrl(text)).toThrow(refusal({ field: 'publishUrl', reason }));
  });
});

describe('validity', () => {
  const notBefore = new Date('2026-01-01T00:00:00Z');

  it('counts every part of a day as a day, the last second included', () => {
    const until = (notAfter: string): number => validityDays({ notBefore, notAfter: new Date(notAfter) });
    expect(until('2026-01-01T23:59:59Z')).toBe(1);
    expect(until('2026-01-02T00:00:00Z')).toBe(2);
    expect(until('2028-04-04T23:59:59Z')).toBe(825);
    expect(until('2028-04-05T00:00:00Z')).toBe(826);
  });

  it('lasts as many days as asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.date({ min: notBefore, max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true }),
        (days, begin) => {
          const validity = validityFrom(begin, days);
          expect(validityDays(validity)).toBe(days);
          expect(validity.notBefore.getTime() % 1000).toBe(0);
          expect(begin.getTime() - validity.notBefore.getTime()).toBeLessThan(1000);
        },
      ),
    );
  });

  it('begins a little before now, but not before its issuer', () => {
    const now = new Date('2026-01-01T12:00:00.500Z');
    expect(notBeforeAt(now).toISOString()).toBe('2026-01-01T11:55:00.000Z');
    expect(notBeforeAt(now, new Date('2026-01-01T11:58:00Z')).toISOString()).toBe('2026-01-01T11:58:00.000Z');
    expect(notBeforeAt(now, notBefore).toISOString()).toBe('2026-01-01T11:55:00.000Z');
  });
});
