import type { MailProof } from '../contract/mail.ts';
import { AppError } from '../domain/errors.ts';
import { leavesOnceProved, requireMayLeave } from '../domain/key/leaves-vault.ts';
import type { Stores } from '../ports/database.ts';
import { findPerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import type { MailExportParts } from './mail-export.ts';
import { enterFound, readBack, type ProgramHere } from './mail-reading.ts';
import { readPolicies } from './policies.ts';
import { readSubmission } from './submission-record.ts';

interface ProofInput extends ProgramHere {
  readonly person: string;
}

/**
 * Reads a profile back, and where mail would be signed, encrypted and opened there, enters that as proved. The private keys it signs
 * with then leave the vault, unless the policy keeps them: from then on only that person signs in their name.
 * @throws AppError client.not-proved with what is missing, and nothing is destroyed; as `MailClient.read`
 */
export async function proveClient(parts: MailExportParts, input: ProofInput): Promise<Commit<MailProof>> {
  const person = await findPerson(parts.read(), input.person);
  const found = await readBack(parts, person, input);
  const { findings, place, reading } = found;
  if (findings.length > 0)
    throw new AppError('client.not-proved', 'The mail program would not sign and encrypt as it should.', {
      findings: findings.map(({ code }) => code),
    });
  const certificates = [
    ...new Set(reading.identities.flatMap(({ sign }) => (sign.certificate === undefined ? [] : [sign.certificate.id]))),
  ];
  return async (stores, { time }) => {
    await enterFound(stores, found, time);
    const isOurs = (await readSubmission(stores)).sender === person.id;
    const released = isOurs ? [] : await releaseSigningKeys(stores, certificates, time);
    return {
      value: { provedAt: time, client: place.client, profile: place.target, released },
      subject: { person: person.id, certificates, released },
      pushes: [{ name: 'people.changed', payload: { people: [person.id] } }],
    };
  };
}

/**
 * Within a unit: the vault's copies of the keys of these certificates are overwritten, where they sign only and the policy does not keep
 * them. What is known about them stays, in state destroyed (SP 800-57 Part 1 section 7.2). Gives their ids.
 */
export async function releaseSigningKeys(stores: Stores, certificates: readonly string[], at: string): Promise<readonly string[]> {
  if ((await readPolicies(stores)).keepSigningKeys) return [];
  const released: string[] = [];
  for (const id of certificates) {
    const certificate = await stores.certificates.find(id);
    const key = certificate && (await stores.keys.find(certificate.keyId));
    if (key === undefined || !leavesOnceProved(key)) continue;
    requireMayLeave(key, true);
    await stores.vault.removeSealedKey(key.id);
    await stores.keys.move([{ keyId: key.id, from: key.state, to: 'destroyed', at }]);
    released.push(key.id);
  }
  return released;
}
