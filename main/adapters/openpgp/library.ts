import type * as OpenPgpJs from 'openpgp';

export type Library = typeof OpenPgpJs;

/** Loaded when it is first needed: it is large, and most commands never do. */
export const loadLibrary = (): Promise<Library> => import('openpgp');

/** GnuPG's own count for a string-to-key specifier: 65,011,712 octets (RFC 9580 section 3.7.1.3). */
const iterationCount = 255;

/** The least that GnuPG ever wrote: 65,536 octets. */
const iterationCountForChance = 96;

/** Version 4 and nothing that GnuPG 2.2 or Thunderbird would refuse: no AEAD, no Argon2. */
export const configurationOf = ({ config, enums }: Library, isChance = false): OpenPgpJs.Config => ({
  ...config,
  v6Keys: false,
  aeadProtect: false,
  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredHashAlgorithm: enums.hash.sha512,
  s2kType: enums.s2k.iterated,
  s2kIterationCountByte: isChance ? iterationCountForChance : iterationCount,
  showVersion: false,
  showComment: false,
});

/** What is opened may not unpack to more. */
const maximumContent = 256 << 20;

/**
 * For reading what others made. The library refuses MD5, RIPEMD-160 and SHA-1 over messages, DSA, ElGamal, short RSA keys, and
 * messages without integrity protection; this says it again, so that a later default cannot take it back.
 */
export const readingConfigurationOf = ({ config, enums }: Library): OpenPgpJs.Config => ({
  ...config,
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  allowInsecureDecryptionWithSigningKeys: false,
  allowInsecureVerificationWithReformattedKeys: false,
  allowMissingKeyFlags: false,
  minRSABits: 2047,
  maxDecompressedMessageSize: maximumContent,
  rejectHashAlgorithms: new Set([enums.hash.md5, enums.hash.ripemd]),
  rejectMessageHashAlgorithms: new Set([enums.hash.md5, enums.hash.ripemd, enums.hash.sha1]),
});

/** Overwrites the secret numbers that a packet holds. */
export function wipeSecrets(packet: { privateParams: object | null }): void {
  for (const value of Object.values(packet.privateParams ?? {})) if (value instanceof Uint8Array) value.fill(0);
}
