import type { MailCheck } from '../contract/mail.ts';
import { AppError } from '../domain/errors.ts';
import { mailKitName, type MailKitId } from '../domain/mail-client/kit/kits.ts';
import { mailClientIds, type MailClientId } from '../domain/mail-client/mail-client.ts';
import type { MailFinding } from '../domain/mail-client/mail-finding.ts';
import type { MailProgramId } from '../domain/mail-client/test-message.ts';
import type { MailLocale } from '../domain/locale/word-mail.ts';
import type { ReadStores } from '../ports/database.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { certificateStatus } from './certificate-view.ts';
import { findPerson } from './find-person.ts';
import type { Commit } from './handler.ts';
import type { MailExportParts } from './mail-export.ts';
import { viewFinding } from './mail-profile.ts';
import { enterFound, look, type ProgramHere } from './mail-reading.ts';

export interface MailCheckParts extends MailExportParts {
  readonly mailLocale: MailLocale;
}

interface CheckInput extends Omit<ProgramHere, 'client'> {
  readonly person: string;
  readonly client: MailProgramId;
}

/**
 * Looks again whether a mail program does what it should for somebody, and writes down what was found, as `mail prove` does.
 * @throws AppError not-found, unsupported; as `MailClient.read`
 */
export async function checkProgram(parts: MailCheckParts, input: CheckInput): Promise<Commit<MailCheck>> {
  const person = await findPerson(parts.read(), input.person);
  const { client } = input;
  if (isHere(client)) return checkHere(parts, person, { ...input, client });
  if (input.technology !== 'openpgp') return checkElsewhere(parts, person, client);
  throw new AppError('unsupported', 'OpenPGP keys are not handed to this mail program from here.', {
    what: `OpenPGP in ${mailKitName(client)}`,
  });
}

const isHere = (client: MailProgramId): client is MailClientId => mailClientIds.some((id) => id === client);

async function checkHere(parts: MailCheckParts, person: PersonRow, here: ProgramHere): Promise<Commit<MailCheck>> {
  const found = await look(parts, person, here);
  const { findings, place } = found;
  return async (stores, { time }) => {
    await enterFound(stores, found, time);
    return committed(parts, person.id, { findings, profile: place.target, provedAt: findings.length === 0 ? time : null });
  };
}

async function checkElsewhere(parts: MailCheckParts, person: PersonRow, client: MailKitId): Promise<Commit<MailCheck>> {
  const found = await answerOf(parts.read(), person.id, client, parts.clock.now());
  return async () => committed(parts, person.id, { ...found, profile: null });
}

/** What the last answer of a program to a test message is still worth: while it was signed with what is in use now. */
async function answerOf(stores: ReadStores, personId: string, client: MailKitId, now: Date) {
  const test = (await stores.mailTests.ofPerson(personId)).find((one) => one.client === client && one.state === 'proved');
  const finding = (code: 'not-tested' | 'test-outdated'): MailFinding => ({ code, detail: mailKitName(client) });
  if (test === undefined) return { findings: [finding('not-tested')], provedAt: null };
  for (const id of [test.provedWith ?? '', test.encryptedTo]) {
    const row = await stores.certificates.find(id);
    if (row === undefined || !row.isCurrent || certificateStatus(row, now) !== 'valid')
      return { findings: [finding('test-outdated')], provedAt: null };
  }
  return { findings: [], provedAt: test.provedAt };
}

interface Found {
  readonly findings: readonly MailFinding[];
  readonly profile: string | null;
  readonly provedAt: string | null;
}

function committed({ mailLocale }: MailCheckParts, person: string, { findings, profile, provedAt }: Found) {
  return {
    value: { isReady: findings.length === 0, profile, findings: findings.map((one) => viewFinding(one, mailLocale)), provedAt },
    subject: { person, findings: findings.map(({ code }) => code) },
    pushes: [{ name: 'people.changed', payload: { people: [person] } } as const],
  };
}
