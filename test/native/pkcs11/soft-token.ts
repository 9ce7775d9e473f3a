import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPkcs11Module, type Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Slot } from '../../../native/pkcs11/token.ts';

export const library = '/usr/lib/softhsm/libsofthsm2.so';
export const label = 'Karte für 名';
export const soPin = Buffer.from('87654321');
export const userPin = Buffer.from('123456');

/** SoftHSM with a store of its own; `dispose` when done. */
export function softHsm(): { readonly dispose: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'kw-hsm-'));
  mkdirSync(join(directory, 'tokens'), { mode: 0o700 });
  const configuration = join(directory, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${join(directory, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = configuration;
  return { dispose: () => rmSync(directory, { recursive: true }) };
}

/** Initialises a token with both PINs through the face itself, so that no PIN is ever an argument of a program. */
export function initialiseToken(module: Pkcs11Module): void {
  const [slot] = module.slots('all');
  if (slot === undefined) throw new Error('SoftHSM has no slot');
  module.initToken(slot, soPin, label);
  const session = module.openSession(slotLabelled(module), 'read-write');
  session.login('so', soPin);
  session.initPin(userPin);
  session.close();
}

export function slotLabelled(module: Pkcs11Module): Slot {
  const slot = module.slots('with-token').find((candidate) => module.token(candidate).label === label);
  if (slot === undefined) throw new Error('the token is gone');
  return slot;
}

export const open = (): Pkcs11Module => openPkcs11Module(library);
