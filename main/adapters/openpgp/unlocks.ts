import type { PrivateKey } from 'openpgp';
import type { Unlocked } from '../../domain/openpgp/unlocked.ts';
import { loadLibrary, readingConfigurationOf, wipeSecrets } from './library.ts';

/** See the port. The library takes the password as a string, which nobody can wipe. */
export async function unlocks(key: Uint8Array, password: Uint8Array): Promise<Unlocked> {
  const library = await loadLibrary();
  const config = readingConfigurationOf(library);
  let opened: PrivateKey | undefined;
  try {
    const privateKey = await library.readPrivateKey({ binaryKey: key, config });
    opened = await library.decryptKey({ privateKey, passphrase: new TextDecoder().decode(password), config });
    const { keyPacket } = opened;
    return 'isDummy' in keyPacket && keyPacket.isDummy() ? 'opens-mail' : 'everything';
  } catch {
    return 'nothing';
  } finally {
    if (opened !== undefined)
      for (const { keyPacket } of [opened, ...opened.subkeys]) wipeSecrets(keyPacket as { privateParams: object | null });
  }
}
