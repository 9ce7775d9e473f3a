import { AppError } from '../domain/errors.ts';
import { parseKeyAlgorithm } from '../domain/key/algorithm.ts';
import type { Clock } from '../ports/clock.ts';
import type { IssuanceEngine } from '../ports/issuance.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { OpenSealingKey, UnlockedOperator, Vault } from '../ports/vault.ts';
import { keepsSigning } from './due.ts';
import { findActivePerson } from './find-person.ts';
import { isFromOutside } from './from-outside.ts';
import type { Commit } from './handler.ts';
import { importedProfile } from './imported-certificates.ts';
import { issueCertificates } from './issue-certificates.ts';
import { findGoodIssuingAuthority, type IssuerParts } from './issuers.ts';
import { createPlan, ordersFor, overrideOf, termsOf, type IssuancePlan } from './issuance-plan.ts';
import { isUnderKeychain } from './key-access.ts';
import { openKeychainKey, type KeychainOpeningParts } from './keychain-key.ts';
import { readPractice } from './practice.ts';
import { steerAlgorithm } from './steered-algorithm.ts';
import { recordIssued } from './record-issued.ts';
import { createSealingKeys } from './sealing-keys.ts';

interface Renewed {
  readonly certificates: readonly string[];
  readonly kept: readonly string[];
  readonly onToken: readonly string[];
}

export interface RenewalParts extends IssuerParts, KeychainOpeningParts {
  readonly engine: IssuanceEngine;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Gives one person new keys and certificates of the kinds they have in the vault. The old decryption key is kept, so old
 * mail opens; the old certificates stay good until they end. A good signing key on a token is left as it is.
 * @throws AppError not-found, conflict when they left or have nothing to renew, token.enroll-again when what is to be renewed
 * is on a token, input.issued-elsewhere when all they have is from outside, input.unsupported-algorithm
 */
export async function renew(
  parts: RenewalParts,
  operator: UnlockedOperator,
  input: { readonly person: string; readonly algorithm?: string | undefined; readonly override?: string | undefined },
): Promise<Commit<Renewed>> {
  const stores = parts.read();
  const person = await findActivePerson(stores, input.person);
  const before = await stores.certificates.ofPerson(person.id);
  const { inVault, onToken } = divide(before, parts.clock.now());
  if (inVault.length === 0) refuseOutside(before);
  const plan = { ...(await planFor(parts, inVault, input.algorithm)), override: input.override };
  const authority = await findGoodIssuingAuthority(stores, parts.clock.now());
  const sealing = await createSealingKeys(stores, parts.vault, await keychainOf(parts, inVault));
  const orders = ordersFor(plan, person, parts.random, parts.clock.now());
  const made = await issueCertificates(parts, operator, authority, orders, termsOf(plan, sealing.plan));
  const kept = idsOf(inVault.filter(({ keyUsage }) => keyUsage !== 'sign'));
  const issuerSubject = (await stores.certificates.find(authority.certificateId))?.subject ?? '';
  return async (written, { time }) => {
    const now = await written.certificates.ofPerson(person.id);
    if (now.filter(isCurrent).length !== before.filter(isCurrent).length)
      throw new AppError('stale', 'Their certificates have changed meanwhile.', { id: person.id });
    await written.vault.insertSealingKeys(sealing.records);
    await recordIssued(written, {
      plan,
      time,
      issuer: { authority, subject: issuerSubject },
      issued: [{ personId: person.id, certificates: made, before: now.filter(isInVault), beside: now.filter((row) => !isInVault(row)) }],
    });
    const certificates = made.map(({ certificateId }) => certificateId);
    const { subject, ...reason } = overrideOf(plan, made);
    return {
      value: { certificates, kept, onToken: idsOf(onToken) },
      subject: { certificates, kept, ...subject },
      ...reason,
      pushes: [{ name: 'people.changed', payload: { people: [person.id] } }],
    };
  };
}

/**
 * What is in use, by where its key is. A key on a token is replaced by a new one on a token, never by one in software
 * without a word: while it is itself due, or all there is, it is renewed there, and what ends in the vault with it.
 */
function divide(before: readonly CertificateRow[], now: Date) {
  const current = before.filter(isCurrent);
  const [inVault, onToken] = [current.filter(isInVault), current.filter(isOnToken)];
  const isLeftAlone = inVault.length > 0 && onToken.every((row) => keepsSigning(row, now));
  if (onToken.length > 0 && !isLeftAlone)
    throw new AppError('token.enroll-again', 'Their signing key is on a token: enrol them on it again, or on another.', { what: 'token' });
  return { inVault, onToken };
}

const isCurrent = (row: CertificateRow): boolean => row.isCurrent;
const isOnToken = ({ keyStore }: CertificateRow): boolean => keyStore === 'token';
const isInVault = (row: CertificateRow): boolean => row.keyStore === 'vault' && !isFromOutside(row) && row.profile !== importedProfile;
const idsOf = (rows: readonly CertificateRow[]): string[] => rows.map(({ id }) => id);

/** What was sealed under the keychain is renewed under it, never elsewhere without a word. @throws AppError device.* */
async function keychainOf(parts: RenewalParts, rows: readonly CertificateRow[]): Promise<OpenSealingKey | undefined> {
  const { vault } = parts.read();
  for (const { keyId } of rows) if (await isUnderKeychain(parts.read(), await vault.sealedKey(keyId))) return openKeychainKey(parts);
  return undefined;
}

/** Nothing here can make another one of what an authority outside has issued. @throws AppError input.issued-elsewhere */
function refuseOutside(before: readonly CertificateRow[]): void {
  if (before.some((row) => isCurrent(row) && isFromOutside(row)))
    throw new AppError('input.issued-elsewhere', 'What they have is from an authority outside.', { what: 'certificate' });
}

/** The same profiles again, and the algorithm of the newest key, unless another is asked for or the mail programs of the practice want RSA. */
async function planFor(parts: RenewalParts, current: readonly CertificateRow[], algorithm: string | undefined): Promise<IssuancePlan> {
  const newest = current[0];
  if (newest === undefined)
    throw new AppError('conflict', 'They have no certificate that could be renewed: enrol them.', { what: 'certificate' });
  const stores = parts.read();
  const wanted =
    algorithm === undefined
      ? (await steerAlgorithm(stores, parseKeyAlgorithm(newest.keyAlgorithm))).algorithm
      : parseKeyAlgorithm(algorithm);
  const plans = await Promise.all(
    [...new Set(current.map(({ profile }) => profile))].map((profile) => createPlan(stores, profile, wanted)),
  );
  return {
    practiceName: (await readPractice(stores)).name,
    algorithm: wanted,
    profiles: plans.flatMap(({ profiles }) => profiles),
  };
}
