import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { encodePem } from '../../../main/domain/encoding/pem.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { valueTree } from '../../../main/domain/inspect/value-tree.ts';
import { viewFile } from '../../../main/domain/inspect/view-file.ts';
import { attributeOid } from '../../../main/domain/x509/oid.ts';
import { generalName, issue, nameOf, subjectAltName } from '../path-validation/authority.ts';
import { OpensslWorkshop } from '../reading/openssl.ts';
import { vectorDer, vectorFiles } from '../reading/vectors.ts';

const workshop = new OpensslWorkshop();
const view = (bytes: Uint8Array) => viewFile(bytes, nodePrimitives.digest);
const only = (bytes: Uint8Array) => view(bytes).objects[0];

beforeAll(() => {
  workshop.write('certificate.der', workshop.selfSigned('subjectAltName=email:a@example.org'));
});
afterAll(() => workshop.close());

describe('the values of a certificate', () => {
  it('stand where openssl finds them', () => {
    const der = workshop.read('certificate.der');
    const theirs = workshop
      .run('asn1parse', '-inform', 'DER', '-in', 'certificate.der')
      .split('\n')
      .flatMap((line) => /^\s*(\d+):d=\d+\s+hl=(\d+)\s+l=\s*(\d+)/.exec(line)?.slice(1, 4).join() ?? []);
    const ours = valueTree(der, 'certificate').values.map(({ offset, header, length }) => [offset, header, length].join());
    expect(theirs.length).toBeGreaterThan(30);
    expect(ours).toEqual(expect.arrayContaining(theirs));
  });

  it('have the names of RFC 5280, and what is in an extension is seen', () => {
    const { values } = valueTree(workshop.read('certificate.der'), 'certificate');
    const named = (name: string) => values.find((value) => value.name === name);
    expect(named('notAfter')).toMatchObject({ type: 'UTCTime', text: expect.stringMatching(/^20\d\d-/) });
    expect(named('subjectAltName')).toMatchObject({ type: 'SEQUENCE', count: 2 });
    expect(values.some(({ text }) => text === 'a@example.org')).toBe(true);
  });

  it('are named and read without a fault in all of PKITS', () => {
    for (const file of vectorFiles('pkits/certs', '.crt')) expect(valueTree(vectorDer(file), 'certificate').isCut).toBe(false);
  });
});

describe('a file in the viewer', () => {
  it('shows every object of it, and what one of them cannot be read as', () => {
    const good = encodePem('CERTIFICATE', workshop.read('certificate.der'));
    const bad = encodePem('CERTIFICATE', asn1.sequence(asn1.integer(1)));
    const { objects, certificates } = view(Buffer.from(good + bad));
    expect(objects.map(({ kind, error }) => [kind, error?.code])).toEqual([
      ['certificate', undefined],
      ['certificate', 'input.malformed-der'],
    ]);
    expect(certificates).toHaveLength(1);
  });

  it('keeps the octets of a private key to itself, whatever it is called', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const keys = [
      privateKey.export({ format: 'der', type: 'pkcs8' }),
      privateKey.export({ format: 'der', type: 'sec1' }),
      rsa.export({ format: 'der', type: 'pkcs1' }),
    ];
    for (const der of keys) {
      for (const bytes of [der, Buffer.from(encodePem('CERTIFICATE', der)), Buffer.from(encodePem('ODD', der))])
        expect(only(bytes)).toMatchObject({ raw: null });
    }
    expect(JSON.stringify(only(keys[0] ?? new Uint8Array(0)))).not.toContain(privateKey.export({ format: 'jwk' }).d);
    expect(only(workshop.read('certificate.der'))?.raw).not.toBeNull();
  });

  it('leaves text as it stands: HTML, and letters that turn the line around', () => {
    const hostile = '<img src=x onerror=alert(1)>\u202Egro.elpmaxe';
    const { certificate } = issue({ subject: nameOf([attributeOid.commonName, asn1.utf8String(hostile)]) });
    const object = only(certificate.der);
    expect(object?.reading?.['subject']).toContain('alert(1)');
    expect(object?.raw?.tree.values.find(({ text }) => text === hostile)).toBeDefined();
  });

  it('is no longer than anybody reads, whatever is in it', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => generalName(1, `a${at}@example.org`));
    const many = only(issue({ extensions: [subjectAltName(...names)] }).certificate.der);
    expect(JSON.stringify(many?.reading).length).toBeLessThan(50_000);
    expect(many?.raw).toMatchObject({ isCut: true, tree: { isCut: true } });
    expect(many?.raw?.tree.values).toHaveLength(5000);
    const large = only(asn1.sequence(asn1.octetString(new Uint8Array(1_600_000))));
    expect(JSON.stringify(large).length).toBeLessThan(200_000);
    let deep: Uint8Array = asn1.nullValue();
    for (let depth = 0; depth < 3000; depth++) deep = asn1.sequence(deep);
    expect(only(deep)?.raw?.tree.values.length).toBeLessThan(100);
  });

  it('never breaks on what was changed in it', () => {
    const der = workshop.read('certificate.der');
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, octet) => {
        const changed = Uint8Array.from(der);
        changed[at] = octet;
        try {
          expect(view(changed).objects.length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
