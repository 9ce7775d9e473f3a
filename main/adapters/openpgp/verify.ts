import type { Config, Key, Message, PublicKey, Signature, SignaturePacket } from 'openpgp';
import type { OpenPgpSignatureStatus, OpenPgpSigner, OpenPgpVerdict } from '../../domain/openpgp/verdict.ts';
import type { OpenPgpVerifyOrder } from '../../ports/openpgp.ts';
import { loadLibrary, readingConfigurationOf, type Library } from './library.ts';
import { armorIn, hasTextAround, malformed, readOr, textOf } from './read-file.ts';

declare module 'openpgp' {
  interface CleartextMessage {
    /** As it is: the library's own types leave it out. */
    readonly signature: Signature;
  }
}

type VerificationResult = Awaited<ReturnType<Message<Uint8Array>['verify']>>[number];

/** What verifying needs at hand. */
export interface VerifyingParts {
  readonly library: Library;
  readonly config: Config;
  readonly certificates: readonly PublicKey[];
  readonly now: Date;
}

/** See the port. */
export async function verify(order: OpenPgpVerifyOrder): Promise<OpenPgpVerdict> {
  const library = await loadLibrary();
  const config = readingConfigurationOf(library);
  const parts = { library, config, certificates: await readCertificates(library, order.certificates, config), now: order.now };
  const { signatures, unreadable } = await signaturesOf(order, parts);
  return verdictOf(signatures, unreadable, order.signature === undefined && hasTextAround(order.file), parts);
}

/** Every signature must hold, and there must be one. */
export async function verdictOf(
  signatures: readonly VerificationResult[],
  unreadable: number,
  hasUnsignedText: boolean,
  parts: VerifyingParts,
): Promise<OpenPgpVerdict> {
  const signers: OpenPgpSigner[] = [];
  for (const signature of signatures) signers.push(await judge(signature, parts));
  const unknown = { status: 'unknown-kind', keyId: null, fingerprint: null, userIds: [], created: null } as const;
  signers.push(...Array.from({ length: unreadable }, () => unknown));
  const valid = signers.length > 0 && signers.every(({ status }) => status === 'valid') && !hasUnsignedText;
  return { valid, signers, hasUnsignedText };
}

/** @throws AppError input.malformed-openpgp. What is said of one certificate in several files is put together: a revocation counts wherever it stands. */
export async function readCertificates(library: Library, files: readonly Uint8Array[], config: Config): Promise<PublicKey[]> {
  const known = new Map<string, PublicKey>();
  for (const file of files) {
    const keys = await readOr(async () =>
      armorIn(file) === undefined
        ? library.readKeys({ binaryKeys: file, config })
        : library.readKeys({ armoredKeys: textOf(file), config }),
    );
    for (const key of keys) {
      const [fingerprint, other] = [key.getFingerprint(), key.toPublic()];
      known.set(fingerprint, (await known.get(fingerprint)?.update(other, undefined, config)) ?? other);
    }
  }
  return [...known.values()];
}

interface Found {
  readonly signatures: readonly VerificationResult[];
  readonly unreadable: number;
}

async function signaturesOf(
  { file, signature, now }: OpenPgpVerifyOrder,
  { library, config, certificates }: VerifyingParts,
): Promise<Found> {
  const asked = { verificationKeys: [...certificates], date: now, config };
  if (signature !== undefined) {
    const [message, detached] = [await library.createMessage({ binary: file }), await readDetached(library, signature, config)];
    const { signatures } = await readOr(() => library.verify({ ...asked, message, signature: detached, format: 'binary' }));
    return { signatures, unreadable: unreadableIn(library, detached, signatures.length) };
  }
  if (armorIn(file) === 'SIGNED MESSAGE') {
    const message = await readOr(() => library.readCleartextMessage({ cleartextMessage: textOf(file), config }));
    const { signatures } = await readOr(() => library.verify({ ...asked, message }));
    return { signatures, unreadable: unreadableIn(library, message.signature, signatures.length) };
  }
  const message = await readMessage(library, file, config);
  if (message.packets.some((packet) => isEncrypted(library, packet))) throw malformed('an encrypted message, to be decrypted first');
  const { signatures } = await readOr(() => library.verify({ ...asked, message, format: 'binary' }));
  return { signatures, unreadable: unreadableIn(library, message.unwrapCompressed(), signatures.length) };
}

