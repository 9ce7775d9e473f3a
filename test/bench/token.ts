import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPkcs11Module } from '../../native/pkcs11/index.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { buildBench, runBuilt } from './built.ts';
import type { SignedOrder, SignedTimes } from './signed.ts';
import { framesWhileCardsMakeKeys } from './window-frames.ts';

/**
 * Signatures on a SoftHSM token through Keyward, beside the bare module, in one run; then how the window keeps up while cards make RSA keys.
 * `args` name parts: `signatures`, `window`.
 */
export async function benchToken(args: readonly string[]): Promise<void> {
  const isAsked = (part: string): boolean => args.length === 0 || args.includes(part);
  if (isAsked('signatures')) await benchSignatures();
  if (isAsked('window')) await benchWindow();
}

async function benchWindow(): Promise<void> {
  const { count, seconds, median, longest } = await framesWhileCardsMakeKeys();
  line(`The window while cards make RSA keys: ${count} frames in ${seconds.toFixed(1)} s, median ${ms(median)},`);
  line(`  the longest ${ms(longest)} (aim: < 50 ms)`);
}

async function benchSignatures(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-token-'));
  try {
    const serialNumber = newToken(directory);
    await buildBench('signed');
    for (const times of await runBuilt<SignedTimes[]>('signed', order(serialNumber))) say(times);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Beside the same acts of the module alone: each with its login, and many with a key that is open. */
function say({ algorithm, bare, alone, ours, open }: SignedTimes): void {
  const over = (withKeyward: number, without: number): string =>
    `${ms(withKeyward - without)} over it, ${((100 * (withKeyward - without)) / without).toFixed(0)} %`;
  line(`A signature with ${algorithm}: ${ms(ours)} through Keyward, ${ms(alone)} by the module alone with its login: ${over(ours, alone)}`);
  line(`  with a key that is open: ${ms(open)} through Keyward, ${ms(bare)} by the module alone: ${over(open, bare)}`);
}

const order = (serialNumber: string): SignedOrder => ({ library: softHsmModule.library, serialNumber, pin });

function newToken(directory: string): string {
  mkdirSync(join(directory, 'tokens'), { mode: 0o700 });
  const configuration = join(directory, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${join(directory, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = configuration;
  const module = openPkcs11Module(softHsmModule.library);
  try {
    const [slot] = module.slots('with-token');
    if (slot === undefined) throw new Error('SoftHSM has no free slot');
    module.initToken(slot, Buffer.from('87654321'), 'Bench');
    const set = module.slots('with-token').find((candidate) => module.token(candidate).label === 'Bench');
    if (set === undefined) throw new Error('SoftHSM has set up no token');
    const session = module.openSession(set, 'read-write');
    session.login('so', Buffer.from('87654321'));
    session.initPin(Buffer.from(pin));
    session.close();
    return module.token(set).serialNumber;
  } finally {
    module.close();
  }
}

const ms = (milliseconds: number): string => `${milliseconds.toFixed(2)} ms`;

const line = (text: string): void => void process.stdout.write(`${text}\n`);
