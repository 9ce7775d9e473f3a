import { AppError } from '../errors.ts';
import type { PfxDigest } from './primitives.ts';

/** Rounds of PBKDF2 with SHA-256 that one file may cost: two seconds. GnuTLS writes 3DES with 600,000 rounds, which is two thirds of it. */
const allowance = 12_000_000;

/** What one round costs, measured: that of PKCS #12 goes round by round through the engine, all but SHA-1. */
const weights = {
  pbkdf2: { sha1: 2, sha224: 1, sha256: 1, sha384: 3, sha512: 3 },
  pkcs12: { sha1: 2, sha224: 7, sha256: 7, sha384: 7, sha512: 7 },
} as const;

/** Counts the rounds a file asks for before they are done: a count can be written in four octets and take a day. */
export class WorkBudget {
  #left = allowance;

  /** @throws AppError input.too-large */
  spendPbkdf2(digest: PfxDigest, iterations: number, blocks: number): void {
    this.#spend(iterations * Math.max(1, blocks) * weights.pbkdf2[digest]);
  }

  /** @throws AppError input.too-large */
  spendPkcs12(digest: PfxDigest, iterations: number, blocks: number): void {
    this.#spend(iterations * Math.max(1, blocks) * weights.pkcs12[digest]);
  }

  /** Scrypt costs memory as well: 128 * cost * blockSize octets (RFC 7914). @throws AppError input.too-large */
  spendScrypt(cost: number, blockSize: number, parallelization: number): void {
    if (128 * cost * blockSize > maximumScryptMemory) throw tooMuch();
    this.#spend(cost * blockSize * parallelization * 4);
  }

  #spend(units: number): void {
    if (units > this.#left) throw tooMuch();
    this.#left -= units;
  }
}

const maximumScryptMemory = 128 << 20;

const tooMuch = (): AppError =>
  new AppError('input.too-large', 'This file asks for more rounds of its password derivation than any program would write.', {
    what: 'iterations',
  });
