import type { KeyAlgorithm } from '../../domain/key/algorithm.ts';
import type { KeyPair } from '../../ports/key-pairs.ts';
import type { SealedKeyRecord } from '../../ports/stores/vault.ts';
import type { SealRequest } from '../../ports/vault.ts';

/** What the issuing thread is given by whoever composes it: key generation and sealing. */
export interface IssuanceTools {
  /** An EC or Edwards key, in line. */
  generateQuickly(algorithm: Exclude<KeyAlgorithm, RsaAlgorithm>): KeyPair;
  /** On the thread pool. */
  generateRsaPair(algorithm: RsaAlgorithm): Promise<KeyPair>;
  /** Lets go of what quick generation keeps between two keys. */
  forgetLastKeys(): void;
  sealPrivateKey(request: SealRequest): SealedKeyRecord;
  /** Fills `target` with fresh random octets, many at a draw: a draw for each serial number costs a thirtieth of a certificate. */
  fillRandom<T extends Uint8Array>(target: T): T;
}

export type RsaAlgorithm = Extract<KeyAlgorithm, `rsa-${string}`>;

export const isRsa = (algorithm: KeyAlgorithm): algorithm is RsaAlgorithm => algorithm.startsWith('rsa-');
