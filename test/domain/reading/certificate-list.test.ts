import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { formatInstant } from '../../../main/domain/asn1/read-time.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { attributeOid } from '../../../main/domain/x509/oid.ts';
import { readCertificateList, revokedCertificates } from '../../../main/domain/x509/read-certificate-list.ts';
import { readCertificationRequest } from '../../../main/domain/x509/read-request.ts';
import { attributeValues } from '../../../main/domain/x509/read-name.ts';
import { OpensslWorkshop } from './openssl.ts';
import { vectorDer, vectorFiles } from './vectors.ts';

const workshop = new OpensslWorkshop();
afterAll(() => workshop.close());

const lists = vectorFiles('pkits/crls', '.crl');

describe('a CRL is read', () => {
  it('from every CRL of PKITS with the entries openssl counts', () => {
    for (const path of lists) {
      const der = vectorDer(path);
      const list = readCertificateList(der);
      workshop.write('list.crl', der);
      const text = workshop.run('crl', '-inform', 'DER', '-in', 'list.crl', '-noout', '-text');
      const serials = Array.from(text.matchAll(/Serial Number: ([0-9A-F-]+)/g), ([, serial = '']) => serial.toLowerCase());
      expect(
        Array.from(revokedCertificates(list), ({ serialNumber }) => serialNumber),
        path,
      ).toEqual(serials);
      expect(text, path).toContain(`Version ${list.version}`);
    }
  }, 60_000);

  it('with reason, invalidity date and the issuer an indirect CRL names', () => {
    const [first] = revokedCertificates(readCertificateList(vectorDer('pkits/crls/GoodCACRL.crl')));
    expect(first).toMatchObject({ reasonCode: 'keyCompromise', hasUnknownCritical: false });
    const indirect = readCertificateList(vectorDer('pkits/crls/indirectCRLCA3cRLIssuerCRL.crl'));
    expect(indirect.extensions.issuingDistributionPoint).toMatchObject({ indirectCRL: true, onlyContainsUserCerts: false });
    const delta = readCertificateList(vectorDer('pkits/crls/deltaCRLCA1deltaCRL.crl'));
    expect(delta.extensions.deltaCRLIndicator).toBe('01');
    expect(Array.from(revokedCertificates(delta), ({ reasonCode }) => reasonCode)).toContain('removeFromCRL');
  });

  it('and one with a critical entry extension says so at that entry', () => {
    const list = readCertificateList(vectorDer('pkits/crls/UnknownCRLEntryExtensionCACRL.crl'));
    expect(Array.from(revokedCertificates(list), ({ hasUnknownCritical }) => hasUnknownCritical)).toContain(true);
    expect(formatInstant(list.thisUpdate)).toBe('2010-01-01T08:30:00Z');
  });

  it('or refused with an AppError, whatever octets are changed', () => {
    const samples = ['GoodCACRL', 'indirectCRLCA5CRL', 'deltaCRLCA1deltaCRL'].map((name) => vectorDer(`pkits/crls/${name}.crl`));
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (original, edits) => {
          const octets = original.slice();
          for (const [at, octet] of edits) octets[at % octets.length] = octet;
          try {
            read += Array.from(revokedCertificates(readCertificateList(octets))).length;
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
          }
        },
      ),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(0);
  }, 60_000);
});

describe('a certification request is read', () => {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-keyout', 'request.key'];

  it('with its key, the extensions asked for, and no challenge password', () => {
    workshop.write(
      'request.cnf',
      '[req]\ndistinguished_name=dn\nattributes=attributes\nreq_extensions=ext\nprompt=no\n[dn]\nCN=Doctor\n' +
        '[attributes]\nchallengePassword=swordfish\n[ext]\nsubjectAltName=email:doctor@example.org\nkeyUsage=critical,digitalSignature\n',
    );
    workshop.run('req', '-new', ...key, '-config', 'request.cnf', '-outform', 'DER', '-out', 'request.der');
    const request = readCertificationRequest(workshop.read('request.der'));
    expect(attributeValues(request.subject, attributeOid.commonName)).toEqual(['Doctor']);
    expect(request.subjectPublicKeyInfo).toMatchObject({ curve: 'p384', keySize: 384 });
    expect(request.extensions.subjectAltName).toEqual([{ form: 'rfc822Name', value: 'doctor@example.org' }]);
    expect(request.extensions.keyUsage).toEqual(['digitalSignature']);
    expect(request.attributeTypes).toEqual(['1.2.840.113549.1.9.7', '1.2.840.113549.1.9.14']);
    const { der: _, certificationRequestInfo: __, ...fields } = request;
    expect(Object.keys(fields)).not.toContain('challengePassword');
  });

  it('and a certificate is refused as one', () => {
    const der = vectorDer('pkits/certs/GoodCACert.crt');
    expect(() => readCertificationRequest(der)).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });
});
