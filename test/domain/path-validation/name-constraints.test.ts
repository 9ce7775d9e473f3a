import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { attributeOid, otherNameOid } from '../../../main/domain/x509/oid.ts';
import { validatePath } from '../../../main/domain/x509/path-validation/validate-path.ts';
import { asAuthority, commonName, generalName, issue, nameConstraints, nameOf, otherName, subjectAltName } from './authority.ts';

const time = new Date('2026-01-01T00:00:00Z');
const address = (...octets: number[]): Uint8Array => generalName(7, Uint8Array.from(octets));
const directory = (name: Uint8Array): Uint8Array => asn1.context(4, name);

/** Whether a certificate of this name may be issued by an anchor under these constraints. */
function isAllowed(constraints: Parameters<typeof nameConstraints>[0], name: Uint8Array, subject?: Uint8Array): boolean {
  const anchor = issue({ name: 'Anchor', extensions: [asAuthority(), nameConstraints(constraints)] });
  const { certificate } = issue({ issuer: anchor, extensions: [subjectAltName(name)], ...(subject === undefined ? {} : { subject }) });
  const { valid, findings } = validatePath({ target: certificate, anchors: [anchor.certificate], time }, nodePrimitives);
  const others = findings.filter(({ code }) => code !== 'path.name-constraint');
  expect(others).toEqual([]);
  return valid;
}

describe.each([
  [
    'a mailbox',
    generalName(1, 'a@example.org'),
    ['a@example.org', 'a@EXAMPLE.ORG'],
    ['A@example.org', 'b@example.org', 'a@sub.example.org'],
  ],
  [
    'a host',
    generalName(1, 'example.org'),
    ['a@example.org', 'b@Example.Org'],
    ['a@sub.example.org', 'a@example.org.evil.test', 'example.org'],
  ],
  ['a domain', generalName(1, '.example.org'), ['a@sub.example.org', 'a@b.sub.example.org'], ['a@example.org', 'a@badexample.org']],
])('a rfc822Name constraint that is %s', (_, base, within, outside) => {
  it.each(within)('holds %s', (mailbox) => {
    expect(isAllowed({ permitted: [base] }, generalName(1, mailbox))).toBe(true);
    expect(isAllowed({ excluded: [base] }, generalName(1, mailbox))).toBe(false);
  });

  it.each(outside)('does not permit %s', (mailbox) => {
    expect(isAllowed({ permitted: [base] }, generalName(1, mailbox))).toBe(false);
  });
});

describe('a rfc822Name constraint', () => {
  it('permits nothing with a second @ unless it is quoted', () => {
    const constraints = { permitted: [generalName(1, 'example.org')] };
    expect(isAllowed(constraints, generalName(1, 'a@b@example.org'))).toBe(false);
    expect(isAllowed({ excluded: [generalName(1, 'example.com')] }, generalName(1, 'a@b@example.org'))).toBe(false);
    expect(isAllowed(constraints, generalName(1, '"a@b"@example.org'))).toBe(true);
  });

  it('binds an SmtpUTF8Mailbox too (RFC 9598)', () => {
    const constraints = { permitted: [generalName(1, 'example.org')] };
    expect(isAllowed(constraints, otherName(otherNameOid.smtpUtf8Mailbox, 'dörte@example.org'))).toBe(true);
    expect(isAllowed(constraints, otherName(otherNameOid.smtpUtf8Mailbox, 'dörte@example.com'))).toBe(false);
  });

  it('binds the emailAddress of the subject', () => {
    const subject = (text: string) => nameOf([attributeOid.emailAddress, asn1.ia5String(text)]);
    const constraints = { permitted: [generalName(1, 'example.org')] };
    expect(isAllowed(constraints, generalName(1, 'a@example.org'), subject('a@example.org'))).toBe(true);
    expect(isAllowed(constraints, generalName(1, 'a@example.org'), subject('a@example.com'))).toBe(false);
  });

  it('leaves names of other forms alone, and is refused for what is no mailbox', () => {
    expect(isAllowed({ permitted: [generalName(1, 'example.org')] }, generalName(2, 'example.com'))).toBe(true);
    expect(isAllowed({ excluded: [generalName(1, 'example.org')] }, generalName(1, 'no mailbox'))).toBe(false);
  });
});

