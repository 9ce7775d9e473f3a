import { formatInstant } from '../asn1/read-time.ts';
import { utf8Decode } from '../encoding/utf8.ts';
import { hexEncode } from '../encoding/hex.ts';
import type { DigestName } from '../x509/algorithm-identifier.ts';
import { readArmor } from './armor.ts';
import { packetType, readPackets, type Packet } from './packet.ts';
import { readKeyPacket, type OpenPgpKey } from './read-key-packet.ts';
import { readSignaturePacket, type SignatureClaims } from './read-signature-packet.ts';

/** What a key is for, as its newest self-signature says. */
export type OpenPgpUsage = 'certify' | 'sign' | 'encrypt' | 'authenticate';

export interface InspectedKey {
  readonly version: number;
  readonly fingerprint: string;
  readonly keyId: string;
  readonly algorithm: string;
  readonly keySize: number | null;
  readonly curve: string | null;
  readonly created: string;
  /** Null: never. */
  readonly expires: string | null;
  readonly usage: readonly OpenPgpUsage[];
  readonly isRevoked: boolean;
}

export interface InspectedUserId {
  /** Null where it is no UTF-8; then `hex` says what it is. */
  readonly userId: string | null;
  readonly hex?: string;
  readonly isPrimary: boolean;
  readonly isRevoked: boolean;
  /** Signatures by keys other than the primary one. */
  readonly certifications: number;
}

export interface InspectedCertificate extends InspectedKey {
  /** The private half is there, encrypted or not. */
  readonly isSecret: boolean;
  readonly userIds: readonly InspectedUserId[];
  readonly userAttributes: number;
  readonly subkeys: readonly InspectedKey[];
}

/** What is in an OpenPGP file, JSON as it stands. Signatures are read and not verified: everything is a claim. */
export interface OpenPgpReading {
  readonly type: 'openpgp';
  readonly isVerified: false;
  readonly certificates: readonly InspectedCertificate[];
  /** Packets that belong to no certificate, by type: of messages, signatures, ... */
  readonly otherPackets: readonly number[];
}

type Digest = (name: DigestName, octets: Uint8Array) => Uint8Array;

interface Component {
  readonly packet: Packet;
  readonly signatures: SignatureClaims[];
}

interface Draft {
  readonly components: Component[];
}

/** @throws AppError input.malformed-openpgp, input.too-large */
export function inspectOpenPgp(bytes: Uint8Array, digest: Digest): OpenPgpReading {
  const drafts: Draft[] = [];
  const otherPackets: number[] = [];
  for (const { octets } of readArmor(bytes)) {
    let current: Draft | undefined;
    for (const packet of readPackets(octets)) {
      if (packet.type === packetType.publicKey || packet.type === packetType.secretKey) drafts.push((current = { components: [] }));
      if (!take(current, packet)) otherPackets.push(packet.type);
    }
  }
  return {
    type: 'openpgp',
    isVerified: false,
    certificates: drafts.map((draft) => describe(draft, digest)),
    otherPackets: otherPackets.slice(0, 1000),
  };
}

const componentTypes: readonly number[] = [
  packetType.publicKey,
  packetType.secretKey,
  packetType.publicSubkey,
  packetType.secretSubkey,
  packetType.userId,
  packetType.userAttribute,
];

/** Whether a packet belongs to the certificate that is being read. */
function take(draft: Draft | undefined, packet: Packet): boolean {
  if (packet.type === packetType.marker || packet.type === packetType.padding) return true;
  if (draft === undefined) return false;
  if (packet.type === packetType.signature) draft.components.at(-1)?.signatures.push(readSignaturePacket(packet.body));
  else if (componentTypes.includes(packet.type)) draft.components.push({ packet, signatures: [] });
  else return false;
  return true;
}

function describe({ components }: Draft, digest: Digest): InspectedCertificate {
  const [first, ...rest] = components;
  const primary = readKeyPacket(first?.packet.body ?? new Uint8Array(0), digest);
  const of = (type: number): Component[] => rest.filter(({ packet }) => packet.type === type);
  const userIds = of(packetType.userId);
  const own = (signatures: readonly SignatureClaims[]): SignatureClaims[] => signatures.filter((signature) => isBy(signature, primary));
  // On the key itself, or on a user ID: what the newest of them says of the key counts (RFC 9580 section 5.2.3.10).
  const direct = (first?.signatures ?? []).filter(({ type }) => type === 0x1f);
  const certifying = userIds.flatMap(({ signatures }) => signatures.filter(({ type }) => type >= 0x10 && type <= 0x13));
  const claims = newest(own(direct).length > 0 && primary.version === 6 ? own(direct) : own([...direct, ...certifying]));
  const subkeys = rest.filter(({ packet }) => packet.type === packetType.publicSubkey || packet.type === packetType.secretSubkey);
  return {
    ...describeKey(
      primary,
      claims,
      (first?.signatures ?? []).some(({ type }) => type === 0x20),
    ),
    isSecret: first?.packet.type === packetType.secretKey,
    userIds: userIds.map((component) => describeUserId(component, primary)),
    userAttributes: of(packetType.userAttribute).length,
    subkeys: subkeys.map(({ packet, signatures }) => {
      const binding = newest(signatures.filter(({ type }) => type === 0x18));
      return describeKey(
        readKeyPacket(packet.body, digest),
        binding,
        signatures.some(({ type }) => type === 0x28),
      );
    }),
  };
}

const isBy = ({ issuerFingerprint, issuerKeyId }: SignatureClaims, { fingerprint, keyId }: OpenPgpKey): boolean =>
  issuerFingerprint === undefined ? issuerKeyId === keyId : issuerFingerprint === fingerprint;

const newest = (signatures: readonly SignatureClaims[]): SignatureClaims | undefined =>
  signatures.toSorted((a, b) => (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0))[0];

function describeKey(key: OpenPgpKey, claims: SignatureClaims | undefined, isRevoked: boolean): InspectedKey {
  const seconds = claims?.keyExpiration ?? (key.daysValid ?? 0) * 86_400;
  return {
    version: key.version,
    fingerprint: key.fingerprint,
    keyId: key.keyId,
    algorithm: key.algorithm,
    keySize: key.keySize ?? null,
    curve: key.curve ?? null,
    created: formatInstant(key.created),
    expires: seconds === 0 ? null : formatInstant(new Date(key.created.getTime() + seconds * 1000)),
    usage: usageOf(claims?.keyFlags ?? 0),
    isRevoked,
  };
}

/** RFC 9580 section 5.2.3.29. */
function usageOf(flags: number): OpenPgpUsage[] {
  const bits: readonly (readonly [number, OpenPgpUsage])[] = [
    [0x01, 'certify'],
    [0x02, 'sign'],
    [0x0c, 'encrypt'],
    [0x20, 'authenticate'],
  ];
  return bits.filter(([bit]) => (flags & bit) !== 0).map(([, usage]) => usage);
}

function describeUserId({ packet, signatures }: Component, primary: OpenPgpKey): InspectedUserId {
  const own = signatures.filter((signature) => isBy(signature, primary));
  const userId = utf8Decode(packet.body);
  return {
    userId: userId ?? null,
    ...(userId === undefined ? { hex: hexEncode(packet.body) } : {}),
    isPrimary: newest(own.filter(({ type }) => type >= 0x10 && type <= 0x13))?.isPrimaryUserId === true,
    isRevoked: own.some(({ type }) => type === 0x30),
    certifications: signatures.length - own.length,
  };
}
