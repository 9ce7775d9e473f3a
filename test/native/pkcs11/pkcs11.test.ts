import { spawnSync } from 'node:child_process';
import { constants, createHash, createPublicKey, publicEncrypt, randomBytes, verify } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { attributeType, keyType, mechanismType, objectClass } from '../../../native/pkcs11/constants.ts';
import { openPkcs11Module, type Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Pkcs11Session } from '../../../native/pkcs11/session.ts';
import { initialiseToken, label, library, open, slotLabelled, softHsm, soPin, userPin } from './soft-token.ts';

const p256 = Buffer.from('06082a8648ce3d030107', 'hex');
const p256SpkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

const unknownMechanism = 0x7fffffff;

let hsm: ReturnType<typeof softHsm>;
let module: Pkcs11Module;
beforeAll(() => {
  hsm = softHsm();
  module = open();
  initialiseToken(module);
});
afterAll(() => {
  module.close();
  hsm.dispose();
});

function refusal(act: () => unknown): { code: string; returnValue: unknown } {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, returnValue: error.details['returnValue'] };
    throw error;
  }
  throw new Error('it was not refused');
}

function withSession<T>(act: (session: Pkcs11Session) => T, pin = userPin): T {
  const session = module.openSession(slotLabelled(module), 'read-write');
  try {
    session.login('user', pin);
    return act(session);
  } finally {
    session.close();
  }
}

function generateP256(session: Pkcs11Session, id: Buffer) {
  const { token, sign, verify: verifies, sensitive, extractable, private: isPrivate, ecParams } = attributeType;
  const both = [
    { type: token, value: true },
    { type: attributeType.id, value: id },
  ];
  return session.generateKeyPair(
    { mechanism: mechanismType.ecKeyPairGen },
    [...both, { type: ecParams, value: p256 }, { type: verifies, value: true }],
    [
      ...both,
      { type: isPrivate, value: true },
      { type: sensitive, value: true },
      { type: extractable, value: false },
      { type: sign, value: true },
    ],
  );
}

/** CKA_EC_POINT is an OCTET STRING around the point: two octets of header on P-256. */
const publicKeyOf = (point: Buffer | undefined) =>
  createPublicKey({ key: Buffer.concat([p256SpkiPrefix, point?.subarray(2) ?? Buffer.alloc(0)]), format: 'der', type: 'spki' });

test('the library says who it is, and its token what it is', () => {
  expect(module.info().manufacturer).toBe('SoftHSM');
  expect(module.token(slotLabelled(module))).toMatchObject({
    label,
    manufacturer: 'SoftHSM project',
    isInitialized: true,
    isWriteProtected: false,
    needsLogin: true,
    hasUserPin: true,
    hasPinPad: false,
    userPin: 'ready',
    minimumPinLength: 4,
  });
  expect(module.mechanisms(slotLabelled(module))).toContain(mechanismType.ecdsa);
});

test('a key made on the token is found again, signs, and never shows itself', () => {
  const id = randomBytes(20);
  const digest = createHash('sha256').update('a message').digest();
  const point = withSession((session) => session.attribute(generateP256(session, id).publicKey, attributeType.ecPoint));
  withSession((session) => {
    const [key, ...others] = session.find([
      { type: attributeType.class, value: objectClass.privateKey },
      { type: attributeType.id, value: id },
    ]);
    if (key === undefined) throw new Error('the key is gone');
    expect(others).toEqual([]);
    expect(session.attribute(key, attributeType.keyType)?.readUInt8()).toBe(keyType.ec);
    expect(session.attribute(key, attributeType.value)).toBeUndefined();
    expect(session.attribute(key, attributeType.modulus)).toBeUndefined();
    const signature = session.sign({ mechanism: { mechanism: mechanismType.ecdsa }, key, data: digest });
    const publicKey = { key: publicKeyOf(point), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from('a message'), publicKey, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('another message'), publicKey, signature)).toBe(false);
  });
});