describe('a dNSName constraint', () => {
  it.each([
    ['example.org', 'example.org', true],
    ['example.org', 'WWW.example.org', true],
    ['example.org', '*.example.org', true],
    ['example.org', 'badexample.org', false],
    ['www.example.org', '*.example.org', false],
    ['.example.org', 'www.example.org', false],
  ])('%s permits %s: %s', (base, host, expected) => {
    expect(isAllowed({ permitted: [generalName(2, base)] }, generalName(2, host))).toBe(expected);
  });

  it.each([
    ['www.example.org', '*.example.org', false],
    ['example.org', 'www.example.org', false],
    ['example.org', 'example.com', true],
    ['.example.org', 'example.com', false],
    ['example.org', 'www.example.org.', false],
    ['example.org', 'www.example.org ', false],
    ['example.org', 'w*.example.org', false],
  ])('that excludes %s leaves %s: %s', (base, host, expected) => {
    expect(isAllowed({ excluded: [generalName(2, base)] }, generalName(2, host))).toBe(expected);
  });
});

describe('other constraints', () => {
  it.each([
    ['inside', [10, 1, 2, 3], true],
    ['outside', [11, 1, 2, 3], false],
    ['of the other family', Array.from({ length: 16 }, () => 10), false],
    ['of no family', [10, 1, 2], false],
  ])('of addresses permit one %s: %s %s', (_, octets, expected) => {
    expect(isAllowed({ permitted: [address(10, 0, 0, 0, 255, 0, 0, 0)] }, address(...octets))).toBe(expected);
  });

  it('of addresses with a mask that is no prefix permit and spare nothing', () => {
    const odd = address(10, 0, 0, 0, 255, 0, 255, 0);
    expect(isAllowed({ permitted: [odd] }, address(10, 0, 0, 0))).toBe(false);
    expect(isAllowed({ excluded: [odd] }, address(11, 0, 0, 0))).toBe(false);
  });

  it.each([
    ['http://user@www.example.org:80/path', true],
    ['https://WWW.EXAMPLE.ORG', true],
    ['http://example.org/', false],
    ['http://www.example.org.evil.test/', false],
    ['http://evil.test/@www.example.org', false],
    ['http://evil.test\\@www.example.org/', false],
    ['http://192.0.2.1/', false],
    ['http://www.example.org./', false],
    ['mailto:a@www.example.org', false],
  ])('of URIs look at the host of %s: %s', (uri, expected) => {
    expect(isAllowed({ permitted: [generalName(6, '.example.org')] }, generalName(6, uri))).toBe(expected);
  });

  it('of directory names look at whole parts from the top', () => {
    const name = (...parts: string[]) =>
      nameOf(...parts.map((part): [string, Uint8Array] => [attributeOid.organizationName, asn1.utf8String(part)]));
    const constraints = { permitted: [directory(name('Practice'))] };
    const mailbox = generalName(1, 'a@example.org');
    expect(isAllowed(constraints, mailbox, name('PRACTICE', 'Reception'))).toBe(true);
    expect(isAllowed(constraints, mailbox, name('Practice of others'))).toBe(false);
    expect(isAllowed(constraints, mailbox, commonName('Practice'))).toBe(false);
    expect(isAllowed(constraints, directory(name('Elsewhere')), name('Practice'))).toBe(false);
  });

  it('of a form nobody here understands refuse names of that form, and only those', () => {
    const constraints = { permitted: [otherName('1.2.3', 'x')] };
    expect(isAllowed(constraints, otherName('1.2.3', 'x'))).toBe(false);
    expect(isAllowed({ excluded: [otherName('1.2.3', 'x')] }, otherName('1.2.4', 'y'))).toBe(false);
    expect(isAllowed(constraints, generalName(1, 'a@example.org'))).toBe(true);
  });
});
