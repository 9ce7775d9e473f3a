import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Deadlines } from '../../../main/adapters/tokens/pkcs11.ts';
import { attributeType, objectClass } from '../../../native/pkcs11/constants.ts';
import { openPkcs11Module, type Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { ObjectHandle, Pkcs11Session } from '../../../native/pkcs11/session.ts';
import { faultsBeside, type Faults } from './faulty-module.ts';
import { pin, softHsmModule } from './soft-hsm-module.ts';

/** Of the security officers of all test tokens. */
export const soPin = '87654321';

/** Long enough for a busy machine; a module that failed is looked at again at once. */
export const impatient: Deadlines = { survey: 30_000, key: 30_000, generate: 60_000, firstRest: 0, rest: 0 };

export interface SoftHsm extends Faults {
  readonly directory: string;
  /** Answers the serial number. */
  addToken(label: string): string;
  /** Takes all tokens away, as if pulled out of their readers. */
  pullOut(): void;
}

/** A store of soft tokens of its own until the test ends, and the environment that leads to it. */
export function newSoftHsm(): SoftHsm {
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
  const pullOut = () => renameSync(join(directory, 'tokens'), join(directory, 'elsewhere'));
  return { directory, addToken, pullOut, ...faultsBeside(configuration) };
}

function withModule<T>(act: (module: Pkcs11Module) => T): T {
  const module = openPkcs11Module(softHsmModule.library);
  try {
    return act(module);
  } finally {
    module.close();
  }
}

function sessionOn(module: Pkcs11Module, has: (token: ReturnType<Pkcs11Module['token']>) => boolean): Pkcs11Session {
  const slot = module.slots('with-token').find((candidate) => has(module.token(candidate)));
  if (slot === undefined) throw new Error('the token is gone');
  return module.openSession(slot, 'read-write');
}

/** Initialises another token through the face itself, so that no PIN is an argument of a program; answers its serial number. */
function addToken(label: string): string {
  return withModule((module) => {
    const free = module.slots('with-token').find((slot) => !module.token(slot).isInitialized);
    if (free === undefined) throw new Error('SoftHSM has no free slot');
    module.initToken(free, Buffer.from(soPin), label);
    const session = sessionOn(module, (token) => token.label === label);
    session.login('so', Buffer.from(soPin));
    session.initPin(Buffer.from(pin));
    session.close();
    const slot = module.slots('with-token').find((candidate) => module.token(candidate).label === label);
    return slot === undefined ? '' : module.token(slot).serialNumber;
  });
}

/** Acts logged in on a token, beside whatever Keyward does. */
export function onToken<T>(serialNumber: string, act: (session: Pkcs11Session) => T, ownPin = pin): T {
  return withModule((module) => {
    const session = sessionOn(module, (token) => token.serialNumber === serialNumber);
    session.login('user', Buffer.from(ownPin));
    const result = act(session);
    session.close();
    return result;
  });
}

export interface ObjectsUnderId {
  readonly id: string;
  privateKeys: number;
  publicKeys: number;
  /** Anything else: nothing of ours. */
  others: number;
  readonly certificates: Buffer[];
}

/** Everything on a token, by CKA_ID. */
export function objectsOn(serialNumber: string): ObjectsUnderId[] {
  return onToken(serialNumber, (session) => {
    const all = new Map<string, ObjectsUnderId>();
    for (const object of session.find([])) count(session, object, all);
    return [...all.values()];
  });
}

function count(session: Pkcs11Session, object: ObjectHandle, all: Map<string, ObjectsUnderId>): void {
  const id = session.attribute(object, attributeType.id)?.toString('hex') ?? '';
  const found = all.get(id) ?? { id, privateKeys: 0, publicKeys: 0, others: 0, certificates: [] };
  all.set(id, found);
  const kind = session.attribute(object, attributeType.class)?.[0];
  if (kind === objectClass.privateKey) found.privateKeys++;
  else if (kind === objectClass.publicKey) found.publicKeys++;
  else if (kind === objectClass.certificate) found.certificates.push(session.attribute(object, attributeType.value) ?? Buffer.alloc(0));
  else found.others++;
}