/** @throws AppError input.malformed-openpgp */
export const readMessage = (library: Library, file: Uint8Array, config: Config): Promise<Message<Uint8Array>> =>
  readOr(async () =>
    armorIn(file) === undefined
      ? library.readMessage({ binaryMessage: file, config })
      : ((await library.readMessage({ armoredMessage: textOf(file), config })) as Message<never>),
  );

const readDetached = (library: Library, file: Uint8Array, config: Config): Promise<Signature> =>
  readOr(async () =>
    armorIn(file) === undefined
      ? library.readSignature({ binarySignature: file, config })
      : library.readSignature({ armoredSignature: textOf(file), config }),
  );

const isEncrypted = ({ enums }: Library, { constructor }: object): boolean => {
  const tag = 'tag' in constructor ? constructor.tag : undefined;
  return tag === enums.packet.symEncryptedIntegrityProtectedData || tag === enums.packet.symmetricallyEncryptedData;
};

/** Signatures the library has passed over: of an unknown version or algorithm, or not over a document. */
export function unreadableIn({ enums }: Library, { packets }: { readonly packets: readonly object[] }, judged: number): number {
  const tagOf = (packet: object): unknown =>
    (packet as { readonly tag?: number }).tag ?? (packet.constructor as { readonly tag?: number }).tag;
  return Math.max(0, packets.filter((packet) => tagOf(packet) === enums.packet.signature).length - judged);
}

async function judge({ keyID, signature, verified }: VerificationResult, parts: VerifyingParts): Promise<OpenPgpSigner> {
  const holds = await verified.then(
    () => true,
    () => false,
  );
  const packet = (await signature.catch(() => undefined))?.packets[0];
  const key = parts.certificates.find((candidate) => candidate.getKeys(keyID).length > 0);
  const about = { keyId: keyID.toHex(), created: packet?.created?.toISOString() ?? null };
  if (key === undefined) return { ...about, status: 'unknown-key', fingerprint: null, userIds: [] };
  const status = await statusOf(holds, packet, key, parts);
  return { ...about, status, fingerprint: key.getFingerprint(), userIds: await vouchedFor(key, parts) };
}

/** The library asks whether the key could sign then; here it is asked for now as well. */
async function statusOf(
  holds: boolean,
  packet: SignaturePacket | undefined,
  key: PublicKey,
  { config, now }: VerifyingParts,
): Promise<OpenPgpSignatureStatus> {
  if (packet === undefined) return 'does-not-hold';
  const isUsable = await key.getSigningKey(packet.issuerKeyID, now, undefined, config).then(
    () => true,
    () => false,
  );
  if (holds && isUsable) return 'valid';
  if (packet.hashAlgorithm !== null && config.rejectMessageHashAlgorithms.has(packet.hashAlgorithm)) return 'weak-digest';
  if (packet.isExpired(now)) return 'expired';
  if (await isRevoked(key, packet, now, config)) return 'key-revoked';
  return (await isExpired(key, packet, now, config)) ? 'key-expired' : 'does-not-hold';
}

async function isRevoked(key: PublicKey, { issuerKeyID }: SignaturePacket, now: Date, config: Config): Promise<boolean> {
  if (await key.isRevoked(undefined, undefined, now, config)) return true;
  const subkey = key.subkeys.find((each) => each.getKeyID().equals(issuerKeyID));
  if (subkey === undefined) return false;
  for (const binding of subkey.bindingSignatures) if (await subkey.isRevoked(binding, key.keyPacket, now, config)) return true;
  return false;
}

async function isExpired(key: PublicKey, { issuerKeyID }: SignaturePacket, now: Date, config: Config): Promise<boolean> {
  const subkey = key.subkeys.find((each) => each.getKeyID().equals(issuerKeyID));
  const ends = [await key.getExpirationTime(undefined, config), subkey && (await subkey.getExpirationTime(now, config))];
  return ends.some((end) => end instanceof Date && end.getTime() <= now.getTime());
}

/** User IDs whose certification by the primary key holds now. */
async function vouchedFor(key: Key, { now, config }: VerifyingParts): Promise<string[]> {
  const vouched: string[] = [];
  for (const user of key.users) {
    const isGood = await user.verify(now, config).then(
      (valid) => valid === true,
      () => false,
    );
    if (isGood && user.userID !== null) vouched.push(user.userID.userID);
  }
  return vouched;
}
