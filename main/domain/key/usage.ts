/** What a key pair is for. `dual` signs and decrypts with one key; `authority` signs certificates and revocation lists. */
export const keyUsagePurposes = ['sign', 'encrypt', 'dual', 'authority'] as const;

export type KeyUsagePurpose = (typeof keyUsagePurposes)[number];

/** The purposes a person's key can have. */
export type SubjectPurpose = Exclude<KeyUsagePurpose, 'authority'>;
