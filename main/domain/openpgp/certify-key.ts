import { concatenate } from '../asn1/der-writer.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import type { DigestName } from '../x509/algorithm-identifier.ts';
import { packetType } from './packet.ts';
import { bigEndianOctets, writeMpi, writePacket, writeSubpacket } from './write-packet.ts';

/** What a key whose secret half is out of reach is certified with. */
export interface CertifyingTools {
  readonly digest: (name: DigestName, octets: Uint8Array) => Uint8Array;
  /** The primary key's signature of data whose SHA-512 digest it is given: of Ed25519 64 octets, of RSA as many as the modulus. */
  readonly sign: (data: Uint8Array, digest: Uint8Array) => Promise<Uint8Array>;
}

export interface KeyToCertify {
  /** Contents of the Public-Key packets. */
  readonly primaryKey: Uint8Array;
  readonly subkey: Uint8Array;
  /** `Name <address>`, the primary one first. */
  readonly userIds: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Kinds of signature (RFC 9580 section 5.2.1). */
const kind = { positiveCertification: 0x13, subkeyBinding: 0x18, keyRevocation: 0x20 } as const;
/** Subpackets (RFC 9580 section 5.2.3.7). */
const subpacket = {
  creationTime: 2,
  keyExpiration: 9,
  preferredCiphers: 11,
  issuerKeyId: 16,
  preferredHashes: 21,
  preferredCompression: 22,
  keyServer: 23,
  isPrimary: 25,
  keyFlags: 27,
  reason: 29,
  features: 30,
  issuerFingerprint: 33,
} as const;
/** SHA-512 (RFC 9580 section 9.5), for RSA and EdDSALegacy. */
const [rsa, sha512] = [1, 10];
/** Where a Public-Key packet names its algorithm (RFC 9580 section 5.5.2.2). */
const algorithmAt = 5;
const flags = { certifyAndSign: 0x03, encrypt: 0x0c } as const;

/** SHA-1 over the content of a Public-Key packet (RFC 9580 section 5.5.4.2). */
export const fingerprintOfPublicPart = (publicPart: Uint8Array, { digest }: Pick<CertifyingTools, 'digest'>): Uint8Array =>
  digest('sha1', keyFrame(publicPart));

/**
 * The transferable public key (RFC 9580 section 10.1), version 4, with everything GnuPG 2.2 and Thunderbird look for, and what revokes it
 * (a Key Revocation Signature without a reason): two signatures, and one for each user ID.
 */
export async function certifyKey(
  key: KeyToCertify,
  tools: CertifyingTools,
): Promise<{ readonly certificate: Uint8Array; readonly revocation: Uint8Array }> {
  const packets = [writePacket(packetType.publicKey, key.primaryKey)];
  for (const [at, userId] of key.userIds.entries()) {
    const octets = utf8Encode(userId);
    packets.push(writePacket(packetType.userId, octets), await certification(key, octets, at === 0, tools));
  }
  packets.push(writePacket(packetType.publicSubkey, key.subkey), await binding(key, tools));
  const revocation = await signed(key, kind.keyRevocation, [writeSubpacket(subpacket.reason, Uint8Array.of(0))], [], tools);
  return { certificate: concatenate(packets), revocation };
}

const certification = async (key: KeyToCertify, userId: Uint8Array, isPrimary: boolean, tools: CertifyingTools): Promise<Uint8Array> =>
  signed(
    key,
    kind.positiveCertification,
    [
      lifetime(key),
      writeSubpacket(subpacket.keyFlags, Uint8Array.of(flags.certifyAndSign)),
      // AES-256 and AES-128; SHA-512 and SHA-256; no compression first.
      writeSubpacket(subpacket.preferredCiphers, Uint8Array.of(9, 7)),
      writeSubpacket(subpacket.preferredHashes, Uint8Array.of(10, 8)),
      writeSubpacket(subpacket.preferredCompression, Uint8Array.of(0, 2, 1)),
      writeSubpacket(subpacket.features, Uint8Array.of(1)),
      writeSubpacket(subpacket.keyServer, Uint8Array.of(0x80)),
      ...(isPrimary ? [writeSubpacket(subpacket.isPrimary, Uint8Array.of(1))] : []),
    ],
    [Uint8Array.of(0xb4), bigEndianOctets(userId.length, 4), userId],
    tools,
  );

const binding = async (key: KeyToCertify, tools: CertifyingTools): Promise<Uint8Array> =>
  signed(
    key,
    kind.subkeyBinding,
    [lifetime(key), writeSubpacket(subpacket.keyFlags, Uint8Array.of(flags.encrypt))],
    [keyFrame(key.subkey)],
    tools,
  );

const lifetime = ({ createdAt, expiresAt }: KeyToCertify): Uint8Array =>
  writeSubpacket(subpacket.keyExpiration, bigEndianOctets(Math.round((expiresAt.getTime() - createdAt.getTime()) / 1000), 4));

/** A version 4 signature packet (RFC 9580 section 5.2.3) over the primary key and what is beside it. */
async function signed(
  { primaryKey, createdAt }: KeyToCertify,
  type: number,
  about: readonly Uint8Array[],
  beside: readonly Uint8Array[],
  tools: CertifyingTools,
): Promise<Uint8Array> {
  const fingerprint = fingerprintOfPublicPart(primaryKey, tools);
  const algorithm = primaryKey[algorithmAt] ?? 0;
  const subpackets = concatenate([
    writeSubpacket(subpacket.creationTime, bigEndianOctets(Math.floor(createdAt.getTime() / 1000), 4)),
    writeSubpacket(subpacket.issuerFingerprint, Uint8Array.of(4), fingerprint),
    ...about,
  ]);
  const hashed = concatenate([Uint8Array.of(4, type, algorithm, sha512), bigEndianOctets(subpackets.length, 2), subpackets]);
  const trailer = concatenate([Uint8Array.of(4, 0xff), bigEndianOctets(hashed.length, 4)]);
  const data = concatenate([keyFrame(primaryKey), ...beside, hashed, trailer]);
  const digest = tools.digest('sha512', data);
  const signature = await tools.sign(data, digest);
  const unhashed = writeSubpacket(subpacket.issuerKeyId, fingerprint.subarray(-8));
  // RSA has one number, EdDSA two (RFC 9580 sections 5.2.3.1 and 5.2.3.3).
  const numbers = algorithm === rsa ? [signature] : [signature.subarray(0, 32), signature.subarray(32)];
  return writePacket(
    packetType.signature,
    concatenate([hashed, bigEndianOctets(unhashed.length, 2), unhashed, digest.subarray(0, 2), ...numbers.map(writeMpi)]),
  );
}

/** A key as signatures and fingerprints take it in (RFC 9580 section 5.2.4). */
const keyFrame = (publicPart: Uint8Array): Uint8Array =>
  concatenate([Uint8Array.of(0x99), bigEndianOctets(publicPart.length, 2), publicPart]);
