import type { StoredKeyAlgorithm } from '../../domain/key/algorithm.ts';
import type { KeyState } from '../../domain/key/state.ts';
import type { KeyStoreKind } from '../../domain/key/store.ts';
import type { KeyUsagePurpose } from '../../domain/key/usage.ts';

export interface KeyRecord {
  readonly id: string;
  readonly algorithm: StoredKeyAlgorithm;
  readonly usage: KeyUsagePurpose;
  readonly state: KeyState;
  readonly store: KeyStoreKind;
  readonly personId: string | null;
  /** SHA-256 of the SubjectPublicKeyInfo, hex: unique, so a key is never recorded twice. */
  readonly spkiSha256: string;
  readonly createdAt: string;
}

export interface KeyTransition {
  readonly keyId: string;
  readonly from: KeyState;
  readonly to: KeyState;
  readonly at: string;
}

export interface KeyReader {
  find(id: string): Promise<KeyRecord | undefined>;
  ofPerson(personId: string): Promise<readonly KeyRecord[]>;
  /** The key with this SHA-256 of its SubjectPublicKeyInfo, hex: whether one that comes in is known already. */
  findBySpki(spkiSha256: string): Promise<KeyRecord | undefined>;
  transitions(keyId: string): Promise<readonly KeyTransition[]>;
}

export interface KeyStore extends KeyReader {
  /** Records the keys and their first transition (preActive to their state) at `createdAt`. */
  insert(keys: readonly KeyRecord[]): Promise<void>;
  /** Writes down that a private key is elsewhere from now on. @throws AppError not-found */
  setStore(keyId: string, store: KeyStoreKind): Promise<void>;
  /** The private half of a key that was elsewhere is kept here from now on. @throws AppError stale for one that is not elsewhere */
  bringHome(keyId: string, store: KeyStoreKind): Promise<void>;
  /** What its certificate lets it do. */
  setUsage(keyId: string, usage: KeyUsagePurpose): Promise<void>;
  /** @throws AppError stale when the key is no longer in `from`. */
  move(transitions: readonly KeyTransition[]): Promise<void>;
}
