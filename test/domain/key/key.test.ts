import { createHash, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyAlgorithm } from '../../../main/domain/key/algorithm.ts';
import {
  authorityAlgorithms,
  canServe,
  keyAlgorithms,
  parseAuthorityAlgorithm,
  parseKeyAlgorithm,
  publicKeyAlgorithmIdentifier,
  requireAbility,
  signatureAlgorithmOf,
} from '../../../main/domain/key/algorithm.ts';
import { keyStates, mayBecome, mayProcess, mayProtect, transition } from '../../../main/domain/key/state.ts';
import type { FixedLengthAlgorithm } from '../../../main/domain/key/subject-public-key-info.ts';
import {
  fixedLengthPublicKeyInfo,
  isKeyOf,
  keyAlgorithmOf,
  keyIdentifierOf,
  rsaPublicKeyInfo,
} from '../../../main/domain/key/subject-public-key-info.ts';
import type { KeyPair } from '../x509-issuing/practice.ts';
import { makeKeyPair, openssl, sha256 } from '../x509-issuing/practice.ts';

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
const refusal = (code: string): unknown => expect.objectContaining({ name: 'AppError', code }) as unknown;
const keys = new Map<KeyAlgorithm, KeyPair>();

beforeAll(() => {
  for (const algorithm of keyAlgorithms) keys.set(algorithm, makeKeyPair(algorithm));
}, 60_000);

function spkiOf(algorithm: KeyAlgorithm): Uint8Array {
  const keyPair = keys.get(algorithm);
  if (keyPair === undefined) throw new Error(`no key of ${algorithm}`);
  return keyPair.subjectPublicKeyInfo;
}

describe('key algorithms', () => {
  it('know what they can serve: Ed25519 signs and nothing else', () => {
    for (const algorithm of keyAlgorithms) expect(canServe(algorithm, 'sign')).toBe(true);
    expect(keyAlgorithms.filter((algorithm) => !canServe(algorithm, 'encrypt'))).toEqual(['ed25519']);
    expect(keyAlgorithms.filter((algorithm) => !canServe(algorithm, 'dual'))).toEqual(['ed25519']);
    expect(keyAlgorithms.filter((algorithm) => canServe(algorithm, 'authority')).toSorted()).toEqual([...authorityAlgorithms].toSorted());
    expect(() => requireAbility('ed25519', 'encrypt')).toThrow(refusal('input.unsupported-algorithm'));
    expect(() => requireAbility('rsa-2048', 'authority')).toThrow(refusal('input.unsupported-algorithm'));
  });

  it('are read by their exact names', () => {
    for (const algorithm of keyAlgorithms) expect(parseKeyAlgorithm(algorithm)).toBe(algorithm);
    for (const text of ['', 'P256', 'rsa', 'rsa-1024', 'p256 ', 'toString']) {
      expect(() => parseKeyAlgorithm(text)).toThrow(refusal('input.unsupported-algorithm'));
    }
    expect(parseAuthorityAlgorithm('p384')).toBe('p384');
    expect(() => parseAuthorityAlgorithm('rsa-3072')).toThrow(refusal('input.unsupported-algorithm'));
  });

  it('encode byte for byte as S/MIME BR section 7.1.3 prints them', () => {
    expect(keyAlgorithms.map((algorithm) => [algorithm, hex(publicKeyAlgorithmIdentifier(algorithm))])).toEqual([
      ['rsa-4096', '300d06092a864886f70d0101010500'],
      ['rsa-3072', '300d06092a864886f70d0101010500'],
      ['rsa-2048', '300d06092a864886f70d0101010500'],
      ['p256', '301306072a8648ce3d020106082a8648ce3d030107'],
      ['p384', '301006072a8648ce3d020106052b81040022'],
      ['p521', '301006072a8648ce3d020106052b81040023'],
      ['ed25519', '300506032b6570'],
    ]);
    expect(
      [...authorityAlgorithms, 'ed25519' as const].map((algorithm) => hex(signatureAlgorithmOf(algorithm).algorithmIdentifier)),
    ).toEqual([
      '300a06082a8648ce3d040302',
      '300a06082a8648ce3d040303',
      '300a06082a8648ce3d040304',
      '300d06092a864886f70d01010b0500',
      '300506032b6570',
    ]);
    expect(keyAlgorithms.map((algorithm) => signatureAlgorithmOf(algorithm).digest)).toEqual([
      'sha256',
      'sha256',
      'sha256',
      'sha256',
      'sha384',
      'sha512',
      null,
    ]);
  });
});

