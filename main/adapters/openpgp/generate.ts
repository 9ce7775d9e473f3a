import type { Config, PrivateKey, SecretKeyPacket, SecretSubkeyPacket } from 'openpgp';
import { AppError } from '../../domain/errors.ts';
import type { StoredKeyAlgorithm } from '../../domain/key/algorithm.ts';
import { partAlgorithmsOf, type OpenPgpAlgorithm } from '../../domain/openpgp/algorithm.ts';
import type { NewOpenPgpKey, OpenPgpKeyPart, OpenPgpOrder } from '../../ports/openpgp.ts';
import { configurationOf, loadLibrary, wipeSecrets, type Library } from './library.ts';
import { spkiSha256 } from './public-key-info.ts';

declare module 'openpgp' {
  interface SignaturePacket {
    /** As it is: the library's own types know neither what a certification signs nor the configuration it needs. */
    sign(
      key: SecretKeyPacket,
      certified: { readonly userID: UserIDPacket | null; readonly key: SecretKeyPacket },
      date: Date | undefined,
      isDetached: false,
      config: Config,
    ): Promise<void>;
  }
}

const kinds = {
  curve25519: { type: 'ecc', curve: 'curve25519Legacy' },
  rsa2048: { type: 'rsa', rsaBits: 2048 },
  rsa3072: { type: 'rsa', rsaBits: 3072 },
  rsa4096: { type: 'rsa', rsaBits: 4096 },
} as const satisfies Readonly<Record<OpenPgpAlgorithm, object>>;

/** See the port. What the library makes on the way (numbers as JSON Web Keys for the platform's cryptography) cannot be wiped. */
export async function generate(order: OpenPgpOrder): Promise<NewOpenPgpKey> {
  const library = await loadLibrary();
  const config = configurationOf(library);
  const { privateKey, revocationCertificate } = await library.generateKey({
    ...kinds[order.algorithm],
    userIDs: order.userIds.map(({ name, email }) => (name === '' ? { email } : { name, email })),
    date: order.createdAt,
    keyExpirationTime: Math.round((order.expiresAt.getTime() - order.createdAt.getTime()) / 1000),
    format: 'object',
    config,
  });
  const { primaryKey, subkey } = partsOf(library, privateKey);
  try {
    await preferEveryonesHashes(library, privateKey, primaryKey, config);
    const algorithms = partAlgorithmsOf(order.algorithm);
    return {
      certificate: privateKey.toPublic().write(),
      primaryKey: describe(primaryKey, algorithms.primaryKey),
      subkey: describe(subkey, algorithms.subkey),
      revocation: new TextEncoder().encode(revocationCertificate),
    };
  } finally {
    wipeSecrets(primaryKey);
    wipeSecrets(subkey);
  }
}

function partsOf(
  { SecretKeyPacket, SecretSubkeyPacket }: Library,
  { keyPacket, subkeys }: PrivateKey,
): { readonly primaryKey: SecretKeyPacket; readonly subkey: SecretSubkeyPacket } {
  const subkeyPacket = subkeys[0]?.keyPacket;
  if (!(keyPacket instanceof SecretKeyPacket) || !(subkeyPacket instanceof SecretSubkeyPacket))
    throw new AppError('internal', 'an OpenPGP key was made without its two parts');
  return { primaryKey: keyPacket, subkey: subkeyPacket };
}

const describe = (packet: SecretKeyPacket | SecretSubkeyPacket, algorithm: StoredKeyAlgorithm): OpenPgpKeyPart => ({
  fingerprint: packet.getFingerprint(),
  algorithm,
  spkiSha256: spkiSha256(algorithm, packet.publicParams),
  secret: packet.write(),
});

/** The library would ask for SHA-3 as well, which GnuPG 2.2 does not have: certifies the user IDs again without it. */
async function preferEveryonesHashes({ enums }: Library, { users }: PrivateKey, key: SecretKeyPacket, config: Config): Promise<void> {
  for (const { userID, selfCertifications } of users)
    for (const certification of selfCertifications) {
      certification.preferredHashAlgorithms = [enums.hash.sha512, enums.hash.sha256];
      certification.rawNotations = [];
      await certification.sign(key, { userID, key }, certification.created ?? undefined, false, config);
    }
}
