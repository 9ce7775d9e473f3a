import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pfxPrimitives } from '../../../main/adapters/primitives/pfx.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { decryptRc2Cbc } from '../../../main/domain/pfx/rc2.ts';
import { readPfx } from '../../../main/domain/pfx/read-pfx.ts';

const directory = mkdtempSync(join(tmpdir(), 'keyward-pfx-'));
const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: directory, stdio: 'pipe' });
const password = (text: string) => Uint8Array.from(Buffer.from(text));

beforeAll(() => openssl('req -x509 -newkey rsa:2048 -nodes -keyout a.key -out a.pem -subj /CN=a'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileOf(options: string, word = 'geheim'): Uint8Array {
  openssl(`pkcs12 -export -in a.pem -inkey a.key -out a.p12 -passout pass:${word} ${options}`.trim());
  return readFileSync(join(directory, 'a.p12'));
}

describe('a PKCS #12 file', () => {
  it.each([
    '',
    '-legacy',
    '-legacy -certpbe PBE-SHA1-RC2-128',
    '-keypbe NONE -certpbe NONE',
    '-certpbe AES-128-CBC -macalg sha1',
    '-certpbe AES-192-CBC -iter 1',
    '-legacy -nomaciter',
  ])('that openssl made with "%s" gives its key and its certificate', async (options) => {
    const { keys, certificates } = await readPfx(fileOf(options), password('geheim'), pfxPrimitives);
    expect(keys).toHaveLength(1);
    expect(Buffer.from(certificates[0] ?? []).toString('base64')).toBe(openssl('x509 -in a.pem -outform DER').toString('base64'));
  });

  it('opens with a password beyond ASCII', async () => {
    const { certificates } = await readPfx(fileOf('-legacy', 'Müßig€'), password('Müßig€'), pfxPrimitives);
    expect(certificates).toHaveLength(1);
  });

  it('does not open with another password, and never gives anything else where one octet was changed', async () => {
    const sound = fileOf('-legacy');
    await expect(readPfx(sound, password('Geheim'), pfxPrimitives)).rejects.toMatchObject({ code: 'input.wrong-password' });
    const contents = await readPfx(sound, password('geheim'), pfxPrimitives);
    const refused: string[] = [];
    const read: unknown[] = [];
    for (let at = 0; at < sound.length; at += 7) {
      const changed = Uint8Array.from(sound);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      const found = await readPfx(changed, password('geheim'), pfxPrimitives).catch((error: unknown) => error);
      if (found instanceof AppError) refused.push(found.code);
      else read.push(found);
    }
    expect(refused).toContain('input.wrong-password');
    expect(read).toEqual(read.map(() => contents));
    expect(refused.length).toBeGreaterThan(sound.length / 7 - 3);
  });

  it('is refused where its integrity is protected in a way nobody here checks', async () => {
    const file = fileOf('-macalg sha512');
    await expect(readPfx(file, password('geheim'), pfxPrimitives)).rejects.toMatchObject({ code: 'input.unsupported-algorithm' });
  });
});

describe('RC2', () => {
  it.each([
    ['ffffffffffffffff', '278b27e42e2f0d49', 'ffffffffffffffff'],
    ['3000000000000000', '30649edf9be7d2c2', '1000000000000001'],
    ['88bca90e90875a7f0f79c384627bafb2', '2269552ab0f85ca6', '0000000000000000'],
  ])('decrypts the vectors of RFC 2268 (key %s)', (key, ciphertext, plaintext) => {
    const octets = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
    expect(Buffer.from(decryptRc2Cbc(octets(key), new Uint8Array(8), octets(ciphertext))).toString('hex')).toBe(plaintext);
  });
});
