import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hexEncode } from '../../../main/domain/encoding/hex.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { attributeOid, extendedKeyUsageOid, extensionOid } from '../../../main/domain/x509/oid.ts';
import { isCritical, readCertificate } from '../../../main/domain/x509/read-certificate.ts';
import { attributeValues } from '../../../main/domain/x509/read-name.ts';
import { OpensslWorkshop } from './openssl.ts';
import { vectorCertificate, vectorDer, vectorFiles } from './vectors.ts';

const workshop = new OpensslWorkshop();
afterAll(() => workshop.close());

const allCertificates = [...vectorFiles('pkits/certs', '.crt'), ...vectorFiles('rfc9216', '.crt')];
const alice = 'rfc9216/alice-s-signature-verification-end-entity-certificate.crt';

/** A key that takes its parameters from its issuer: OpenSSL does not give it out alone. */
const inheritsParameters = (path: string): boolean => /DSAParameter/.test(path);

function expectedSize({ publicKey }: X509Certificate): number | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey;
  return type === 'rsa' ? details?.modulusLength : type === 'dsa' ? undefined : 256;
}

describe('a certificate is read', () => {
  it('from every certificate of PKITS and RFC 9216 as OpenSSL reads it', () => {
    for (const path of allCertificates) {
      const { der, serialNumber, notBefore, notAfter, extensions, subjectPublicKeyInfo } = vectorCertificate(path);
      const reference = new X509Certificate(der);
      const mayIssue = extensions.basicConstraints?.cA === true && extensions.keyUsage?.includes('keyCertSign') !== false;
      expect(serialNumber, path).toBe(reference.serialNumber.toLowerCase());
      expect([notBefore, notAfter], path).toEqual([new Date(reference.validFrom), new Date(reference.validTo)]);
      expect(mayIssue, path).toBe(reference.ca);
      if (inheritsParameters(path)) continue;
      const spki = reference.publicKey.export({ type: 'spki', format: 'der' });
      expect(hexEncode(subjectPublicKeyInfo.der), path).toBe(spki.toString('hex'));
      expect(subjectPublicKeyInfo.keySize, path).toBe(expectedSize(reference));
    }
    expect(allCertificates.length).toBeGreaterThan(400);
  });

  it('with every field of a signing certificate of RFC 9216', () => {
    const { version, subject, issuer, extensions, signatureAlgorithm, rawExtensions } = vectorCertificate(alice);
    expect(version).toBe(3);
    expect(attributeValues(subject, attributeOid.commonName)).toEqual(['Alice Lovelace']);
    expect(attributeValues(issuer, attributeOid.organizationalUnitName)).toEqual(['LAMPS WG']);
    expect(signatureAlgorithm.name).toBe('sha512WithRSAEncryption');
    expect(extensions.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(extensions.extKeyUsage).toEqual([extendedKeyUsageOid.emailProtection]);
    expect(extensions.subjectAltName).toEqual([{ form: 'rfc822Name', value: 'alice@smime.example' }]);
    expect(extensions.certificatePolicies?.map(({ policyIdentifier }) => policyIdentifier)).toEqual(['2.16.840.1.101.3.2.1.48.1']);
    expect(rawExtensions.map(({ oid }) => oid)).toContain(extensionOid.authorityKeyIdentifier);
    expect(extensions.unknown).toEqual([]);
  });

  it('with every extension openssl can write', () => {
    const der = workshop.selfSigned(
      [
        'basicConstraints=critical,CA:TRUE,pathlen:2',
        'keyUsage=critical,keyCertSign,cRLSign,decipherOnly',
        'extendedKeyUsage=emailProtection,1.2.3.4',
        'subjectKeyIdentifier=hash',
        'authorityKeyIdentifier=keyid:always,issuer:always',
        'subjectAltName=@names',
        'nameConstraints=permitted;email:example.org,excluded;IP:10.0.0.0/255.0.0.0',
        'certificatePolicies=2.23.140.1.5.1.3,@policy',
        'policyConstraints=requireExplicitPolicy:3,inhibitPolicyMapping:0',
        'inhibitAnyPolicy=4',
        'policyMappings=1.2.3:1.2.4',
        'crlDistributionPoints=point',
        'authorityInfoAccess=OCSP;URI:http://ocsp.example.org/,caIssuers;URI:http://ca.example.org/ca.cer',
        'noCheck=ignored',
        '1.2.3.4.5=critical,ASN1:UTF8String:strange',
        '[names]\nemail=a@example.org\nDNS=example.org\nURI=http://example.org/\nIP=192.0.2.1\nRID=1.2.3',
        'otherName=1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8:ü@example.org\ndirName=dir',
        '[dir]\nCN=Directory',
        '[policy]\npolicyIdentifier=1.3.5.8\nCPS.1=http://example.org/cps',
        '[point]\nfullname=URI:http://example.org/a.crl\nreasons=keyCompromise,superseded',
      ].join('\n'),
    );
    const certificate = readCertificate(der);
    const { extensions } = certificate;
    expect(extensions.basicConstraints).toEqual({ cA: true, pathLenConstraint: 2 });
    expect(extensions.keyUsage).toEqual(['keyCertSign', 'cRLSign', 'decipherOnly']);
    expect(extensions.extKeyUsage).toEqual([extendedKeyUsageOid.emailProtection, '1.2.3.4']);
    expect(extensions.authorityKeyIdentifier?.keyIdentifier).toEqual(extensions.subjectKeyIdentifier);
    expect(extensions.authorityKeyIdentifier?.authorityCertSerialNumber).toBe(certificate.serialNumber);
    expect(extensions.subjectAltName?.map(({ form }) => form)).toEqual([
      'rfc822Name',
      'dNSName',
      'uniformResourceIdentifier',
      'iPAddress',
      'registeredID',
      'smtpUtf8Mailbox',
      'directoryName',
    ]);
    expect(extensions.subjectAltName?.[5]).toEqual({ form: 'smtpUtf8Mailbox', value: 'ü@example.org' });
    expect(extensions.nameConstraints?.permittedSubtrees).toEqual([
      { base: { form: 'rfc822Name', value: 'example.org' }, hasDistance: false },
    ]);
    expect(extensions.nameConstraints?.excludedSubtrees[0]?.base).toEqual({
      form: 'iPAddress',
      value: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0),
    });
    expect(extensions.certificatePolicies?.map(({ policyIdentifier }) => policyIdentifier)).toEqual(['2.23.140.1.5.1.3', '1.3.5.8']);
    expect(extensions.certificatePolicies?.[1]?.policyQualifiers[0]?.cPSuri).toBe('http://example.org/cps');
    expect(extensions.policyConstraints).toEqual({ requireExplicitPolicy: 3, inhibitPolicyMapping: 0 });
    expect(extensions.inhibitAnyPolicy).toBe(4);
    expect(extensions.policyMappings).toEqual([{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }]);
    expect(extensions.cRLDistributionPoints).toEqual([
      {
        distributionPoint: { fullName: [{ form: 'uniformResourceIdentifier', value: 'http://example.org/a.crl' }] },
        reasons: ['keyCompromise', 'superseded'],
      },
    ]);
    expect(extensions.authorityInfoAccess?.map(({ accessMethod }) => accessMethod)).toEqual(['1.3.6.1.5.5.7.48.1', '1.3.6.1.5.5.7.48.2']);
    expect(extensions.ocspNoCheck).toBe(true);
    expect(extensions.unknown.map(({ oid, isCritical: must }) => [oid, must])).toEqual([['1.2.3.4.5', true]]);
    expect(isCritical(certificate, extensionOid.basicConstraints)).toBe(true);
    expect(isCritical(certificate, extensionOid.extKeyUsage)).toBe(false);
  });

  it('with names in any script', () => {
    const { subject } = readCertificate(workshop.selfSigned('basicConstraints=CA:FALSE', '/CN=Ærøskøbing 山田/O=Юг'));
    expect(attributeValues(subject, attributeOid.commonName)).toEqual(['Ærøskøbing 山田']);
    expect(attributeValues(subject, attributeOid.organizationName)).toEqual(['Юг']);
  });
});

