import { AppError } from '../../../domain/errors.ts';
import type { KeyPair } from './x25519.ts';

/** An open key pair that can be closed: from `wipe` on, nothing of its private half is left here. */
export class SecretHalf {
  readonly #publicKey: Buffer;
  readonly #privateKey: Buffer;
  #isOpen = true;

  /** Takes ownership of the private half. */
  constructor(pair: KeyPair) {
    this.#publicKey = pair.publicKey;
    this.#privateKey = pair.privateKey;
  }

  /** Both halves, not copies. @throws AppError session.locked after `wipe` */
  get pair(): KeyPair {
    if (!this.#isOpen) throw new AppError('session.locked', 'The session is locked.');
    return { publicKey: this.#publicKey, privateKey: this.#privateKey };
  }

  wipe(): void {
    this.#isOpen = false;
    this.#privateKey.fill(0);
  }
}
