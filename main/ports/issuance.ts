import type { ErrorCode, ErrorDetails } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { SubjectPurpose } from '../domain/key/usage.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import type { Issuer } from '../domain/profile/prepare-issuer.ts';
import type { Person } from '../domain/profile/subject.ts';
import type { SealedKeyRecord } from './stores/vault.ts';
import type { OpenSealingKey } from './vault.ts';

/** One certificate to be made, with its key pair unless that is kept elsewhere. */
export interface IssuanceOrder {
  readonly certificateId: string;
  readonly keyId: string;
  /** Id of one of the profiles of the terms. */
  readonly profile: string;
  readonly algorithm: KeyAlgorithm;
  readonly person: Person;
  readonly notBefore: Date;
  /** SubjectPublicKeyInfo, DER, of a key that is kept elsewhere and was proved to be: then no key is made and none sealed. */
  readonly publicKey?: Uint8Array;
}

export interface IssuedCertificate {
  readonly certificateId: string;
  readonly keyId: string;
  /** Id of the profile it was made by, and what that profile's keys are for. */
  readonly profile: string;
  readonly usage: SubjectPurpose;
  readonly algorithm: KeyAlgorithm;
  /** Certificate, DER. */
  readonly der: Uint8Array;
  /** Of the DER, hex. */
  readonly sha256: string;
  /** Of the SubjectPublicKeyInfo, hex. */
  readonly spkiSha256: string;
  readonly serialNumber: string;
  /** RFC 4514. */
  readonly subject: string;
  readonly emails: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Rules of the lint that it breaks, because the terms override them. */
  readonly overridden: readonly string[];
  /** Null for a key that is kept elsewhere. */
  readonly sealedKey: SealedKeyRecord | null;
}

/** What came of one order; one that cannot be made does not stop the others. */
export type IssuanceResult =
  | { readonly ok: true; readonly certificate: IssuedCertificate }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails } };

/** An authority's key loaded into the engine, until `release`. */
export interface LoadedIssuer {
  readonly id: string;
}

/**
 * Makes keys and certificates in bulk: generates, composes, signs and seals, away from the thread that serves the window.
 * Guarantee: a private key exists outside this engine only sealed. Nothing is recorded here: what the caller does not
 * store has never been issued.
 */
/** Signatures of octets, in their order. */
export type SignEach = (datas: readonly Uint8Array[]) => Promise<readonly Uint8Array[]>;

export interface IssuanceEngine {
  /** Loads an authority's key. `pkcs8` stays the caller's to wipe. */
  load(issuer: Issuer, pkcs8: Uint8Array): Promise<LoadedIssuer>;
  /** An authority whose key is kept away from the engine: what it issues is signed by `signEach`, in the order given, and a batch fails with that. */
  loadAway(issuer: Issuer, signEach: SignEach): Promise<LoadedIssuer>;
  /** Results in the order of `orders`. What the lint calls an error is not signed. */
  issue(issuer: LoadedIssuer, orders: readonly IssuanceOrder[], terms: IssuanceTerms): Promise<readonly IssuanceResult[]>;
  release(issuer: LoadedIssuer): void;
  close(): Promise<void>;
}

/** How a batch is made: by which profiles, and for each purpose which sealing keys wrap the data key. */
export interface IssuanceTerms extends SealingPlan {
  readonly profiles: readonly SubscriberProfile[];
  /** The reason that somebody gave to sign also what the lint calls an error; the caller records it. */
  readonly override?: string;
}

/** A signing key is opened by the people compartment only; what decrypts is in escrow as well, from birth, unless its profile says no. */
export interface SealingPlan {
  readonly sign: readonly OpenSealingKey[];
  readonly decrypt: readonly OpenSealingKey[];
}
