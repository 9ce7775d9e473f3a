import type { Mechanism, Template } from 'pkcs11js';
import { AppError } from '../../main/domain/errors.ts';
import { withPin, type Pkcs11Calls } from './calls.ts';
import { attributeType, keyType, mechanismType, objectClass, userType, type UserType } from './constants.ts';

/** An object in a session: valid as long as the session, meaningless elsewhere. */
export type ObjectHandle = Buffer;

/** What an operation is done with: `mechanismType` and, where the mechanism has them, its parameters. */
export type { Mechanism, Template };

/** Which key operates on which data; `pin` only for a key that asks for it at each use (CKA_ALWAYS_AUTHENTICATE). */
export interface KeyOperation {
  readonly mechanism: Mechanism;
  readonly key: ObjectHandle;
  readonly data: Uint8Array;
  readonly pin?: Uint8Array;
}

/**
 * One session with one token. Every call blocks, and throws the AppError of its return value (`errorOfReturnValue`). After
 * an operation that failed half-way the session is to be closed: PKCS #11 may hold the operation open.
 */
export interface Pkcs11Session {
  /**
   * `pin` stays the caller's to wipe. One without characters asks the reader's own PIN pad (CKF_PROTECTED_AUTHENTICATION_PATH): the standard
   * wants a null pointer there, which the addon cannot pass (it takes strings only), and OpenSC takes no length for the same.
   */
  login(user: Exclude<UserType, 'contextSpecific'>, pin: Uint8Array): void;
  logout(): void;
  /** The user sets another PIN; both without characters where they are typed on the reader. */
  setPin(oldPin: Uint8Array, newPin: Uint8Array): void;
  /** The security officer sets the user's PIN. */
  initPin(pin: Uint8Array): void;
  /** At most 10,000 objects. @throws AppError input.too-large */
  find(template: Template): ObjectHandle[];
  /** The value of one attribute; undefined when the object has none or does not show it. */
  attribute(object: ObjectHandle, type: number): Buffer | undefined;
  createObject(template: Template): ObjectHandle;
  destroyObject(object: ObjectHandle): void;
  generateKeyPair(mechanism: Mechanism, publicKey: Template, privateKey: Template): { publicKey: ObjectHandle; privateKey: ObjectHandle };
  /** The raw result of the mechanism; for ECDSA r and s side by side. */
  sign(operation: KeyOperation): Buffer;
  decrypt(operation: KeyOperation): Buffer;
  /** The secret (its x-coordinate) that an EC key shares with another's point, uncompressed (CKM_ECDH1_DERIVE without a KDF). */
  agree(key: ObjectHandle, point: Uint8Array): Buffer;
  close(): void;
}

const maximumObjects = 10_000;
const objectsAtOnce = 100;
/** Twice what RSA-4096 gives. */
const resultOctets = 1024;

export function sessionOn(calls: Pkcs11Calls, handle: Buffer): Pkcs11Session {
  const login = (user: UserType, pin: Uint8Array): void =>
    withPin(pin, (text) => calls.make((addon) => addon.C_Login(handle, userType[user], text)));
  const authenticate = (pin: Uint8Array | undefined): void => {
    if (pin !== undefined) login('contextSpecific', pin);
  };
  return {
    login,
    logout: () => calls.make((addon) => addon.C_Logout(handle)),
    setPin: (oldPin, newPin) => withPin(oldPin, (from) => withPin(newPin, (to) => calls.make((addon) => addon.C_SetPIN(handle, from, to)))),
    initPin: (pin) => withPin(pin, (text) => calls.make((addon) => addon.C_InitPIN(handle, text))),
    find: (template) => find(calls, handle, template),
    attribute: (object, type) => attribute(calls, handle, object, type),
    createObject: (template) => calls.make((addon) => addon.C_CreateObject(handle, template)),
    destroyObject: (object) => calls.make((addon) => addon.C_DestroyObject(handle, object)),
    generateKeyPair: (mechanism, publicKey, privateKey) =>
      calls.make((addon) => addon.C_GenerateKeyPair(handle, mechanism, publicKey, privateKey)),
    sign: ({ mechanism, key, data, pin }) => {
      calls.make((addon) => addon.C_SignInit(handle, mechanism, key));
      authenticate(pin);
      return calls.make((addon) => Buffer.from(addon.C_Sign(handle, Buffer.from(data), Buffer.alloc(resultOctets))));
    },
    decrypt: ({ mechanism, key, data, pin }) => {
      calls.make((addon) => addon.C_DecryptInit(handle, mechanism, key));
      authenticate(pin);
      return withScratch((scratch) => calls.make((addon) => Buffer.from(addon.C_Decrypt(handle, Buffer.from(data), scratch))));
    },
    agree: (key, point) => agree(calls, handle, key, point),
    close: () => calls.make((addon) => addon.C_CloseSession(handle)),
  };
}

/** As pkcs11js tells one form of a mechanism's parameters from another, and no function over the secret (CKD_NULL). */
const [ecdhParameters, noFunction] = [6, 1];

/** The secret is an object of this session and goes with it. */
function agree(calls: Pkcs11Calls, session: Buffer, key: ObjectHandle, point: Uint8Array): Buffer {
  const parameter = { type: ecdhParameters, kdf: noFunction, publicData: Buffer.from(point) };
  const secret = [
    { type: attributeType.class, value: objectClass.secretKey },
    { type: attributeType.keyType, value: keyType.genericSecret },
    { type: attributeType.valueLength, value: (point.length - 1) / 2 },
    { type: attributeType.token, value: false },
    { type: attributeType.sensitive, value: false },
    { type: attributeType.extractable, value: true },
  ];
  const made = calls.make((addon) => addon.C_DeriveKey(session, { mechanism: mechanismType.ecdh1Derive, parameter }, key, secret));
  const value = attribute(calls, session, made, attributeType.value);
  if (value === undefined)
    throw new AppError('token.device-failed', 'The token does not give the secret it was asked for.', { what: 'secret' });
  return value;
}

function withScratch<T>(act: (scratch: Buffer) => T): T {
  const scratch = Buffer.alloc(resultOctets);
  try {
    return act(scratch);
  } finally {
    scratch.fill(0);
  }
}

function find(calls: Pkcs11Calls, session: Buffer, template: Template): ObjectHandle[] {
  calls.make((addon) => addon.C_FindObjectsInit(session, template));
  try {
    const objects: ObjectHandle[] = [];
    for (;;) {
      const found = calls.make((addon) => addon.C_FindObjects(session, objectsAtOnce));
      objects.push(...found);
      if (found.length < objectsAtOnce) return objects;
      if (objects.length > maximumObjects)
        throw new AppError('input.too-large', 'The token holds too many objects.', { limit: maximumObjects });
    }
  } finally {
    calls.make((addon) => addon.C_FindObjectsFinal(session));
  }
}

const hiddenAttribute: readonly unknown[] = ['CKR_ATTRIBUTE_SENSITIVE', 'CKR_ATTRIBUTE_TYPE_INVALID'];

function attribute(calls: Pkcs11Calls, session: Buffer, object: ObjectHandle, type: number): Buffer | undefined {
  try {
    const [result] = calls.make((addon) => addon.C_GetAttributeValue(session, object, [{ type }]));
    return result === undefined ? undefined : Buffer.from(result.value);
  } catch (error) {
    if (error instanceof AppError && hiddenAttribute.includes(error.details['returnValue'])) return undefined;
    throw error;
  }
}
