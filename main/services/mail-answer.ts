import type { MailAnswer } from '../contract/mail.ts';
import type { FileContent } from '../contract/secret.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { isAwaited, stateAt } from '../domain/mail-client/mail-package.ts';
import { codesIn } from '../domain/mail-client/test-message.ts';
import { readableMail } from '../domain/mime/readable-mail.ts';
import { verifyMail } from '../domain/mime/verify-mail.ts';
import type { Stores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { MailTestRecord } from '../ports/stores/mail-tests.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { Commit } from './handler.ts';
import { releaseSigningKeys } from './mail-proof.ts';
import type { MailTestParts } from './mail-test.ts';
import { viewTest } from './mail-test-view.ts';
import { openFor } from './open-mail.ts';
import { trustOf } from './practice-trust.ts';
import { readSubmission } from './submission-record.ts';

/**
 * Takes the answer to a test message. Whoever knows the code has opened the message, and the signature says who answers: both together prove that the
 * person's mail program opens and signs. An answer that was encrypted is opened with the key of the practice's own mailbox, and no other.
 * @throws AppError client.proof-unsigned, client.proof-no-code, client.proof-other-signer, client.proof-old-certificate, client.proof-expired,
 * client.proof-used; input.no-key-here for one that is encrypted to somebody else; input.malformed-mail
 */
export async function takeProof(parts: MailTestParts, operator: UnlockedOperator, file: FileContent): Promise<Commit<MailAnswer>> {
  const stores = parts.read();
  const { sender } = await readSubmission(stores);
  const content = (await openFor(parts, operator, file, sender)) ?? file.bytes;
  const signers = await signersOf(parts, content);
  const test = await testIn(parts, content);
  const row = await certificateBy(parts, test, signers);
  requireOpen(test, parts.clock.now());
  const person = await stores.people.find(test.personId);
  return async (written, { time }) => {
    await written.mailTests.change(test.id, ['made', 'waiting'], { state: 'proved', provedAt: time, provedWith: row.id });
    const packages = await provePackages(written, test, row.id, time);
    await proveSetups(written, test, time);
    const released = test.personId === sender ? [] : await releaseSigningKeys(written, [row.id], time);
    const { client } = test;
    const proved: MailTestRecord = { ...test, state: 'proved', provedAt: time, provedWith: row.id };
    return {
      value: { test: viewTest(proved), person: test.personId, name: person?.name ?? '', client, provedAt: time, packages, released },
      subject: { person: test.personId, test: test.id, ...(client === null ? {} : { client }), certificates: [row.id], packages, released },
      pushes: [{ name: 'people.changed', payload: { people: [test.personId] } }],
    };
  };
}

/** SHA-256 of the certificates that signed the whole of a mail, in good order. @throws AppError client.proof-unsigned */
async function signersOf({ read, toolPrimitives, clock }: MailTestParts, content: Uint8Array): Promise<readonly string[]> {
  const { roots, authorities, crls } = await trustOf(read(), () => true);
  const question = { trust: roots, pool: authorities, crls, allowSha1: false, requireRevocation: false, time: clock.now() };
  const { valid, layers } = verifyMail(content, question, toolPrimitives);
  const signers = (layers[0]?.signers ?? []).flatMap(({ signer }) => (signer === null ? [] : [signer.sha256]));
  if (valid && signers.length > 0) return signers;
  const findings = [...new Set(layers.flatMap((layer) => layer.findings.map(({ code }) => code)))];
  throw new AppError('client.proof-unsigned', 'The answer is not signed, or its signature does not hold.', { findings });
}

/** @throws AppError client.proof-no-code */
async function testIn({ read, sha256Hex }: MailTestParts, content: Uint8Array): Promise<MailTestRecord> {
  for (const code of codesIn(readableMail(content).text)) {
    const test = await read().mailTests.findByCode(sha256Hex(utf8Encode(code)));
    if (test !== undefined) return test;
  }
  throw new AppError('client.proof-no-code', 'No code of a test message from here is in this mail.');
}

/** The person's certificate that signed. @throws AppError client.proof-other-signer, client.proof-old-certificate */
async function certificateBy({ read }: MailTestParts, { personId }: MailTestRecord, signers: readonly string[]): Promise<CertificateRow> {
  const rows = (await read().certificates.ofPerson(personId)).filter(({ sha256 }) => signers.includes(sha256));
  if (rows.length === 0) throw new AppError('client.proof-other-signer', 'Somebody else signed the answer.', { person: personId });
  const row = rows.find(({ isCurrent }) => isCurrent);
  if (row === undefined)
    throw new AppError('client.proof-old-certificate', 'An older certificate signed the answer.', { person: personId });
  return row;
}

/** @throws AppError client.proof-used, client.proof-expired */
function requireOpen({ id, state, expiresAt }: MailTestRecord, now: Date): void {
  if (state === 'proved') throw new AppError('client.proof-used', 'This code was taken already.', { id });
  if (expiresAt <= now.toISOString()) throw new AppError('client.proof-expired', 'This answer came too late.', { id, expiresAt });
}

/** Their packages for the program that answered, with the key that signed. Gives their ids. */
async function provePackages(
  { mailPackages }: Stores,
  test: MailTestRecord,
  certificate: string,
  time: string,
): Promise<readonly string[]> {
  const proved = (await mailPackages.ofPerson(test.personId)).filter(
    (one) => one.client === test.client && one.certificates.includes(certificate) && isAwaited(stateAt(one, new Date(time))),
  );
  for (const { id, state } of proved) await mailPackages.change(id, [state], { state: 'proved', provedAt: time });
  return proved.map(({ id }) => id);
}

async function proveSetups({ mailSetups }: Stores, test: MailTestRecord, time: string): Promise<void> {
  for (const setup of await mailSetups.ofPerson(test.personId))
    if (setup.client === test.client && setup.technology === 'smime')
      await mailSetups.found(setup.id, { checkedAt: setup.checkedAt, findings: [], provedAt: time });
}
