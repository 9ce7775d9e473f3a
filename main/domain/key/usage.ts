/**
 * What a key pair is for. `dual` signs and decrypts with one key; `authority` signs certificates and revocation lists; `revocation`
 * speaks for an authority about revocation alone: by OCSP, or by lists.
 */
export const keyUsagePurposes = ['sign', 'encrypt', 'dual', 'authority', 'revocation'] as const;

export type KeyUsagePurpose = (typeof keyUsagePurposes)[number];

/** The purposes a person's key can have. */
export type SubjectPurpose = Exclude<KeyUsagePurpose, 'authority' | 'revocation'>;
