import type { MessageKey } from '../domain/cms/content-keys.ts';
import { decryptWithKeys, decryptWithPassword, type OpenedMessage } from '../domain/cms/decrypt-cms.ts';
import { encryptPieces } from '../domain/cms/encrypt-cms.ts';
import { signPieces } from '../domain/cms/sign-cms.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { shortMessage, type OctetSource } from '../domain/encoding/octet-source.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { cmsIn } from '../domain/mime/cms-in.ts';
import { AppError } from '../domain/errors.ts';
import { privateKeysIn } from '../domain/pfx/private-keys-in.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { InputOf } from '../contract/call.ts';
import { FileContent, type Secret } from '../contract/secret.ts';
import type { tools } from '../contract/tools.ts';
import type { Clock } from '../ports/clock.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { AreaHandlers } from './handler.ts';

export interface MessageToolParts {
  readonly toolPrimitives: ToolPrimitives;
  readonly clock: Clock;
}

/** Opening, signing and encrypting single files with keys the caller brings; nothing is kept. */
export function createMessageTools({
  toolPrimitives,
  clock,
}: MessageToolParts): Pick<AreaHandlers<'tools'>, 'decryptCms' | 'signCms' | 'encryptCms'> {
  return {
    decryptCms: async (input) => {
      const { content, ...about } = await open(input, toolPrimitives);
      return { file: fileOf('content', content), ...about };
    },
    signCms: async ({ file, key, certificate, password, isDetached }) => {
      const { keys } = await openKeys(key, password, toolPrimitives);
      const [signer, ...chain] = certificatesIn(certificate);
      const [pkcs8] = keys;
      if (signer === undefined || pkcs8 === undefined) throw new AppError('input.empty', 'A key and its certificate are needed.');
      const request = { content: file.octets, pkcs8, certificate: signer, chain, isDetached, time: clock.now() };
      const message = wiping(keys, () => signPieces(request, toolPrimitives));
      return { file: fileOf('smime.p7m', message) };
    },
    encryptCms: async ({ file, to }) => {
      const recipients = to.flatMap((each) => certificatesIn(each).slice(0, 1));
      return { file: fileOf('smime.p7m', encryptPieces(file.octets, recipients, clock.now(), toolPrimitives)) };
    },
  };
}

/** Short files travel whole; longer ones are made while they are written. */
function fileOf(name: string, octets: OctetSource): FileContent {
  const short = octets.wholeUpTo(shortMessage);
  return short === undefined ? FileContent.at(name, octets) : new FileContent(name, short);
}

const certificatesIn = (file: FileContent): Certificate[] => readEncodedObjects(file.bytes).map(({ der }) => readCertificate(der));

function wiping<T>(keys: readonly Uint8Array[], act: () => T): T {
  try {
    return act();
  } finally {
    for (const key of keys) key.fill(0);
  }
}

type DecryptInput = InputOf<(typeof tools)['decryptCms']>;

async function open(
  { file, key, certificate, pool, password, messagePassword }: DecryptInput,
  primitives: ToolPrimitives,
): Promise<OpenedMessage> {
  const message = cmsIn(file.octets);
  if (messagePassword !== undefined) return decryptWithPassword(message, messagePassword.reveal(), primitives);
  if (key === undefined)
    throw new AppError('input.invalid', 'A key or the password of the message is needed.', { field: 'key', rule: 'required' });
  const { keys, certificates } = await openKeys(key, password, primitives);
  const known = [...(certificate === undefined ? [] : certificatesIn(certificate)), ...certificates];
  const senders = pool.flatMap(certificatesIn);
  return wiping(keys, () => {
    const own = keys.map((pkcs8) => messageKeyOf(pkcs8, known, primitives));
    return decryptWithKeys(message, own, primitives, senders);
  });
}

/** @throws AppError input.unsupported-algorithm for a key the engine cannot take */
async function openKeys(
  file: FileContent,
  password: Secret | undefined,
  primitives: ToolPrimitives,
): Promise<{ keys: readonly Uint8Array[]; certificates: readonly Certificate[] }> {
  const found = await privateKeysIn(readEncodedObjects(file.bytes), password?.reveal(), primitives);
  const keys = found.keys.map((der) => {
    const pkcs8 = primitives.privateKeyInfoOf(der);
    if (pkcs8 === undefined) throw new AppError('input.unsupported-algorithm', 'This private key cannot be used.', { what: 'key' });
    return Uint8Array.from(pkcs8);
  });
  return { keys, certificates: found.certificates.map((der) => readCertificate(der)) };
}

/** A key with the certificate that has its public half. @throws AppError input.unsupported-algorithm */
export function messageKeyOf(pkcs8: Uint8Array, certificates: readonly Certificate[], primitives: ToolPrimitives): MessageKey {
  const [key, publicKeyInfo] = [primitives.decryptionKey(pkcs8), primitives.publicKeyInfoOf(pkcs8)];
  if (key === undefined || publicKeyInfo === undefined)
    throw new AppError('input.unsupported-algorithm', 'This private key cannot be used.', { what: 'key' });
  const certificate = certificates.find(({ subjectPublicKeyInfo }) => compareOctets(subjectPublicKeyInfo.der, publicKeyInfo) === 0);
  return { key, publicKeyInfo, ...(certificate === undefined ? {} : { certificate }) };
}
