import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenModule } from '../../../main/adapters/tokens/known-modules.ts';

type Fault = 'crashes' | 'hangs' | 'on demand';

/** A faulty library, compiled for this machine. `on demand`: SoftHSM that does what `fail` says. */
export function faultyModule(directory: string, fault: Fault): TokenModule {
  const module = faultyModuleIn(directory, fault);
  const source = fault === 'on demand' ? 'faulty-soft-hsm.c' : 'faulty-module.c';
  const arguments_ = ['-shared', '-fPIC', '-w', ...(fault === 'hangs' ? ['-DHANG'] : []), '-o', module.library];
  execFileSync('cc', [...arguments_, join(import.meta.dirname, '../../fixtures/pkcs11', source)]);
  return module;
}

/** The same once it is compiled. */
export const faultyModuleIn = (directory: string, fault: Fault): TokenModule => ({
  name: fault === 'on demand' ? 'SoftHSM' : fault,
  library: join(directory, `lib${fault.replace(' ', '-')}.so`),
  isOpenedAnew: true,
});

/** Numbers of functions in CK_FUNCTION_LIST, as `faulty-soft-hsm.c` wraps them. */
const functionNumber = {
  C_GetTokenInfo: 6,
  C_InitPIN: 10,
  C_SetPIN: 11,
  C_Login: 18,
  C_CreateObject: 20,
  C_Sign: 43,
  C_GenerateKeyPair: 59,
} as const;

/** What the module of `faultyModule(…, 'on demand')` does that SoftHSM does not. */
export interface Faults {
  /** What it does wrong from now on; nothing when left out. */
  fail(call?: keyof typeof functionNumber, moment?: 'before' | 'after' | 'flags', what?: string): void;
  /** Whether it came to that. */
  hasFailed(): boolean;
  /** From now on it counts wrong PINs as a card does, and locks itself after three. */
  countTries(): void;
  triesLeft(): number;
  /** The same of the security officer’s PIN. */
  countUnlockTries(): void;
  unlockTriesLeft(): number;
  /** From now on its reader has a pad, on which somebody types this when they are asked: the PIN, and the new one where it is changed. */
  typeOnPad(pin: string, newPin?: string): void;
}

/** Of the module whose configuration (SOFTHSM2_CONF) is this file. */
export const faultsBeside = (configuration: string): Faults => ({
  fail: (call, moment = 'before', what = 'crash') =>
    writeFileSync(`${configuration}.fault`, call === undefined ? '' : `${functionNumber[call]} ${moment} ${what}\n`),
  hasFailed: () => existsSync(`${configuration}.reached`),
  countTries: () => writeFileSync(`${configuration}.tries`, '3\n'),
  countUnlockTries: () => writeFileSync(`${configuration}.so-tries`, '3\n'),
  typeOnPad: (pin, newPin = '') => writeFileSync(`${configuration}.typed`, `${pin} ${newPin}\n`),
  unlockTriesLeft: () => Number(readFileSync(`${configuration}.so-tries`, 'utf8')),
  triesLeft: () => Number(readFileSync(`${configuration}.tries`, 'utf8')),
});
