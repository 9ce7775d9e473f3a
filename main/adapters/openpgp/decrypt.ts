import type { Config, Message, PrivateKey } from 'openpgp';
import { AppError } from '../../domain/errors.ts';
import type { OpenPgpVerdict } from '../../domain/openpgp/verdict.ts';
import type { OpenPgpDecryptOrder } from '../../ports/openpgp.ts';
import { loadLibrary, readingConfigurationOf, wipeSecrets, type Library } from './library.ts';
import { armorIn, readOr, textOf } from './read-file.ts';
import { readCertificates, readMessage, unreadableIn, verdictOf } from './verify.ts';

/** See the port. The library takes the password as a string, which nobody can wipe. */
export async function decrypt(order: OpenPgpDecryptOrder): Promise<OpenPgpVerdict & { readonly content: Uint8Array }> {
  const library = await loadLibrary();
  const config = readingConfigurationOf(library);
  const certificates = await readCertificates(library, order.certificates, config);
  const message = await readMessage(library, order.file, config);
  const keys = await openKeys(library, order, config);
  try {
    const opened = await openMessage(message, keys, order.now, config);
    const signatures = await readOr(() => opened.verify([...certificates], order.now, config));
    const unreadable = unreadableIn(library, opened.unwrapCompressed(), signatures.length);
    // Text beside the armor is not in the content that is handed out.
    const verdict = await verdictOf(signatures, unreadable, false, { library, config, certificates, now: order.now });
    return { ...verdict, content: contentOf(library, opened) };
  } finally {
    for (const key of keys) for (const { keyPacket } of [key, ...key.subkeys]) wipeSecrets(keyPacket as { privateParams: object | null });
  }
}

/** One answer whatever is wrong: anything finer would tell somebody who changes messages how far they got. */
async function openMessage(message: Message<Uint8Array>, keys: PrivateKey[], now: Date, config: Config): Promise<Message<Uint8Array>> {
  try {
    return (await message.decrypt(keys, undefined, undefined, now, config)) as Message<Uint8Array>;
  } catch {
    throw new AppError('input.not-decryptable', 'This message does not open with that key.');
  }
}

/** Text travels with CR LF and is handed out with LF, as GnuPG does (RFC 9580 section 5.9). */
function contentOf({ enums }: Library, message: Message<Uint8Array>): Uint8Array {
  const data: unknown = message.getLiteralData();
  if (!(data instanceof Uint8Array)) throw new AppError('input.not-decryptable', 'This message has no content.');
  const literal: object | undefined = message.unwrapCompressed().packets.findPacket(enums.packet.literalData);
  const format = literal !== undefined && 'format' in literal ? literal.format : undefined;
  const isText = format === enums.literal.text || format === enums.literal.utf8;
  return isText ? data.filter((octet, at) => octet !== 0x0d || data[at + 1] !== 0x0a) : data;
}

/** @throws AppError input.wrong-password */
async function openKeys(library: Library, { key, password }: OpenPgpDecryptOrder, config: Config): Promise<PrivateKey[]> {
  const found = await readOr(async () =>
    armorIn(key) === undefined
      ? library.readPrivateKeys({ binaryKeys: key, config })
      : library.readPrivateKeys({ armoredKeys: textOf(key), config }),
  );
  const opened: PrivateKey[] = [];
  for (const privateKey of found) opened.push(privateKey.isDecrypted() ? privateKey : await openKey(library, privateKey, password, config));
  return opened;
}

async function openKey(library: Library, privateKey: PrivateKey, password: Uint8Array | undefined, config: Config): Promise<PrivateKey> {
  const passphrase = new TextDecoder().decode(password ?? new Uint8Array());
  return library.decryptKey({ privateKey, passphrase, config }).catch(() => {
    throw new AppError('input.wrong-password', 'This key does not open with this password.');
  });
}
