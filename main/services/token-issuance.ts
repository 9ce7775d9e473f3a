import { AppError } from '../domain/errors.ts';
import { readDer } from '../domain/asn1/der-reader.ts';
import { rsaWeakness } from '../domain/key/weak-rsa.ts';
import type { KeyChoice } from '../domain/token/key-choice.ts';
import { challengeRandomOctets, isProven, proofChallenge } from '../domain/token/key-proof.ts';
import { readSubjectPublicKeyInfo } from '../domain/x509/read-public-key.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/database.ts';
import type { IssuanceEngine, IssuanceOrder } from '../ports/issuance.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { TokenIntentRecord } from '../ports/stores/tokens.ts';
import type { FoundToken, TokenKey, TokenLogin } from '../ports/tokens.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import { keepsSigning, whenDue } from './due.ts';
import { isServed, ordersFor, type IssuancePlan } from './issuance-plan.ts';
import { attestKey, keepAttestation, type AttestationParts, type AttestedTokenKey } from './key-attestation.ts';
import { issueCertificates } from './issue-certificates.ts';
import { findGoodIssuingAuthority, type IssuerParts } from './issuers.ts';
import { recordIssued } from './record-issued.ts';
import { requireUnsharedKey } from './sound-key.ts';
import { createSealingKeys } from './sealing-keys.ts';
import { ckaIdOf, tokenLabel, type AtToken, type TokenIntentParts } from './token-intents.ts';

export interface TokenIssuanceParts extends TokenIntentParts, IssuerParts, AttestationParts {
  readonly engine: IssuanceEngine;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly primitives: Primitives;
}

/** One person, one token, and what is to be made for them. */
export interface TokenIssuance {
  readonly person: PersonRow;
  readonly token: FoundToken;
  readonly keys: KeyChoice;
  readonly plan: IssuancePlan;
}

export type TokenKeyParts = AttestationParts & Pick<TokenIssuanceParts, 'read' | 'tokens' | 'random' | 'primitives'>;

/** Whose key it is to be, by name, on which token and of which kind. */
interface TokenKeyMaking {
  readonly person: { readonly name: string };
  readonly token: FoundToken;
  readonly keys: Pick<KeyChoice, 'signing'>;
}

/** @throws AppError token.*; token.attestation-false when what the token says of it does not hold; token.device-failed when the key does not prove that the token holds it; token.weak-key when anybody could compute it */
export async function makeTokenKey(
  parts: TokenKeyParts,
  { person, token, keys }: TokenKeyMaking,
  intent: Pick<TokenIntentRecord, 'module' | 'serialNumber' | 'ckaId'>,
  login: TokenLogin,
): Promise<AttestedTokenKey> {
  const challenge = proofChallenge(parts.random.bytes(challengeRandomOctets));
  const order = { ckaId: ckaIdOf(intent), label: tokenLabel(person.name), algorithm: keys.signing, challenge };
  const key = await parts.tokens.generateKeyPair(token, login, order);
  if (!isProven(parts.primitives, { algorithm: keys.signing, subjectPublicKeyInfo: key.subjectPublicKeyInfo }, challenge, key.proof))
    throw new AppError('token.device-failed', 'The token did not prove that it holds the key it has made.', { what: 'proof' });
  await requireSound(parts, key);
  return attestKey(parts, intent, key);
}

/** Some chips have made RSA keys that can be factored, for years and by the million (CVE-2017-15361). */
async function requireSound(
  { read, primitives }: Pick<TokenIssuanceParts, 'read' | 'primitives'>,
  { subjectPublicKeyInfo }: TokenKey,
): Promise<void> {
  const publicKey = readSubjectPublicKeyInfo(readDer(subjectPublicKeyInfo));
  const { rsa } = publicKey;
  const weakness = rsa && rsaWeakness(rsa.modulus);
  if (weakness !== undefined) throw new AppError('token.weak-key', 'The token has made a key that can be broken.', { weakness });
  await requireUnsharedKey(read(), primitives, publicKey);
}

/** One unit: keys, certificates, where the key is, and that only its certificate is still to be written. */
export async function issueForToken(
  parts: TokenIssuanceParts,
  operator: UnlockedOperator,
  { person, plan: whole, keys, token }: TokenIssuance,
  made: { readonly intent: TokenIntentRecord; readonly key: AttestedTokenKey },
  at: AtToken,
): Promise<readonly string[]> {
  const stores = parts.read();
  const plan = withoutServed(whole, person, await stores.certificates.ofPerson(person.id), parts.clock.now());
  const authority = await findGoodIssuingAuthority(stores, parts.clock.now());
  const subject = (await stores.certificates.find(authority.certificateId))?.subject ?? '';
  const sealing = await createSealingKeys(stores, parts.vault);
  const orders = ordersFor(plan, person, parts.random, parts.clock.now()).map((order, index) =>
    plan.profiles[index]?.usage === 'sign' ? onToken(order, keys, made) : order,
  );
  const certificates = await issueCertificates(parts, operator, authority, orders, { ...sealing.plan, profiles: plan.profiles });
  return parts.auditTrail.record(async (written, { time }) => {
    const before = await written.certificates.ofPerson(person.id);
    requireUncovered(before, new Date(time));
    await written.vault.insertSealingKeys(sealing.records);
    await recordIssued(written, { plan, time, issuer: { authority, subject }, issued: [{ personId: person.id, certificates, before }] });
    await recordPlace(written, made.intent, time);
    await keepAttestation(written, made.intent.keyId, made.key, time);
    const ids = certificates.map(({ certificateId }) => certificateId);
    const entry = { action: 'enrollment.issue', operator: at.operator, host: at.host, outcome: 'success' } as const;
    const about = { person: person.id, token: token.serialNumber, certificates: ids, attestation: made.key.attested };
    return { value: ids, entries: [{ ...entry, subject: about }] };
  });
}

async function recordPlace(stores: Stores, { id, keyId, module, serialNumber, ckaId }: TokenIntentRecord, time: string): Promise<void> {
  await stores.tokens.insertKey({ keyId, module, serialNumber, ckaId });
  await stores.tokens.moveIntent(id, 'begun', 'issued', time);
}

/** A decryption key that goes on serving them is kept: only what they lack is made. */
function withoutServed(plan: IssuancePlan, person: PersonRow, rows: readonly CertificateRow[], now: Date): IssuancePlan {
  const isLacking = (profile: IssuancePlan['profiles'][number]): boolean =>
    profile.usage === 'sign' || !isServed({ ...plan, profiles: [profile] }, person, rows, whenDue(now));
  return { ...plan, profiles: plan.profiles.filter(isLacking) };
}

const onToken = (
  order: IssuanceOrder,
  keys: KeyChoice,
  { intent, key }: { readonly intent: TokenIntentRecord; readonly key: TokenKey },
): IssuanceOrder => ({
  ...order,
  certificateId: intent.certificateId,
  keyId: intent.keyId,
  algorithm: keys.signing,
  publicKey: key.subjectPublicKeyInfo,
});

/** @throws AppError conflict while a key on a token signs for them and is not due to be renewed */
export function requireUncovered(rows: readonly CertificateRow[], now: Date): void {
  if (rows.some((row) => keepsSigning(row, now)))
    throw new AppError('conflict', 'Their signing key is on a token already: revoke its certificate first.', { what: 'token' });
}
