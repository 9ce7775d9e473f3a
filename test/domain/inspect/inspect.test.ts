import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import { toDefiniteLengths } from '../../../main/domain/asn1/ber.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { inspect } from '../../../main/domain/inspect/inspect.ts';
import type { InspectType } from '../../../main/domain/inspect/recognise.ts';
import { OpensslWorkshop } from '../reading/openssl.ts';
import { vectorBytes, vectorDer, vectorFiles } from '../reading/vectors.ts';

const workshop = new OpensslWorkshop();
const read = (name: string, type?: InspectType) => inspect(workshop.read(name), nodePrimitives.digest, type === undefined ? {} : { type });

beforeAll(() => {
  workshop.write('certificate.der', workshop.selfSigned('subjectAltName=email:a@example.org\nextendedKeyUsage=emailProtection'));
  workshop.run('x509', '-inform', 'DER', '-in', 'certificate.der', '-out', 'certificate.pem');
  workshop.write('password', 'correct horse');
  workshop.write('content', 'Hello');
});
afterAll(() => workshop.close());

describe('a certificate is inspected', () => {
  it('with what people look for first', () => {
    const fingerprint = workshop.run('x509', '-in', 'certificate.pem', '-noout', '-fingerprint', '-sha256').split('=')[1];
    const reading = read('certificate.pem');
    expect(reading).toMatchObject({
      type: 'certificate',
      sha256: fingerprint?.trim().replaceAll(':', '').toLowerCase(),
      version: 3,
      subject: 'CN=Test',
      issuer: 'CN=Test',
      emails: ['a@example.org'],
      purposes: ['smime-sign', 'smime-encrypt'],
      isAuthority: false,
      subjectPublicKeyInfo: { algorithm: 'ecPublicKey', curve: 'p256', keySize: 256 },
      extensions: {
        extKeyUsage: { critical: false, value: ['emailProtection'] },
        subjectAltName: { value: [{ rfc822Name: 'a@example.org' }] },
      },
      signatureAlgorithm: { algorithm: 'ecdsaWithSha256' },
    });
    expect(reading['notBefore']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('each of RFC 9216 with the purpose it was made for', () => {
    for (const path of vectorFiles('rfc9216', '.crt')) {
      const { purposes, isAuthority } = inspect(vectorBytes(path), nodePrimitives.digest);
      const own = path.includes('encryption') ? 'smime-encrypt' : 'smime-sign';
      const isRoot = path.includes('authority');
      expect({ path, isAuthority, purposes: isRoot ? [] : purposes }).toEqual({ path, isAuthority: isRoot, purposes: isRoot ? [] : [own] });
    }
  });

  it('or several of them in one file, as a bundle', () => {
    workshop.write('bundle.pem', Buffer.concat([workshop.read('certificate.pem'), workshop.read('certificate.pem')]));
    expect(read('bundle.pem')).toMatchObject({ type: 'bundle', objects: [{ type: 'certificate' }, { type: 'certificate' }] });
  });
});

describe('other files are recognised by their content', () => {
  it('CRLs and requests', () => {
    workshop.run('req', '-new', '-key', 'key.pem', '-subj', '/CN=Request', '-config', 'ext.cnf', '-outform', 'DER', '-out', 'request.der');
    expect(read('request.der')).toMatchObject({ type: 'csr', subject: 'CN=Request', subjectPublicKeyInfo: { curve: 'p256' } });
    const crl = inspect(vectorDer('pkits/crls/indirectCRLCA5CRL.crl'), nodePrimitives.digest);
    expect(crl).toMatchObject({ type: 'crl', version: 2, revokedCount: 11, isCut: false, nextUpdate: '2030-12-31T08:30:00Z' });
  });

  it('PKCS #7 with certificates, and signed in BER of indefinite length', () => {
    workshop.run('crl2pkcs7', '-nocrl', '-certfile', 'certificate.pem', '-outform', 'DER', '-out', 'certificates.p7b');
    expect(read('certificates.p7b')).toMatchObject({
      type: 'pkcs7',
      contentType: 'signedData',
      signerCount: 0,
      certificates: [{ subject: 'CN=Test' }],
    });
    const sign = [
      'cms',
      '-sign',
      '-in',
      'content',
      '-signer',
      'certificate.pem',
      '-inkey',
      'key.pem',
      '-outform',
      'DER',
      '-stream',
      '-nodetach',
    ];
    workshop.run(...sign, '-out', 'signed.p7m');
    expect(workshop.read('signed.p7m')[1]).toBe(0x80);
    expect(read('signed.p7m')).toMatchObject({
      encapContentInfo: { eContentType: 'data', isDetached: false },
      digestAlgorithms: ['sha256'],
      certificates: [{ type: 'certificate' }],
      signerCount: 1,
    });
  });

  it('PKCS #12, new and old, without its password', () => {
    const make = ['pkcs12', '-export', '-in', 'certificate.pem', '-inkey', 'key.pem', '-passout', 'file:password'];
    workshop.run(...make, '-out', 'new.p12');
    const pbes2 = { scheme: 'pbes2', kdf: 'pbkdf2', prf: 'hmacWithSHA256', iterations: 2048, cipher: 'aes256-CBC' };
    expect(read('new.p12')).toMatchObject({
      type: 'pkcs12',
      integrity: 'password',
      mac: { scheme: 'pkcs12', digest: 'sha256', iterations: 2048 },
      contents: [
        { contentType: 'encryptedData', encryption: pbes2 },
        { contentType: 'data', bags: [{ bagType: 'pkcs8ShroudedKeyBag', encryption: pbes2 }] },
      ],
    });
    workshop.run(...make, '-nomac', '-certpbe', 'NONE', '-keypbe', 'PBE-SHA1-3DES', '-out', 'open.p12');
    expect(read('open.p12')).toMatchObject({ integrity: 'none', mac: null });
    expect(JSON.stringify(read('open.p12'))).toContain('"bagType":"certBag"');
    expect(JSON.stringify(read('open.p12'))).toContain('pbeWithSHAAnd3-KeyTripleDES-CBC');
    const alice = inspect(vectorBytes('rfc9216/pkcs-12-object-for-alice.p12.pem'), nodePrimitives.digest);
    expect(alice).toMatchObject({ type: 'pkcs12', mac: { digest: 'sha1', iterations: 10240 } });
  });

  it('PKCS #8, open or encrypted, and never a private octet of it', () => {
    const pem = vectorBytes('rfc9216/alice-s-signing-private-key-material.key');
    const reading = inspect(pem, nodePrimitives.digest);
    expect(reading).toEqual({ type: 'pkcs8', isEncrypted: false, algorithm: 'rsaEncryption', oid: '1.2.840.113549.1.1.1', keySize: 2048 });
    workshop.run('pkcs8', '-topk8', '-in', 'key.pem', '-passout', 'file:password', '-scrypt', '-out', 'scrypt.key');
    expect(read('scrypt.key')).toEqual({
      type: 'pkcs8',
      isEncrypted: true,
      encryption: { scheme: 'pbes2', kdf: 'scrypt', costParameter: '0x4000', blockSize: 8, parallelization: 1, cipher: 'aes256-CBC' },
    });
  });
});

describe('what cannot be inspected is refused', () => {
  it.each([
    ['-----BEGIN DH PARAMETERS-----\nMAA=\n-----END DH PARAMETERS-----\n', 'unsupported'],
    ['MAA=', 'unsupported'],
    ['no object at all', 'input.malformed-der'],
    ['', 'input.empty'],
  ])('%j as %s', (text, code) => {
    expect(() => inspect(new Uint8Array(Buffer.from(text)), nodePrimitives.digest)).toThrow(expect.objectContaining({ code }));
  });

  it('when it is not of the type it was said to be', () => {
    const others: InspectType[] = ['crl', 'csr', 'pkcs7', 'pkcs12', 'pkcs8'];
    for (const type of others)
      expect(() => read('certificate.der', type), type).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });

  it('with nothing but an AppError, whatever octets are changed', () => {
    const samples = ['signed.p7m', 'new.p12', 'open.p12', 'scrypt.key', 'request.der'].map((name) => workshop.read(name));
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    let inspected = 0;
    fc.assert(
      fc.property(fc.constantFrom(...samples), edits, (original, changes) => {
        const octets = original.slice();
        for (const [at, octet] of changes) octets[at % octets.length] = octet;
        try {
          inspect(octets, nodePrimitives.digest);
          inspected++;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 5000 },
    );
    expect(inspected).toBeGreaterThan(0);
  }, 60_000);
});

describe('BER is made definite', () => {
  const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

  it.each([
    ['30 80 05 00 00 00', '30 02 05 00'],
    ['24 80 04 01 aa 24 80 04 01 bb 00 00 00 00', '04 02 aa bb'],
    ['30 81 02 05 00', '30 02 05 00'],
    ['a0 80 30 80 00 00 00 00', 'a0 02 30 00'],
  ])('%s becomes %s', (ber, der) => expect(toDefiniteLengths(bytes(ber))).toEqual(bytes(der)));

  it.each(['30 80 05 00', '30 80 05 00 00', '04 80 00 00', '30 04 30 80 05 00', '30 02 05 00 ff', '24 03 02 01 00', ''])(
    '%s is refused',
    (ber) => {
      expect(() => toDefiniteLengths(bytes(ber))).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
    },
  );

  it('but not without end: nesting is bounded', () => {
    const deep = bytes('3080'.repeat(100_000) + '0000'.repeat(100_000));
    expect(() => toDefiniteLengths(deep)).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });

  it('and DER comes back as it was', () => {
    for (const path of vectorFiles('pkits/certs', '.crt')) expect(toDefiniteLengths(vectorDer(path)), path).toEqual(vectorDer(path));
  });
});