test('more objects than one call gives are all found', () => {
  withSession((session) => {
    const before = session.find([]).length;
    const made = Array.from({ length: 120 }, (_, at) =>
      session.createObject([
        { type: attributeType.class, value: 0 },
        { type: attributeType.token, value: false },
        { type: attributeType.label, value: `data ${at}` },
      ]),
    );
    expect(session.find([])).toHaveLength(before + 120);
    for (const object of made) session.destroyObject(object);
    expect(session.find([])).toHaveLength(before);
  });
});

test('an RSA key on the token decrypts what was encrypted to it, and does not sign unless made for it', () => {
  withSession((session) => {
    const pair = session.generateKeyPair(
      { mechanism: mechanismType.rsaPkcsKeyPairGen },
      [
        { type: attributeType.modulusBits, value: 2048 },
        { type: attributeType.publicExponent, value: Buffer.of(1, 0, 1) },
      ],
      [
        { type: attributeType.decrypt, value: true },
        { type: attributeType.sign, value: false },
      ],
    );
    const n = session.attribute(pair.publicKey, attributeType.modulus)?.toString('base64url') ?? '';
    const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
    const ciphertext = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from('content key'));
    const decrypt = (data: Uint8Array): Buffer =>
      session.decrypt({ mechanism: { mechanism: mechanismType.rsaPkcs }, key: pair.privateKey, data });
    expect(decrypt(ciphertext).toString()).toBe('content key');
    const sign = (): Buffer =>
      session.sign({ mechanism: { mechanism: mechanismType.rsaPkcs }, key: pair.privateKey, data: Buffer.from('x') });
    expect(refusal(sign)).toEqual({ code: 'token.mechanism-unsupported', returnValue: 'CKR_KEY_FUNCTION_NOT_PERMITTED' });
  });
});

test('a wrong PIN, a short one and one that is not text are told apart', () => {
  expect(refusal(() => withSession(() => null, Buffer.from('654321')))).toEqual({
    code: 'token.pin-incorrect',
    returnValue: 'CKR_PIN_INCORRECT',
  });
  expect(refusal(() => withSession((session) => session.setPin(userPin, Buffer.from('12')))).code).toBe('token.pin-refused');
  expect(refusal(() => withSession(() => null, Buffer.of(0xff))).code).toBe('token.pin-refused');
  const session = module.openSession(slotLabelled(module), 'read-write');
  expect(refusal(() => session.login('so', userPin)).code).toBe('token.pin-incorrect');
  session.close();
});

test('without a login no key is made, and with a mechanism the token lacks nothing is signed', () => {
  const session = module.openSession(slotLabelled(module), 'read-write');
  expect(refusal(() => generateP256(session, randomBytes(20)))).toEqual({
    code: 'token.login-required',
    returnValue: 'CKR_USER_NOT_LOGGED_IN',
  });
  session.close();
  const code = withSession((open) => {
    const { privateKey: key } = generateP256(open, randomBytes(20));
    return refusal(() => open.sign({ mechanism: { mechanism: unknownMechanism }, key, data: randomBytes(32) })).code;
  });
  expect(code).toBe('token.mechanism-unsupported');
});

test('a closed session, an open one in the way and a label too long are refused', () => {
  const session = module.openSession(slotLabelled(module), 'read-only');
  expect(refusal(() => module.initToken(slotLabelled(module), soPin, label)).code).toBe('conflict');
  expect(refusal(() => module.initToken(slotLabelled(module), soPin, 'x'.repeat(33))).code).toBe('input.too-large');
  session.close();
  expect(refusal(() => session.find([])).code).toBe('token.removed');
});

test('what is not a PKCS #11 library is refused without harm, and so is a closed module', () => {
  expect(refusal(() => openPkcs11Module('/nowhere/libnothing.so')).code).toBe('token.module-unusable');
  expect(refusal(() => openPkcs11Module('/etc/passwd')).code).toBe('token.module-unusable');
  expect(refusal(() => openPkcs11Module(library)).code).toBe('conflict');
});

test('where native addons cannot be loaded, tokens are said to be unsupported', () => {
  const script = `import('./native/pkcs11/index.ts').then(({ openPkcs11Module }) => openPkcs11Module('${library}')).catch((error) => console.log(error.code))`;
  const root = join(import.meta.dirname, '../../..');
  const { stdout } = spawnSync(process.execPath, ['--no-addons', '--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe('unsupported\n');
});
