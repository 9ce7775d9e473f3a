/** Object identifiers that reading other programs' files meets, for naming them; Keyward writes only a few of them. */

/** Content types (RFC 5652). */
export const contentTypes = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  digestedData: '1.2.840.113549.1.7.5',
  encryptedData: '1.2.840.113549.1.7.6',
  authenticatedData: '1.2.840.113549.1.9.16.1.2',
  compressedData: '1.2.840.113549.1.9.16.1.9',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  netscapeCertSequence: '2.16.840.1.113730.2.5',
} as const;

/** Bags of a Pfx (RFC 7292 section 4.2). */
export const bagTypes = {
  keyBag: '1.2.840.113549.1.12.10.1.1',
  pkcs8ShroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  crlBag: '1.2.840.113549.1.12.10.1.4',
  secretBag: '1.2.840.113549.1.12.10.1.5',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
} as const;

/** Encryption under a password (RFC 8018 appendix A, RFC 7292 appendix C, RFC 7914 section 7). */
export const passwordSchemes = {
  pbeWithMD5AndDES: '1.2.840.113549.1.5.3',
  pbeWithSHA1AndDES: '1.2.840.113549.1.5.10',
  pbkdf2: '1.2.840.113549.1.5.12',
  pbes2: '1.2.840.113549.1.5.13',
  pbmac1: '1.2.840.113549.1.5.14',
  scrypt: '1.3.6.1.4.1.11591.4.11',
  pbeWithSHAAnd128BitRC4: '1.2.840.113549.1.12.1.1',
  pbeWithSHAAnd40BitRC4: '1.2.840.113549.1.12.1.2',
  'pbeWithSHAAnd3-KeyTripleDES-CBC': '1.2.840.113549.1.12.1.3',
  'pbeWithSHAAnd2-KeyTripleDES-CBC': '1.2.840.113549.1.12.1.4',
  'pbeWithSHAAnd128BitRC2-CBC': '1.2.840.113549.1.12.1.5',
  'pbeWithSHAAnd40BitRC2-CBC': '1.2.840.113549.1.12.1.6',
} as const;

/** Pseudorandom functions of PBKDF2 (RFC 8018 appendix B.1). */
export const pseudorandomFunctions = {
  hmacWithSHA1: '1.2.840.113549.2.7',
  hmacWithSHA224: '1.2.840.113549.2.8',
  hmacWithSHA256: '1.2.840.113549.2.9',
  hmacWithSHA384: '1.2.840.113549.2.10',
  hmacWithSHA512: '1.2.840.113549.2.11',
} as const;

/** Ciphers of content and keys. */
export const ciphers = {
  'des-cbc': '1.3.14.3.2.7',
  'des-ede3-cbc': '1.2.840.113549.3.7',
  'rc2-cbc': '1.2.840.113549.3.2',
  'aes128-CBC': '2.16.840.1.101.3.4.1.2',
  'aes192-CBC': '2.16.840.1.101.3.4.1.22',
  'aes256-CBC': '2.16.840.1.101.3.4.1.42',
  'aes128-GCM': '2.16.840.1.101.3.4.1.6',
  'aes192-GCM': '2.16.840.1.101.3.4.1.26',
  'aes256-GCM': '2.16.840.1.101.3.4.1.46',
} as const;
