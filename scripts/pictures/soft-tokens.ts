import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPkcs11Module, type Pkcs11Module } from '../../native/pkcs11/index.ts';

const library = '/usr/lib/softhsm/libsofthsm2.so';
const soPin = '87654321';
const pin = '40961';

/** Tokens made of software, in a store of their own. */
export interface SoftTokens {
  /** The file that says where they are. */
  readonly configuration: string;
  /** The PIN of each of them. */
  readonly pin: string;
  /** The security officer's PIN of each of them. */
  readonly unlockCode: string;
  /** Another one, with this label; answers its serial number. */
  readonly add: (label: string) => string;
  /** Takes all of them away, as if pulled out of their readers. */
  readonly pullOut: () => void;
}

/** Makes an empty store in a folder that does not exist yet; whatever is started from here on finds it. */
export function makeSoftTokens(directory: string): SoftTokens {
  const tokens = join(directory, 'tokens');
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  const configuration = join(directory, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = configuration;
  return {
    configuration,
    pin,
    unlockCode: soPin,
    add: (label) => withModule((module) => addTo(module, label)),
    pullOut: () => readdirSync(tokens).forEach((name) => rmSync(join(tokens, name), { recursive: true })),
  };
}

function withModule<Result>(act: (module: Pkcs11Module) => Result): Result {
  const module = openPkcs11Module(library);
  try {
    return act(module);
  } finally {
    module.close();
  }
}

/** Through the face itself, so that no PIN is an argument of a program. */
function addTo(module: Pkcs11Module, label: string): string {
  const free = module.slots('with-token').find((slot) => !module.token(slot).isInitialized);
  if (free === undefined) throw new Error('SoftHSM has no free slot');
  module.initToken(free, Buffer.from(soPin), label);
  const slot = module.slots('with-token').find((candidate) => module.token(candidate).label === label);
  if (slot === undefined) throw new Error('the token is gone');
  const session = module.openSession(slot, 'read-write');
  session.login('so', Buffer.from(soPin));
  session.initPin(Buffer.from(pin));
  session.close();
  return module.token(slot).serialNumber;
}
