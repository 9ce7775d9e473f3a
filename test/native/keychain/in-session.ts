import { AsyncEntry } from '@napi-rs/keyring';
import { AppError } from '../../../main/domain/errors.ts';
import { openDeviceKeychain } from '../../../native/keychain/index.ts';

/** Runs in a desktop session of its own: does to the keychain what its arguments say, and prints what came of each. */
const service = 'Keyward test';
const keychain = openDeviceKeychain(service);
const [, , ...acts] = process.argv;

async function run(act: string): Promise<unknown> {
  const [verb = '', keyId = '', octet = '0'] = act.split(':');
  switch (verb) {
    case 'set':
      return keychain.set(keyId, Buffer.alloc(32, Number(octet)));
    case 'get':
      return (await keychain.get(keyId))?.toString('hex');
    case 'set-foreign':
      return new AsyncEntry(service, keyId, { linux: { store: 'secret-service' } }).setSecret(Buffer.from('a password'));
    case 'delete':
      return keychain.delete(keyId);
    default:
      throw new Error(`unknown act ${act}`);
  }
}

const answers: unknown[] = [];
for (const act of acts) {
  answers.push(await run(act).catch((error: unknown) => (error instanceof AppError ? error.code : String(error))));
}
process.stdout.write(JSON.stringify(answers.map((answer) => answer ?? null)));