/** The code of the AppError a call throws; anything else it throws, or no error at all, fails the test. */
function refusal(act: () => unknown): { code: string; offset: unknown } {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, offset: error.details['offset'] };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what is no certificate is refused', () => {
  const der = vectorDer(alice);

  it('with the offset where it goes wrong, when data follows', () => {
    expect(refusal(() => readCertificate(Uint8Array.of(...der, 0)))).toEqual({ code: 'input.malformed-der', offset: der.length });
  });

  it('when it is cut anywhere', () => {
    for (let end = 0; end < der.length; end++)
      expect(refusal(() => readCertificate(der.subarray(0, end))).code).toBe('input.malformed-der');
  });

  it('when it is larger than a certificate can be', () => {
    expect(refusal(() => readCertificate(new Uint8Array((1 << 20) + 1))).code).toBe('input.too-large');
  });

  it('when it names an extension twice', () => {
    const der = workshop.selfSigned('1.2.3.4=ASN1:NULL\n1.2.3.5=ASN1:NULL');
    expect(readCertificate(der).extensions.unknown.map(({ oid }) => oid)).toEqual(expect.arrayContaining(['1.2.3.4', '1.2.3.5']));
    const at = Buffer.from(der).indexOf(Buffer.from('06032a0305', 'hex'));
    der[at + 4] = 4;
    expect(refusal(() => readCertificate(der))).toMatchObject({ code: 'input.malformed-der', offset: at - 2 });
  });

  it('with nothing but an AppError, whatever octets are changed, dropped or added', () => {
    const samples = [alice, 'pkits/certs/ValidURInameConstraintsTest34EE.crt', 'pkits/certs/CPSPointerQualifierTest20EE.crt'].map(
      vectorDer,
    );
    const sample = fc.constantFrom(...samples);
    const edit = fc.record({ at: fc.nat(), octet: fc.nat(255), kind: fc.constantFrom('set', 'insert', 'remove') });
    let read = 0;
    fc.assert(
      fc.property(sample, fc.array(edit, { minLength: 1, maxLength: 6 }), (original, edits) => {
        const octets = Array.from(original);
        for (const { at, octet, kind } of edits) {
          octets.splice(at % octets.length, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [octet]));
        }
        try {
          readCertificate(Uint8Array.from(octets));
          read++;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 10_000 },
    );
    // Some changes hit the key or the signature and leave a certificate: the reader got that far.
    expect(read).toBeGreaterThan(0);
  }, 60_000);
});
