/** The constants of PKCS #11 v3.1 that Keyward uses, by their standard names without the prefix. */

/** CKO_*: kinds of objects. */
export const objectClass = { certificate: 1, publicKey: 2, privateKey: 3, secretKey: 4 } as const;

/** CKK_*: kinds of keys. */
export const keyType = { rsa: 0, ec: 3, genericSecret: 0x10, ecEdwards: 0x40 } as const;

/** CKA_*: attributes of objects. */
export const attributeType = {
  class: 0x000,
  token: 0x001,
  private: 0x002,
  label: 0x003,
  value: 0x011,
  certificateType: 0x080,
  issuer: 0x081,
  serialNumber: 0x082,
  keyType: 0x100,
  subject: 0x101,
  id: 0x102,
  sensitive: 0x103,
  encrypt: 0x104,
  decrypt: 0x105,
  sign: 0x108,
  verify: 0x10a,
  derive: 0x10c,
  modulus: 0x120,
  modulusBits: 0x121,
  publicExponent: 0x122,
  privateExponent: 0x123,
  prime1: 0x124,
  prime2: 0x125,
  exponent1: 0x126,
  exponent2: 0x127,
  coefficient: 0x128,
  prime: 0x130,
  valueLength: 0x161,
  extractable: 0x162,
  ecParams: 0x180,
  ecPoint: 0x181,
  alwaysAuthenticate: 0x202,
} as const;

/** CKM_*: mechanisms. */
export const mechanismType = {
  rsaPkcsKeyPairGen: 0x0000,
  rsaPkcs: 0x0001,
  rsaX509: 0x0003,
  rsaPkcsOaep: 0x0009,
  ecKeyPairGen: 0x1040,
  ecdsa: 0x1041,
  ecdh1Derive: 0x1050,
  ecEdwardsKeyPairGen: 0x1055,
  eddsa: 0x1057,
} as const;

/** CKU_*: who logs in. */
export const userType = { so: 0, user: 1, contextSpecific: 2 } as const;
export type UserType = keyof typeof userType;

/** CKF_*: flags, each a bit of the structure it is named after. */
export const slotFlag = { tokenPresent: 0x1, removableDevice: 0x2 } as const;
export const sessionFlag = { readWrite: 0x2, serial: 0x4 } as const;
export const tokenFlag = {
  writeProtected: 0x2,
  loginRequired: 0x4,
  userPinInitialized: 0x8,
  protectedAuthenticationPath: 0x100,
  tokenInitialized: 0x400,
  userPinCountLow: 0x10000,
  userPinFinalTry: 0x20000,
  userPinLocked: 0x40000,
  soPinCountLow: 0x100000,
  soPinFinalTry: 0x200000,
  soPinLocked: 0x400000,
} as const;
