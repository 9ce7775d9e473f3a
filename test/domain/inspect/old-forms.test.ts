import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordPrimitives } from '../../../main/adapters/primitives/passwords.ts';
import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { inspect } from '../../../main/domain/inspect/inspect.ts';
import { viewFile } from '../../../main/domain/inspect/view-file.ts';
import { privateKeysIn } from '../../../main/domain/pfx/private-keys-in.ts';

const directory = mkdtempSync(join(tmpdir(), 'keyward-old-forms-'));
const digest = (name: string, bytes: Uint8Array) => createHash(name).update(bytes).digest();
const read = (name: string) => readFileSync(join(directory, name));
const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: directory, stdio: 'pipe' });
const said = (name: string) => inspect(read(name), digest);

beforeAll(() => {
  openssl('genrsa -out key.pem 2048');
  openssl('rsa -in key.pem -traditional -out pkcs1.pem');
  openssl('ecparam -name prime256v1 -genkey -out ec.pem');
  openssl('req -x509 -key key.pem -subj /CN=Old -out certificate.pem');
  openssl('x509 -in certificate.pem -outform DER -out certificate.der');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('a private key that OpenSSL encrypted the old way', () => {
  const open = async (name: string, password: string | undefined) =>
    privateKeysIn(readEncodedObjects(read(name)), password === undefined ? undefined : Buffer.from(password), passwordPrimitives);

  it.each(['-des3', '-aes128', '-aes192', '-aes256'])('with %s is named so, opens with its password, and with no other', async (cipher) => {
    writeFileSync(join(directory, 'password'), 'pässword');
    openssl(`rsa -in key.pem -traditional ${cipher} -passout file:password -out old.pem`);
    expect(said('old.pem')).toMatchObject({ type: 'pkcs8', form: 'openssl', isEncrypted: true, encryption: { scheme: 'pem' } });
    const { keys } = await open('old.pem', 'pässword');
    expect(Buffer.from(keys[0] ?? [])).toEqual(Buffer.from(readEncodedObjects(read('pkcs1.pem'))[0]?.der ?? []));
    for (const wrong of ['password', '', undefined])
      await expect(open('old.pem', wrong)).rejects.toMatchObject({ code: 'input.wrong-password' });
  });

  it('with a cipher nobody uses, or without saying with which, is refused', async () => {
    const text = (header: string) =>
      `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n${header}\n\nAAAA\n-----END RSA PRIVATE KEY-----\n`;
    const tried = async (header: string) =>
      privateKeysIn(readEncodedObjects(Buffer.from(text(header))), Buffer.from('x'), passwordPrimitives);
    await expect(tried('DEK-Info: RC4-40,00')).rejects.toMatchObject({ code: 'unsupported' });
    await expect(tried('DEK-Info: AES-128-CBC,0011')).rejects.toMatchObject({ code: 'input.malformed-pem' });
    await expect(tried('X: y')).rejects.toMatchObject({ code: 'input.malformed-pem' });
  });
});

describe('what OpenSSL and Netscape wrote', () => {
  it('is a private key in their own forms, beside the parameters of its curve or without', () => {
    expect(said('pkcs1.pem')).toMatchObject({ type: 'pkcs8', form: 'pkcs1', algorithm: 'rsaEncryption', keySize: 2048 });
    expect(said('ec.pem')).toMatchObject({ type: 'pkcs8', form: 'sec1', curve: 'p256' });
    for (const name of ['pkcs1.pem', 'ec.pem']) expect(viewFile(read(name), digest).objects).toMatchObject([{ kind: 'pkcs8', raw: null }]);
  });

  it('is a certificate with what it is trusted for behind it, which is not read', () => {
    openssl('x509 -in certificate.pem -trustout -addtrust emailProtection -out trusted.pem');
    expect(said('trusted.pem')).toEqual(said('certificate.pem'));
  });

  it('is a public key alone', () => {
    openssl('pkey -in ec.pem -pubout -out public.pem');
    expect(said('public.pem')).toMatchObject({ type: 'public-key', subjectPublicKeyInfo: { curve: 'p256' } });
  });

  it('is a sequence of certificates', () => {
    const der = read('certificate.der');
    writeFileSync(join(directory, 'sequence'), asn1.sequence(asn1.oid('2.16.840.1.113730.2.5'), asn1.context(0, asn1.sequence(der, der))));
    const { sha256 } = said('certificate.der');
    expect(said('sequence')).toMatchObject({ contentType: 'netscapeCertSequence', certificates: [{ sha256 }, { sha256 }] });
  });
});

describe('a key and its challenge, as browsers sent them (SPKAC),', () => {
  it('is read as openssl writes it, with other lines around it, and as DER; what is cut short is refused with the place', () => {
    openssl('spkac -key key.pem -challenge hello -out spkac.txt');
    const text = read('spkac.txt').toString();
    const reading = { type: 'spkac', challenge: 'hello', subjectPublicKeyInfo: { algorithm: 'rsaEncryption', keySize: 2048 } };
    expect(said('spkac.txt')).toMatchObject(reading);
    const der = Buffer.from(text.slice(text.indexOf('=') + 1), 'base64');
    expect(inspect(Buffer.from(`CN=Old\r\n${text.trim()}\r\nO=Practice\r\n`), digest)).toMatchObject(reading);
    expect(inspect(der, digest)).toMatchObject(reading);
    expect(viewFile(der, digest).objects).toMatchObject([{ kind: 'spkac', error: null, raw: { isCut: false } }]);
    expect(() => inspect(der.subarray(0, -4), digest)).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });
});