describe('SubjectPublicKeyInfo', () => {
  it('is recognised for every algorithm, and for no other', () => {
    for (const algorithm of keyAlgorithms) {
      expect(keyAlgorithmOf(spkiOf(algorithm))).toBe(algorithm);
      expect(keyAlgorithms.filter((candidate) => isKeyOf(candidate, spkiOf(algorithm)))).toEqual([algorithm]);
    }
  });

  it('is rebuilt byte for byte from the raw point', () => {
    const lengths: Record<FixedLengthAlgorithm, number> = { p256: 65, p384: 97, p521: 133, ed25519: 32 };
    for (const algorithm of ['p256', 'p384', 'p521', 'ed25519'] as const) {
      const spki = spkiOf(algorithm);
      expect(hex(fixedLengthPublicKeyInfo(algorithm, spki.subarray(-lengths[algorithm])))).toBe(hex(spki));
    }
  });

  it('is rebuilt byte for byte from an RSA modulus and exponent', () => {
    const jwk = createPublicKey({ key: Buffer.from(spkiOf('rsa-2048')), format: 'der', type: 'spki' }).export({ format: 'jwk' });
    const [modulus, exponent] = [Buffer.from(jwk.n ?? '', 'base64url'), Buffer.from(jwk.e ?? '', 'base64url')];
    expect(hex(rsaPublicKeyInfo(modulus, exponent))).toBe(hex(spkiOf('rsa-2048')));
    expect(hex(rsaPublicKeyInfo(Buffer.concat([Buffer.alloc(3), modulus]), exponent))).toBe(hex(spkiOf('rsa-2048')));
  });

  it('refuses a point that is too short, too long or compressed', () => {
    const point = spkiOf('p256').subarray(-65);
    const compressed = Buffer.concat([Uint8Array.of(0x02), point.subarray(1, 33)]);
    for (const wrong of [
      point.subarray(1),
      Buffer.concat([point, Uint8Array.of(0)]),
      compressed,
      Buffer.concat([compressed, Buffer.alloc(32)]),
    ]) {
      expect(() => fixedLengthPublicKeyInfo('p256', wrong)).toThrow(refusal('input.invalid'));
    }
  });

  it('is not recognised with another curve, exponent, size or encoding', () => {
    const modulus = Buffer.alloc(256, 0xab);
    expect(keyAlgorithmOf(rsaPublicKeyInfo(modulus, Uint8Array.of(1, 0, 1)))).toBe('rsa-2048');
    expect(keyAlgorithmOf(rsaPublicKeyInfo(modulus, Uint8Array.of(3)))).toBeUndefined();
    expect(keyAlgorithmOf(rsaPublicKeyInfo(modulus, Uint8Array.of(1, 0, 0)))).toBeUndefined();
    expect(keyAlgorithmOf(rsaPublicKeyInfo(modulus.subarray(128), Uint8Array.of(1, 0, 1)))).toBeUndefined();
    expect(keyAlgorithmOf(rsaPublicKeyInfo(Buffer.alloc(256, 0x2b), Uint8Array.of(1, 0, 1)))).toBeUndefined();
    const secp256k1 = openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1']);
    const foreign = createPublicKey(secp256k1).export({ format: 'der', type: 'spki' });
    expect(keyAlgorithmOf(foreign)).toBeUndefined();
    expect(() => keyAlgorithmOf(spkiOf('rsa-2048').subarray(0, 100))).toThrow(refusal('input.malformed-der'));
  });

  it('is identified by 160 bits of the SHA-256 of its key, as RFC 7093 describes', () => {
    const point = spkiOf('p256').subarray(-65);
    expect(hex(keyIdentifierOf(spkiOf('p256'), sha256))).toBe(createHash('sha256').update(point).digest('hex').slice(0, 40));
    const bits = spkiOf('rsa-3072').subarray(24);
    expect(hex(keyIdentifierOf(spkiOf('rsa-3072'), sha256))).toBe(createHash('sha256').update(bits).digest('hex').slice(0, 40));
  });
});

describe('key states', () => {
  it('allow the transitions of SP 800-57 and no other', () => {
    const allowed = keyStates.flatMap((from) => keyStates.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`));
    expect(allowed).toEqual([
      'preActive active',
      'preActive compromised',
      'preActive destroyed',
      'active suspended',
      'active deactivated',
      'active compromised',
      'active destroyed',
      'suspended active',
      'suspended deactivated',
      'suspended compromised',
      'suspended destroyed',
      'deactivated compromised',
      'deactivated destroyed',
      'compromised destroyed',
    ]);
    expect(transition('active', 'suspended')).toBe('suspended');
    expect(() => transition('destroyed', 'active')).toThrow(refusal('conflict'));
    expect(() => transition('compromised', 'active')).toThrow(refusal('conflict'));
  });

  it('let only an active key protect, and a deactivated one still read', () => {
    expect(keyStates.filter(mayProtect)).toEqual(['active']);
    expect(keyStates.filter(mayProcess)).toEqual(['active', 'suspended', 'deactivated']);
  });
});
