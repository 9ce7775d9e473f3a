import type { AttestationView } from '../contract/certificates.ts';
import { AppError } from '../domain/errors.ts';
import { hexDecode } from '../domain/encoding/hex.ts';
import { verifyAttestation, type Attestation, type AttestationVerdict } from '../domain/piv/attestation.ts';
import { slotOfPlace } from '../domain/piv/key-places.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import type { TokenKey, Tokens } from '../ports/tokens.ts';
import { attestationIssuersOf } from './attestation-issuers.ts';

export interface AttestationParts {
  readonly primitives: Primitives;
  /** Who certifies cards that attest, DER. */
  readonly attestationIssuers: readonly Uint8Array[];
}

/** A key that a token has made, and what the token says of it. */
export interface AttestedTokenKey extends TokenKey {
  readonly attestation?: Attestation;
  /** As the log has it. */
  readonly attested: AttestationView['state'];
}

type Place = Pick<TokenKeyRecord, 'module' | 'serialNumber' | 'ckaId'>;

/** Asks the token what it says of the key, and believes nothing that does not hold. @throws AppError token.attestation-false, token.removed */
export async function attestKey(
  parts: AttestationParts & { readonly tokens: Tokens; readonly read: () => ReadStores },
  place: Place,
  key: TokenKey,
): Promise<AttestedTokenKey> {
  const attestation = await parts.tokens.attest(place, hexDecode(place.ckaId) ?? new Uint8Array());
  if (attestation === undefined) return { ...key, attested: 'not-offered' };
  const issuers = await attestationIssuersOf(parts, parts.read());
  const verdict = verify({ ...parts, issuers }, attestation, place, key.subjectPublicKeyInfo);
  return { ...key, attestation, attested: verdict === 'unknown-maker' ? verdict : 'verified' };
}

/** Within the unit that records the key. */
export async function keepAttestation(stores: Stores, keyId: string, { attestation }: AttestedTokenKey, createdAt: string): Promise<void> {
  if (attestation !== undefined) await stores.tokens.insertAttestation({ keyId, ...attestation, createdAt });
}

/** What is kept of a key on a token, verified anew; null for a key that is on none. */
export async function describeAttestation(
  parts: AttestationParts,
  stores: ReadStores,
  keyId: string,
  subjectPublicKeyInfo: Uint8Array,
): Promise<AttestationView | null> {
  const [place] = await stores.tokens.placesOf([keyId]);
  if (place === undefined || (await stores.keys.find(keyId))?.store !== 'token') return null;
  const kept = await stores.tokens.attestation(keyId);
  if (kept === undefined) return { state: 'not-offered' };
  try {
    const verdict = verify({ ...parts, issuers: await attestationIssuersOf(parts, stores) }, kept, place, subjectPublicKeyInfo);
    return verdict === 'unknown-maker' ? { state: verdict } : { state: 'verified', ...verdict };
  } catch (error) {
    if (error instanceof AppError) return { state: 'false' };
    throw error;
  }
}

interface Verifying {
  readonly primitives: Primitives;
  readonly issuers: readonly Uint8Array[];
}

function verify({ primitives, issuers }: Verifying, kept: Attestation, place: Place, subjectPublicKeyInfo: Uint8Array): AttestationVerdict {
  const slot = slotOfPlace(Number.parseInt(place.ckaId, 16)) ?? 0;
  const key = { subjectPublicKeyInfo, slot, serialNumber: place.serialNumber };
  return verifyAttestation(kept, key, issuers, primitives);
}
