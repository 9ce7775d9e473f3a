import { afterAll, describe, expect, it } from 'vitest';
import { isSameName, isWithinName, prepareString } from '../../../main/domain/x509/compare-name.ts';
import { readCertificate } from '../../../main/domain/x509/read-certificate.ts';
import { OpensslWorkshop } from './openssl.ts';

const workshop = new OpensslWorkshop();
afterAll(() => workshop.close());
const name = (subject: string) => readCertificate(workshop.selfSigned('basicConstraints=CA:FALSE', subject)).subject;

describe('two names are one', () => {
  it.each([
    ['  St.  Mary  ', 'st. mary'],
    ['STRASSE', 'Straße'],
    ['ΣΑΣ', 'σας'],
    ['ﬁne', 'FINE'],
    ['Ａ', 'a'],
    ['e\u0301', 'É'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['a\u00a0b', 'a b'],
    ['a\tb', 'a b'],
  ])('when %j and %j are prepared', (a, b) => expect(prepareString(a)).toBe(prepareString(b)));

  it.each([
    ['ab', 'a b'],
    ['resume', 'résumé'],
    ['', 'a'],
  ])('but not %j and %j', (a, b) => expect(prepareString(a)).not.toBe(prepareString(b)));

  it('in any case and spacing, but not in another order or with a part more', () => {
    const base = name('/O=Good  Practice/CN=Doctor');
    expect(isSameName(base, name('/O=good practice/CN=DOCTOR'))).toBe(true);
    expect(isSameName(base, name('/CN=Doctor/O=Good Practice'))).toBe(false);
    expect(isSameName(base, name('/O=Good Practice'))).toBe(false);
    expect(isSameName(base, name('/O=Good Practice/OU=Doctor'))).toBe(false);
  });

  it('and a name is within another one only below it', () => {
    const base = name('/O=Good Practice');
    expect(isWithinName(base, name('/O=GOOD practice/CN=Doctor'))).toBe(true);
    expect(isWithinName(name('/O=Good Practice/CN=Doctor'), base)).toBe(false);
    expect(isWithinName(base, name('/CN=Doctor/O=Good Practice'))).toBe(false);
  });

  it('and separators inside a value make no second part', () => {
    expect(isSameName(name('/O=a","b'), name('/O=a/O=b'))).toBe(false);
  });
});
