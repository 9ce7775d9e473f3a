import { AppError } from '../../domain/errors.ts';
import type { TokenSignature } from '../../ports/tokens.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { ObjectHandle, Pkcs11Session } from '../../../native/pkcs11/session.ts';
import { pinAtUse } from './key-attributes.ts';
import { mechanismsOf, type KeyMechanisms } from './key-mechanisms.ts';
import { closeQuietly, tryingPin } from './logged-in.ts';
import { slotOf } from './survey-tokens.ts';
import { privateKeyOf, signWith } from './token-objects.ts';

interface Held {
  readonly session: Pkcs11Session;
  readonly key: ObjectHandle;
  readonly mechanisms: KeyMechanisms;
  /** With a PIN only for a key that asks for it at each use. */
  readonly atUse: { readonly pin?: Buffer };
}

/** One key of one token, logged in until it is released: for a process that exists for it alone, since a login is a whole process's. */
export class HeldKey {
  #held: Held | undefined;

  /** @throws AppError token.absent; token.pin-incorrect or token.pin-locked with what the token says about tries; not-found */
  hold(module: Pkcs11Module, serialNumber: string, pin: Uint8Array, { ckaId, algorithm }: Omit<TokenSignature, 'data'>): null {
    this.release();
    const slot = slotOf(module, serialNumber);
    const session = module.openSession(slot, 'read-write');
    try {
      tryingPin(module, slot, () => session.login('user', pin));
      const key = privateKeyOf(session, ckaId);
      const { pin: asked } = pinAtUse(session, key, pin);
      const atUse = asked === undefined ? {} : { pin: Buffer.from(asked) };
      this.#held = { session, key, mechanisms: mechanismsOf(algorithm), atUse };
    } catch (error) {
      closeQuietly(session);
      throw error;
    }
    return null;
  }

  /** @throws AppError token.key-not-open when none is held; token.* */
  signEach(datas: readonly Uint8Array[]): Uint8Array[] {
    if (this.#held === undefined) throw new AppError('token.key-not-open', 'No key of a token is open here.');
    const { session, key, mechanisms, atUse } = this.#held;
    return datas.map((data) => signWith(session, mechanisms, key, data, atUse));
  }

  release(): null {
    const held = this.#held;
    this.#held = undefined;
    held?.atUse.pin?.fill(0);
    if (held !== undefined) closeQuietly(held.session);
    return null;
  }
}
