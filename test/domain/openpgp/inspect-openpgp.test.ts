import { generateKey } from 'openpgp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { inspectOpenPgp, type OpenPgpReading } from '../../../main/domain/openpgp/inspect-openpgp.ts';
import { openKeyring, type Keyring } from '../../gnupg/keyring.ts';

const inspect = (bytes: Uint8Array): OpenPgpReading => inspectOpenPgp(bytes, nodePrimitives.digest);
const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

function keyring(): Keyring {
  const ring = openKeyring();
  onTestFinished(() => ring.close());
  return ring;
}

/** A key of gpg, as it exports it. */
function made(ring: Keyring, ...args: readonly string[]): Uint8Array {
  const userId = 'Ada Lovelace <ada@clinic.example>';
  const generated = ring.gpg(['--passphrase', '', '--quick-generate-key', userId, ...args]);
  expect([generated.succeeded, generated.stderr]).toEqual([true, expect.anything()]);
  return new Uint8Array(ring.gpg(['--armor', '--export', 'ada@clinic.example']).stdout);
}

describe('a key of gpg', () => {
  it.each([
    ['rsa', ['rsa2048', 'default', '2y']],
    ['eddsaLegacy', ['future-default', 'default', '1y']],
    ['ecdsa', ['nistp384', 'sign', 'never']],
    ['dsa', ['dsa2048', 'default', 'never']],
  ])('is read as gpg reads it, armored or not: %s', (algorithm, args) => {
    const ring = keyring();
    const armored = made(ring, ...args);
    const [certificate] = inspect(armored).certificates;
    const records = ring.records('--with-fingerprint', '--with-fingerprint', '--list-keys', 'ada@clinic.example');
    const fingerprints = records.filter(([kind]) => kind === 'fpr').map((fields) => fields[9]?.toLowerCase());
    expect([certificate?.fingerprint, ...(certificate?.subkeys ?? []).map((subkey) => subkey.fingerprint)]).toEqual(fingerprints);
    expect(certificate).toMatchObject({
      version: 4,
      algorithm,
      isSecret: false,
      isRevoked: false,
      userIds: [{ userId: 'Ada Lovelace <ada@clinic.example>' }],
    });
    const expiry = records.find(([kind]) => kind === 'pub')?.[6] ?? '';
    const expires = expiry === '' ? null : new Date(Number(expiry) * 1000).toISOString().replace('.000', '');
    expect(certificate?.expires).toBe(expires);
    expect(certificate?.usage).toContain('certify');
    const binary = ring.gpg(['--export', 'ada@clinic.example']).stdout;
    expect(inspect(new Uint8Array(binary))).toEqual(inspect(armored));
  });

  it('shows that it is secret, and revoked, and who else certified it', () => {
    const ring = keyring();
    made(ring, 'ed25519', 'default', 'never');
    const secret = ring.gpg(['--armor', '--export-secret-keys', 'ada@clinic.example']).stdout;
    expect(inspect(new Uint8Array(secret)).certificates).toMatchObject([{ isSecret: true, isRevoked: false }]);
    const text = JSON.stringify(inspect(new Uint8Array(secret)));
    expect(text.length).toBeLessThan(3000);
    ring.gpg(['--passphrase', '', '--quick-generate-key', 'Bob <bob@clinic.example>', 'ed25519']);
    ring.gpg([
      '--default-key',
      'bob@clinic.example',
      '--yes',
      '--quick-sign-key',
      inspect(new Uint8Array(secret)).certificates[0]?.fingerprint ?? '',
    ]);
    const certified = new Uint8Array(ring.gpg(['--export', 'ada@clinic.example']).stdout);
    expect(inspect(certified).certificates[0]?.userIds).toMatchObject([{ certifications: 1 }]);
  });
});

describe('a key of OpenPGP.js', () => {
  it.each([true, false])('of version 6 or 4 is read as it reads itself (%s)', async (v6Keys) => {
    const { publicKey } = await generateKey({
      type: 'curve25519',
      userIDs: [{ name: 'Ada', email: 'ada@clinic.example' }],
      keyExpirationTime: 86_400,
      format: 'object',
      config: { v6Keys },
    });
    const [certificate] = inspect(octets(publicKey.armor())).certificates;
    const expires = new Date(publicKey.getCreationTime().getTime() + 86_400_000).toISOString().replace('.000', '');
    expect(certificate).toMatchObject({
      version: v6Keys ? 6 : 4,
      fingerprint: publicKey.getFingerprint(),
      keyId: publicKey.getKeyID().toHex(),
      algorithm: 'ed25519',
      expires,
      subkeys: [{ algorithm: 'x25519', usage: ['encrypt'], fingerprint: publicKey.subkeys[0]?.getFingerprint() }],
    });
  });
});

describe('what is no key, or a damaged one', () => {
  it('is refused with its place, and never crashes whatever octet is changed', () => {
    const ring = keyring();
    made(ring, 'ed25519', 'default', 'never');
    const key = new Uint8Array(ring.gpg(['--export', 'ada@clinic.example']).stdout);
    const before = inspect(key).certificates[0]?.fingerprint;
    const outcome = (bytes: Uint8Array): string => {
      try {
        return JSON.stringify(inspect(bytes).certificates[0]?.fingerprint);
      } catch (error) {
        return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
      }
    };
    for (let at = 0; at < key.length; at++) {
      const changed = Uint8Array.from(key);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(outcome(changed), `octet ${at}`).not.toMatch(/not an AppError|internal/);
      // The primary key is the first packet: no octet of its body leaves the fingerprint as it was.
      expect(at >= 2 && at < 53 && outcome(changed) === JSON.stringify(before), `octet ${at}`).toBe(false);
    }
    for (let length = 1; length < 60; length++)
      expect(outcome(key.subarray(0, length)), `${length} octets`).toMatch(/^(input\.malformed-openpgp|".*")$/);
  });

  it('as one packet in a million pieces is refused; in a thousand it is put together', () => {
    const inPieces = (count: number): Uint8Array =>
      Uint8Array.from([0xc0 | 60, ...Array.from({ length: count }, () => [0xe0, 1]).flat(), 0]);
    expect(inspect(inPieces(1000)).otherPackets).toEqual([60]);
    expect(() => inspect(inPieces(1_000_000))).toThrow(expect.objectContaining({ code: 'input.too-large' }));
  });

  it('as armor is refused without its end, with a wrong checksum, and with nothing in it', () => {
    const ring = keyring();
    const armored = Buffer.from(made(ring, 'ed25519', 'default', 'never')).toString();
    const code = (text: string): string => {
      try {
        inspect(octets(text));
        return 'read';
      } catch (error) {
        return error instanceof AppError ? error.code : String(error);
      }
    };
    expect(code(armored)).toBe('read');
    expect(code(`Dear Bob,\r\nmy key:\r\n\r\n${armored.replaceAll('\n', '\r\n')}\r\nAda`)).toBe('read');
    expect(code(armored.replace(/-----END.*/, ''))).toBe('input.malformed-openpgp');
    expect(code(armored.replace(/\n=..../, '\n=AAAA'))).toBe('input.malformed-openpgp');
    expect(code('nothing')).toBe('input.malformed-openpgp');
  });
});
