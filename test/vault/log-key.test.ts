import { expect, test } from 'vitest';
import { privateDirectory, run, secretFile } from '../domain/pfx/engines.ts';
import { cheapVault as vault, openCompartmentNamed, refusalCode } from './support.ts';

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function opensslAccepts(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const directory = privateDirectory();
  const key = secretFile(directory, 'key.der', Buffer.concat([spkiPrefix, publicKey]));
  const files = ['-in', secretFile(directory, 'message', message), '-sigfile', secretFile(directory, 'signature', signature)];
  return run('openssl', ['pkeyutl', '-verify', '-rawin', '-pubin', '-keyform', 'DER', '-inkey', key, ...files]).succeeded;
}

test('the log key comes back from the audit compartment and signs as openssl expects', async () => {
  const audit = await openCompartmentNamed('audit');
  const sealingKey = await vault.createSealingKey(audit.record);
  const { record, publicKey } = vault.createLogKey('log-key', sealingKey.open);
  const logKey = vault.openLogKey(record, await audit.openSealingKey(sealingKey.record));
  expect(Buffer.from(logKey.publicKey).equals(publicKey)).toBe(true);

  const message = Buffer.from('a checkpoint');
  const signature = logKey.sign(message);
  expect(opensslAccepts(publicKey, message, signature)).toBe(true);
  expect(opensslAccepts(publicKey, Buffer.from('another checkpoint'), signature)).toBe(false);

  logKey.wipe();
  expect(await refusalCode(() => logKey.sign(message))).toBe('session.locked');
});
