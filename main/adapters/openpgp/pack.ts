import type { PublicKey, SecretKeyPacket, SecretSubkeyPacket } from 'openpgp';
import { AppError } from '../../domain/errors.ts';
import type { OpenPgpSecrets } from '../../ports/openpgp.ts';
import { configurationOf, loadLibrary, wipeSecrets, type Library } from './library.ts';

const utf8 = new TextEncoder();

/** See the port. */
export async function armorCertificate(certificate: Uint8Array): Promise<Uint8Array> {
  const library = await loadLibrary();
  return utf8.encode((await readCertificate(library, certificate)).armor(configurationOf(library)));
}

/** See the port. The library takes the password as a string, which nobody can wipe. */
export async function protect(secrets: OpenPgpSecrets, password: Uint8Array): Promise<Uint8Array> {
  const library = await loadLibrary();
  const config = configurationOf(library, secrets.isChance);
  const certificate = await readCertificate(library, secrets.certificate);
  const parts = [
    secrets.primaryKey === undefined ? stubOf(library, certificate) : await readSecret(new library.SecretKeyPacket(), secrets.primaryKey),
    await readSecret(new library.SecretSubkeyPacket(), secrets.subkey),
  ];
  try {
    const key = join(library, certificate, parts);
    const passphrase = new TextDecoder('ascii').decode(password);
    for (const part of parts) if (!part.isDummy()) await part.encrypt(passphrase, config);
    return utf8.encode(key.armor(config));
  } finally {
    parts.forEach(wipeSecrets);
  }
}

/** The primary key with no secret in it. */
function stubOf(library: Library, { keyPacket }: PublicKey): SecretKeyPacket {
  const stub = Object.assign(new library.SecretKeyPacket(), keyPacket);
  stub.makeDummy(configurationOf(library));
  return stub;
}

async function readCertificate(library: Library, certificate: Uint8Array): Promise<PublicKey> {
  try {
    return await library.readKey({ binaryKey: certificate, config: configurationOf(library) });
  } catch (cause) {
    throw new AppError('store.corrupt', 'An OpenPGP certificate cannot be read.', { what: 'openpgp' }, { cause });
  }
}

/** The library's own complaint is left out: it might quote what it read. */
async function readSecret<P extends SecretKeyPacket | SecretSubkeyPacket>(packet: P, octets: Uint8Array): Promise<P> {
  try {
    await packet.read(octets);
    return packet;
  } catch {
    throw corrupt();
  }
}

/** The certificate with each public key packet exchanged for the secret one of the same fingerprint, in the same order. */
function join(
  library: Library,
  certificate: PublicKey,
  parts: readonly (SecretKeyPacket | SecretSubkeyPacket)[],
): InstanceType<Library['PrivateKey']> {
  const packets = new library.PacketList();
  for (const packet of certificate.toPacketList()) {
    const isKey = packet instanceof library.PublicKeyPacket || packet instanceof library.PublicSubkeyPacket;
    const secret = isKey ? parts.find((part) => part.hasSameFingerprintAs(packet)) : packet;
    if (secret === undefined) throw corrupt();
    packets.push(secret);
  }
  return new library.PrivateKey(packets);
}

const corrupt = (): AppError => new AppError('store.corrupt', 'A sealed OpenPGP key does not fit its certificate.', { what: 'openpgp' });
