import type { MadeMailTest } from '../contract/mail.ts';
import { FileContent } from '../contract/secret.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { wordTest } from '../domain/locale/word-mail.ts';
import { chooseCertificates } from '../domain/mail-client/choose-certificates.ts';
import { isAwaited, stateAt } from '../domain/mail-client/mail-package.ts';
import { testCode, testCodeOctets, type MailProgramId } from '../domain/mail-client/test-message.ts';
import { sealMail } from '../domain/mime/seal-mail.ts';
import { wireAddress } from '../domain/mime/write-mail.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { MessageSubmission } from '../ports/message-submission.ts';
import type { MailTestRecord } from '../ports/stores/mail-tests.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findPerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import { gatherSetup } from './mail-setup.ts';
import type { MailPackageParts } from './mail-packages.ts';
import type { MailLocale } from '../domain/locale/word-mail.ts';
import { viewTest } from './mail-test-view.ts';
import { readPractice } from './practice.ts';
import { withPassword } from './submission.ts';
import { requireSender, requireServer, type Sender } from './submission-record.ts';
import type { Session } from './session-registry.ts';

export interface MailTestParts extends MailPackageParts {
  readonly mailLocale: MailLocale;
  readonly toolPrimitives: ToolPrimitives;
  readonly messageSubmission: MessageSubmission;
  /** Lets everything else have its turn. */
  readonly giveWay: () => Promise<void>;
}

interface TestInput {
  readonly person: string;
  readonly client?: MailProgramId | undefined;
  readonly send: boolean;
  readonly days: number;
}

const dayMilliseconds = 86_400_000;

/** One message on its way: who it is to, who signs it, its code. */
interface Letter {
  readonly record: MailTestRecord;
  readonly person: PersonRow;
  readonly to: string;
  readonly sender: Sender;
  readonly code: string;
}

/**
 * Makes a test message, and sends it where that is asked. It is on record before it leaves, so that its answer counts whatever happens meanwhile.
 * @throws AppError not-found; conflict for who has left; client.no-certificate; client.no-sender and as `senderOf`; client.no-mail-server;
 * as `MessageSubmission.submit`
 */
export async function makeTest(parts: MailTestParts, session: Session, input: TestInput): Promise<Commit<MadeMailTest>> {
  const server = input.send ? await requireServer(parts.read()) : undefined;
  const letter = await planTest(parts, session.operator.id, input);
  const octets = await seal(parts, session.unlocked, letter);
  const { record, to, sender } = letter;
  if (server !== undefined) {
    await parts.auditTrail.record(async (stores) => ({ value: await stores.mailTests.insert(record), entries: [] }));
    const mail = { from: wireAddress(sender.address), to: wireAddress(to), octets };
    await withPassword(parts, session.unlocked, server.passwordId, (password) =>
      parts.messageSubmission.submit(server.server, password, mail),
    );
  }
  return async (stores) => {
    const waiting: MailTestRecord = { ...record, state: 'waiting' };
    if (server === undefined) await stores.mailTests.insert(waiting);
    else await stores.mailTests.change(record.id, ['made', 'waiting'], { state: 'waiting' });
    return {
      value: { test: viewTest(waiting), to, file: server === undefined ? new FileContent(`test-${to}.eml`, octets) : null },
      subject: { person: record.personId, test: record.id, certificates: [record.encryptedTo] },
      pushes: [{ name: 'people.changed', payload: { people: [record.personId] } }],
    };
  };
}

async function planTest(parts: MailTestParts, operatorId: string, input: TestInput): Promise<Letter> {
  const [stores, now] = [parts.read(), parts.clock.now()];
  const sender = await requireSender(stores, parts, now);
  const person = await findPerson(stores, input.person);
  if (person.status === 'left')
    throw new AppError('conflict', 'They have left; nothing is sent to them.', { what: 'person', id: person.id });
  const to = person.mailboxes[0] ?? '';
  const { setup } = await gatherSetup(stores, parts.sha256Hex, person, { encrypt: 'ask', now });
  const { encrypt } = chooseCertificates(setup, { key: to, address: to });
  const chance = parts.random.bytes(testCodeOctets);
  const code = testCode(chance);
  const record: MailTestRecord = {
    id: parts.random.uuid(),
    personId: person.id,
    client: input.client ?? (await likelyProgram(stores, person.id, now)),
    codeSha256: parts.sha256Hex(utf8Encode(code)),
    encryptedTo: encrypt.id,
    state: 'made',
    operatorId,
    madeAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + input.days * dayMilliseconds).toISOString(),
    provedAt: null,
    provedWith: null,
  };
  return { record, person, to, sender, code };
}

/** The one program their packages are for, or the one that was set up here; null where there is none, or more than one. */
async function likelyProgram(stores: ReadStores, personId: string, now: Date): Promise<MailProgramId | null> {
  const packages = (await stores.mailPackages.ofPerson(personId)).filter((one) => isAwaited(stateAt(one, now)));
  const setups = (await stores.mailSetups.ofPerson(personId)).filter(({ technology }) => technology === 'smime');
  const programs = new Set<MailProgramId>([...packages.map(({ client }) => client), ...setups.map(({ client }) => client)]);
  const [only] = programs;
  return programs.size === 1 && only !== undefined ? only : null;
}

async function seal(parts: MailTestParts, operator: UnlockedOperator, { record, person, to, sender, code }: Letter): Promise<Uint8Array> {
  const { name: practice } = await readPractice(parts.read());
  const words = wordTest(parts.mailLocale, { practice, name: person.name, code, day: record.expiresAt.slice(0, 10) });
  const recipient = await parts.read().certificates.der(record.encryptedTo);
  if (recipient === undefined) throw new AppError('store.corrupt', 'A certificate is missing.', { id: record.encryptedTo });
  const { sign, encrypt } = sender.chosen;
  const head = { from: { name: practice, address: sender.address }, to: { name: person.name, address: to }, id: parts.random.uuid() };
  return parts.keyAccess.withPrivateKey(operator, sender.signing.keyId, 'people', (pkcs8) =>
    sealMail(
      {
        head: { ...head, subject: words.subject, date: new Date(record.madeAt) },
        text: words.text,
        signer: {
          pkcs8,
          certificate: readCertificate(sign.der),
          chain: sender.issuers.map((der) => readCertificate(der)),
          ...(encrypt.id === sign.id ? {} : { encryptionCertificate: readCertificate(encrypt.der) }),
        },
        recipient: readCertificate(recipient),
      },
      parts.toolPrimitives,
    ),
  );
}
