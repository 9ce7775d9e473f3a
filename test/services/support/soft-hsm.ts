import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TokenModule } from '../../../main/adapters/tokens/known-modules.ts';
import type { Deadlines } from '../../../main/adapters/tokens/pkcs11.ts';
import { openPkcs11Module } from '../../../native/pkcs11/index.ts';

export const softHsmModule: TokenModule = { name: 'SoftHSM', library: '/usr/lib/softhsm/libsofthsm2.so', isOpenedAnew: true };
export const pin = '123456';
const soPin = Buffer.from('87654321');

/** Short enough for a test, long enough for a busy machine; a module that failed is looked at again at once. */
export const impatient: Deadlines = { survey: 3_000, key: 20_000, generate: 60_000, rest: 0 };

/** A store of soft tokens of its own until the test ends, and the environment that leads to it. */
export function newSoftHsm(): { readonly directory: string; addToken(label: string): string } {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-hsm-'));
  mkdirSync(join(directory, 'tokens'), { mode: 0o700 });
  const configuration = join(directory, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${join(directory, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const before = process.env['SOFTHSM2_CONF'];
  process.env['SOFTHSM2_CONF'] = configuration;
  onTestFinished(() => {
    if (before === undefined) delete process.env['SOFTHSM2_CONF'];
    else process.env['SOFTHSM2_CONF'] = before;
    rmSync(directory, { recursive: true, force: true });
  });
  return { directory, addToken };
}

/** Initialises another token through the face itself, so that no PIN is an argument of a program; answers its serial number. */
function addToken(label: string): string {
  const module = openPkcs11Module(softHsmModule.library);
  try {
    const free = module.slots('with-token').find((slot) => !module.token(slot).isInitialized);
    if (free === undefined) throw new Error('SoftHSM has no free slot');
    module.initToken(free, soPin, label);
    const slot = module.slots('with-token').find((candidate) => module.token(candidate).label === label);
    if (slot === undefined) throw new Error('the token is gone');
    const session = module.openSession(slot, 'read-write');
    session.login('so', soPin);
    session.initPin(Buffer.from(pin));
    session.close();
    return module.token(slot).serialNumber;
  } finally {
    module.close();
  }
}

/** The faulty library, compiled for this machine. */
export function faultyModule(directory: string, fault: 'crashes' | 'hangs'): TokenModule {
  const library = join(directory, `lib${fault}.so`);
  const source = join(import.meta.dirname, '../../fixtures/pkcs11/faulty-module.c');
  execFileSync('cc', ['-shared', '-fPIC', '-w', ...(fault === 'hangs' ? ['-DHANG'] : []), '-o', library, source]);
  return { name: fault, library, isOpenedAnew: true };
}
