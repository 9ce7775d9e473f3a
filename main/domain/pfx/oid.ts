/** Object identifiers of a PFX in dotted decimal, by the names their standards give them. */

/** Content types (RFC 5652 sections 4 and 8). */
export const contentTypeOid = { data: '1.2.840.113549.1.7.1', encryptedData: '1.2.840.113549.1.7.6' } as const;

/** Bag types and what a CertBag holds (RFC 7292 section 4.2). */
export const bagOid = {
  keyBag: '1.2.840.113549.1.12.10.1.1',
  pkcs8ShroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',
} as const;

/** Bag attributes (RFC 2985 section 5.5). */
export const bagAttributeOid = { friendlyName: '1.2.840.113549.1.9.20', localKeyId: '1.2.840.113549.1.9.21' } as const;
