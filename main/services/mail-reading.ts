import type { Secret } from '../contract/secret.ts';
import { judgeReading } from '../domain/mail-client/judge-reading.ts';
import type { MailClientId, MailReading } from '../domain/mail-client/mail-client.ts';
import type { MailFinding } from '../domain/mail-client/mail-finding.ts';
import type { Stores } from '../ports/database.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { MailExportParts } from './mail-export.ts';
import { findMailClient } from './mail-profile.ts';
import { gatherSetup } from './mail-setup.ts';

/** The program on this computer that is looked at. */
export interface ProgramHere {
  readonly client: MailClientId;
  readonly target?: string | undefined;
  readonly profilePassword?: Secret | undefined;
  /** Whom they are to be able to encrypt to. */
  readonly recipients?: readonly string[] | undefined;
}

/** What a program has for somebody, and what is wrong with it. */
export interface ReadBack {
  readonly place: Place;
  readonly reading: MailReading;
  readonly findings: readonly MailFinding[];
}

interface Place {
  readonly personId: string;
  readonly client: MailClientId;
  /** The path of the profile. */
  readonly target: string;
}

/** Reads back what a mail program has for somebody. @throws AppError as `MailClient.read` */
export async function readBack(parts: MailExportParts, person: PersonRow, here: ProgramHere): Promise<ReadBack> {
  const client = findMailClient(parts.mailClients, here.client);
  const profile = await client.find(here.target);
  const { setup } = await gatherSetup(parts.read(), parts.sha256Hex, person, {
    encrypt: 'ask',
    now: parts.clock.now(),
    tokens: parts.tokens,
    recipients: here.recipients,
  });
  const reading = await client.read({ profile, setup, password: here.profilePassword?.reveal() });
  return { place: { personId: person.id, client: client.id, target: profile.path }, reading, findings: judgeReading(reading) };
}

/** Writes what was found beside the set-up it is about, where Keyward made it. */
export async function enterFound({ mailSetups }: Stores, { place, findings }: Omit<ReadBack, 'reading'>, time: string): Promise<void> {
  const { personId, client, target } = place;
  const setup = (await mailSetups.ofPerson(personId)).find((one) => one.client === client && one.target === target);
  if (setup === undefined) return;
  await mailSetups.found(setup.id, { checkedAt: time, findings, provedAt: findings.length === 0 ? time : setup.provedAt });
}
