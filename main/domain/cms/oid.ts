/** Object identifiers of keys on their way to a recipient, by the names their standards give them. */

/** Agreement of keys: how the key-encryption key comes from the shared secret (RFC 5753 section 7.1.4, RFC 8418 section 2). */
export const agreementOid = {
  stdDhSha1: '1.3.133.16.840.63.0.2',
  stdDhSha224: '1.3.132.1.11.0',
  stdDhSha256: '1.3.132.1.11.1',
  stdDhSha384: '1.3.132.1.11.2',
  stdDhSha512: '1.3.132.1.11.3',
  cofactorDhSha1: '1.3.133.16.840.63.0.3',
  cofactorDhSha224: '1.3.132.1.14.0',
  cofactorDhSha256: '1.3.132.1.14.1',
  cofactorDhSha384: '1.3.132.1.14.2',
  cofactorDhSha512: '1.3.132.1.14.3',
  stdDhHkdfSha256: '1.2.840.113549.1.9.16.3.19',
  stdDhHkdfSha384: '1.2.840.113549.1.9.16.3.20',
  stdDhHkdfSha512: '1.2.840.113549.1.9.16.3.21',
} as const;

/** Wrapping a key in a key (RFC 3394, RFC 3217), and in a password (RFC 3211). */
export const wrapOid = {
  aes128: '2.16.840.1.101.3.4.1.5',
  aes192: '2.16.840.1.101.3.4.1.25',
  aes256: '2.16.840.1.101.3.4.1.45',
  tripleDes: '1.2.840.113549.1.9.16.3.6',
  password: '1.2.840.113549.1.9.16.3.9',
} as const;

/** Where an OAEP label is said to stand (RFC 4055 section 4.1). */
export const specifiedLabelOid = '1.2.840.113549.1.1.9';
