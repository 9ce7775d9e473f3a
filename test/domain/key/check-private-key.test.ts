import { describe, expect, it, onTestFinished } from 'vitest';
import { toolPrimitives } from '../../../main/adapters/primitives/tools.ts';
import { integer, octetString, oid, sequence, unsignedInteger } from '../../../main/domain/asn1/der-writer.ts';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { checkPrivateKey, type KeyCheck } from '../../../main/domain/key/check-private-key.ts';
import { readPrivateKey } from '../../../main/domain/key/read-private-key.ts';
import { OpensslWorkshop } from '../reading/openssl.ts';
import { vectorDer } from '../reading/vectors.ts';

const check = (der: Uint8Array): KeyCheck => checkPrivateKey(readPrivateKey(der), toolPrimitives);

function openssl(): OpensslWorkshop {
  const workshop = new OpensslWorkshop();
  onTestFinished(() => workshop.close());
  return workshop;
}

const lastObject = (workshop: OpensslWorkshop, name: string): Uint8Array => {
  const object = readEncodedObjects(workshop.read(name)).at(-1);
  if (object === undefined) throw new Error(`nothing in ${name}`);
  return object.der;
};

function verdict(der: Uint8Array): KeyCheck | string {
  try {
    return check(der);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** Whether openssl's own check takes a key. */
function opensslAccepts(workshop: OpensslWorkshop, der: Uint8Array): boolean {
  workshop.write('check.der', der);
  try {
    return workshop.run('pkey', '-inform', 'DER', '-in', 'check.der', '-check', '-noout').includes('Key is valid');
  } catch {
    return false;
  }
}

const made = [
  ['rsa-2048', ['genrsa', '-traditional', '-out', 'key.pem', '2048']],
  ['rsa-2048', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'key.pem']],
  ['rsa-2048', ['genpkey', '-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'key.pem']],
  ['rsa-2049', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2049', '-pkeyopt', 'rsa_keygen_primes:3', '-out', 'key.pem']],
  ['p256', ['ecparam', '-name', 'prime256v1', '-genkey', '-out', 'key.pem']],
  ['p384', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-out', 'key.pem']],
  ['p521', ['ecparam', '-name', 'secp521r1', '-genkey', '-conv_form', 'compressed', '-out', 'key.pem']],
  ['brainpoolP256r1', ['ecparam', '-name', 'brainpoolP256r1', '-genkey', '-out', 'key.pem']],
  ['ed25519', ['genpkey', '-algorithm', 'ED25519', '-out', 'key.pem']],
  ['x25519', ['genpkey', '-algorithm', 'X25519', '-out', 'key.pem']],
  ['ed448', ['genpkey', '-algorithm', 'ED448', '-out', 'key.pem']],
] as const;

describe('a private key of openssl', () => {
  it.each(made)('of kind %s is consistent', (algorithm, args) => {
    const workshop = openssl();
    workshop.run(...args);
    expect(check(lastObject(workshop, 'key.pem'))).toEqual({ algorithm, consistent: true, faults: [] });
  });

  it('stays consistent from PKCS #8 to the traditional form and back', () => {
    const workshop = openssl();
    workshop.run('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'key.pem');
    workshop.run('pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-out', 'key8.pem');
    expect([check(lastObject(workshop, 'key.pem')), check(lastObject(workshop, 'key8.pem'))]).toMatchObject([
      { algorithm: 'p256', consistent: true },
      { algorithm: 'p256', consistent: true },
    ]);
  });
});

it.each(['alice', 'bob', 'carlos', 'dana'])('takes the keys of %s in RFC 9216', (person) => {
  for (const use of ['signing', 'decryption'])
    expect(check(vectorDer(`rfc9216/${person}-s-${use}-private-key-material.key`)).consistent).toBe(true);
});

/** The numbers of an RSA key that openssl made. */
function rsaNumbers(workshop: OpensslWorkshop): bigint[] {
  workshop.run('genrsa', '-traditional', '-out', 'rsa.pem', '2048');
  const key = readPrivateKey(lastObject(workshop, 'rsa.pem'));
  if (key.kind !== 'rsa') throw new Error('no RSA key');
  const [q, p] = key.primes;
  const octets = [key.modulus, key.publicExponent, key.privateExponent, p?.prime, q?.prime, p?.exponent, q?.exponent, p?.coefficient];
  return octets.map((each) => BigInt(`0x${Buffer.from(each ?? []).toString('hex')}`));
}

const rsaKey = (numbers: readonly bigint[]): Uint8Array =>
  sequence(
    integer(0),
    ...numbers.map((number) => {
      const hex = number.toString(16);
      return unsignedInteger(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
    }),
  );

describe('an RSA key in which one number is wrong', () => {
  it('is inconsistent for each of the eight, as openssl says', () => {
    const workshop = openssl();
    const numbers = rsaNumbers(workshop);
    expect([check(rsaKey(numbers)).consistent, opensslAccepts(workshop, rsaKey(numbers))]).toEqual([true, true]);
    const faults = numbers.map((_, wrong) => {
      const key = rsaKey(numbers.map((number, at) => (at === wrong ? number + 2n : number)));
      const found = check(key);
      expect([wrong, found.consistent, opensslAccepts(workshop, key)]).toEqual([wrong, false, false]);
      return found.faults;
    });
    expect(faults[7]).toEqual(['crt-coefficient']);
    expect(faults[2]).toEqual(['private-exponent']);
  });

  it('is inconsistent with primes that are none, although all exponents fit', () => {
    const [, e = 0n, , p = 0n, q = 0n] = rsaNumbers(openssl());
    const composite = p * 3n;
    const d = inverse(e, (composite - 1n) * (q - 1n));
    const key = [composite * q, e, d, composite, q, d % (composite - 1n), d % (q - 1n), inverse(q, composite)];
    expect(check(rsaKey(key)).faults).toEqual(['prime']);
    expect(check(rsaKey([9n, 3n, 1n, 3n, 3n, 1n, 1n, 1n])).faults).toContain('prime');
    expect(check(rsaKey([0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n])).consistent).toBe(false);
  });

  it('refuses numbers beyond 16,384 bits, and comes to an end with the largest below', { timeout: 10_000 }, () => {
    expect(verdict(rsaKey(Array.from({ length: 8 }, () => 1n << 16_390n)))).toBe('input.too-large');
    const e = 65_537n;
    const [p, q] = [(1n << 8191n) + 1287n, (1n << 8191n) + 2n * 6555n + 5n];
    const d = inverse(e, (p - 1n) * (q - 1n));
    const key = rsaKey([p * q, e, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)]);
    expect(check(key).faults).toEqual(['prime']);
  });
});

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next, s, following] = [modulus, value % modulus, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [s, following] = [following, s - quotient * following];
  }
  return ((s % modulus) + modulus) % modulus;
}

describe('an EC or Edwards key', () => {
  it('is inconsistent with a scalar that its curve does not have', () => {
    const curve = sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7'));
    const key = (scalar: Uint8Array) => sequence(integer(0), curve, octetString(sequence(integer(1), octetString(scalar))));
    expect(check(key(Buffer.alloc(32, 7)))).toMatchObject({ algorithm: 'p256', consistent: true });
    expect(check(key(Buffer.alloc(32, 0)))).toMatchObject({ consistent: false, faults: ['scalar'] });
    expect(check(key(Buffer.alloc(32, 0xff)))).toMatchObject({ consistent: false, faults: ['scalar'] });
    expect(check(key(Buffer.alloc(4000, 0xff)))).toMatchObject({ consistent: false, faults: ['scalar'] });
  });

  it('is inconsistent with the public key of another', () => {
    const publicKey = (octets: Uint8Array) => Buffer.concat([Buffer.from([0x81, octets.length + 1, 0]), octets]);
    const key = (octets: Uint8Array) =>
      sequence(integer(1), sequence(oid('1.3.101.112')), octetString(octetString(Buffer.alloc(32, 7))), publicKey(octets));
    const right = toolPrimitives.publicKeyOf('ed25519', Buffer.alloc(32, 7));
    expect(check(key(right)).consistent).toBe(true);
    expect(check(key(Buffer.alloc(32, 7)))).toMatchObject({ consistent: false, faults: ['public-key'] });
  });

  it('of a curve or algorithm that is not known here is refused by name', () => {
    const workshop = openssl();
    workshop.run('genpkey', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048', '-out', 'dh.pem');
    expect(verdict(lastObject(workshop, 'dh.pem'))).toBe('input.unsupported-algorithm');
    workshop.run('ecparam', '-name', 'sect283k1', '-genkey', '-noout', '-out', 'odd.pem');
    expect(verdict(lastObject(workshop, 'odd.pem'))).toBe('input.unsupported-algorithm');
  });
});

describe('no octet of a key can be changed unseen', () => {
  it.each([
    ['RSA', ['genrsa', '-traditional', '-out', 'key.pem', '1024']],
    ['RSA in PKCS #8', ['genrsa', '-out', 'key.pem', '1024']],
    ['EC', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'key.pem']],
    ['EC in PKCS #8', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'key.pem']],
  ])('of %s', (_, args) => {
    const workshop = openssl();
    workshop.run(...args);
    const der = lastObject(workshop, 'key.pem');
    for (let at = 0; at < der.length; at++) {
      const mutant = Uint8Array.from(der);
      mutant[at] = (mutant[at] ?? 0) ^ (1 << (at % 8));
      const found = verdict(mutant);
      expect(typeof found === 'string' ? found.startsWith('input.') : !found.consistent, `octet ${at}`).toBe(true);
    }
  });

  it('and half a key is malformed at its offset', () => {
    const der = vectorDer('rfc9216/alice-s-signing-private-key-material.key');
    for (const length of [0, 1, 2, 40, der.length - 1]) expect(verdict(der.subarray(0, length))).toBe('input.malformed-der');
  });
});
