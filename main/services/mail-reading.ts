import type { Secret } from '../contract/secret.ts';
import { judgeReading } from '../domain/mail-client/judge-reading.ts';
import { judgeOpenPgp } from '../domain/mail-client/judge-openpgp.ts';
import type { MailClientId, MailReading, MailTechnology } from '../domain/mail-client/mail-client.ts';
import type { MailFinding } from '../domain/mail-client/mail-finding.ts';
import type { Stores } from '../ports/database.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { MailExportParts } from './mail-export.ts';
import { openPgpOf } from './mail-openpgp.ts';
import { lookForOpenPgp } from './mail-openpgp-export.ts';
import { findMailClient } from './mail-profile.ts';
import { gatherSetup } from './mail-setup.ts';

/** The program on this computer that is looked at. */
export interface ProgramHere {
  readonly client: MailClientId;
  readonly target?: string | undefined;
  /** Certificates where nothing is said. */
  readonly technology?: MailTechnology | undefined;
  readonly profilePassword?: Secret | undefined;
  /** Whom they are to be able to encrypt to. */
  readonly recipients?: readonly string[] | undefined;
}

/** What a program has for somebody, and what is wrong with it. */
export interface Found {
  readonly place: Place;
  readonly findings: readonly MailFinding[];
}

export interface ReadBack extends Found {
  readonly reading: MailReading;
}

interface Place {
  readonly personId: string;
  readonly client: MailClientId;
  readonly technology: MailTechnology;
  /** The path of the profile. */
  readonly target: string;
}

/** Reads back what a mail program has for somebody, certificates or OpenPGP keys. @throws AppError as `MailClient.read` */
export const look = (parts: MailExportParts, person: PersonRow, here: ProgramHere): Promise<Found> =>
  here.technology === 'openpgp' ? readBackOpenPgp(parts, person, here) : readBack(parts, person, here);

async function readBackOpenPgp(parts: MailExportParts, person: PersonRow, here: ProgramHere): Promise<Found> {
  const { client, request } = await lookForOpenPgp(parts, { ...here, person: person.id, encrypt: 'ask' });
  const findings = judgeOpenPgp(await openPgpOf(client).read(request));
  return { place: { personId: person.id, client: client.id, technology: 'openpgp', target: request.profile.path }, findings };
}

/** Reads back what a mail program has of somebody's certificates. @throws AppError as `MailClient.read` */
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
  const place = { personId: person.id, client: client.id, technology: 'smime', target: profile.path } as const;
  return { place, reading, findings: judgeReading(reading) };
}

/** Writes what was found beside the set-up it is about, where Keyward made it. */
export async function enterFound({ mailSetups }: Stores, { place, findings }: Found, time: string): Promise<void> {
  const { personId, client, target, technology } = place;
  const setup = (await mailSetups.ofPerson(personId)).find(
    (one) => one.client === client && one.target === target && one.technology === technology,
  );
  if (setup === undefined) return;
  await mailSetups.found(setup.id, { checkedAt: time, findings, provedAt: findings.length === 0 ? time : setup.provedAt });
}
