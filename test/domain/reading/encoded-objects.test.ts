import { describe, expect, it } from 'vitest';
import { base64Encode } from '../../../main/domain/encoding/base64.ts';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { vectorBytes, vectorDer } from './vectors.ts';

const pemPath = 'rfc9216/alice-s-encryption-end-entity-certificate.crt';
const der = vectorDer(pemPath);
const pem = Buffer.from(vectorBytes(pemPath)).toString('latin1');
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const found = (text: string) => readEncodedObjects(bytes(text));

describe('an object is found by its content', () => {
  it('in DER, in PEM and in bare base64', () => {
    expect(readEncodedObjects(der)).toEqual([{ headers: [], der }]);
    expect(found(pem)).toEqual([{ label: 'CERTIFICATE', headers: [], der }]);
    expect(found(base64Encode(der))).toEqual([{ headers: [], der }]);
  });

  it('with a byte order mark, CRLF lines, spaces and prose around it, several times', () => {
    const text = `\ufeffSubject: Älice\r\n${pem.replaceAll('\n', '\r\n')}\r\nand again\r\n  ${pem.replaceAll('\n', ' \n  ')}`;
    expect(found(text).map((object) => object.der)).toEqual([der, der]);
  });

  it('with the headers of a key encrypted the old way kept apart', () => {
    const text = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${base64Encode(der)}\n-----END RSA PRIVATE KEY-----\n`;
    expect(found(text)).toEqual([{ label: 'RSA PRIVATE KEY', headers: ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,00'], der }]);
  });
});

describe('what holds no object is refused', () => {
  it.each([
    ['', 'input.empty'],
    ['hello', 'input.malformed-der'],
    ['aGVsbG8=', 'input.malformed-der'],
    ['\n\n-----BEGIN CERTIFICATE-----\nMIIB', 'input.malformed-pem'],
    ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END X509 CRL-----', 'input.malformed-pem'],
    ['-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----', 'input.malformed-pem'],
    ['-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', 'input.malformed-pem'],
    ['-----END CERTIFICATE-----', 'input.malformed-pem'],
  ])('%j as %s', (text, code) => {
    expect(() => found(text)).toThrow(expect.objectContaining({ code }));
  });

  it('with the line where a block begins that has no end', () => {
    expect(() => found(`${pem}\n-----BEGIN CERTIFICATE-----\n`)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ line: pem.split('\n').length + 1 }) }),
    );
  });

  it('above the limits of size and number', () => {
    const limits = { maximumSize: pem.length * 2, maximumObjects: 1 };
    expect(() => readEncodedObjects(bytes(pem + pem), limits)).toThrow(expect.objectContaining({ code: 'input.too-large' }));
    expect(() => readEncodedObjects(bytes(pem + pem + pem), limits)).toThrow(expect.objectContaining({ code: 'input.too-large' }));
    expect(readEncodedObjects(bytes(pem), limits)).toHaveLength(1);
  });
});
