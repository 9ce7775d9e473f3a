import { AppError } from '../domain/errors.ts';
import { readLeaf } from '../domain/audit/leaf.ts';
import { mailboxKey } from '../domain/people/mailbox-key.ts';
import type { PersonDetails, PersonSummary } from '../contract/people.ts';
import { FileContent } from '../contract/secret.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { usualLanguage } from '../domain/locale/languages.ts';
import type { MailLocale } from '../domain/locale/word-mail.ts';
import type { FindingLocale } from '../domain/locale/word-finding.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { isStillGood, summariseCertificate } from './certificate-view.ts';
import { findPerson } from './find-person.ts';
import { handoverSheetFor, type HandoverSheetParts } from './handover-sheet.ts';
import type { AreaHandlers } from './handler.ts';
import { summariseOpenPgp } from './openpgp-view.ts';
import { viewMailSetup } from './mail-setup.ts';
import { lastOfEach, viewTest } from './mail-test-view.ts';
import { soon } from './reports.ts';
import { checkFile, importFile } from './staff-list.ts';

export interface PeopleParts extends HandoverSheetParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly findingLocale: FindingLocale;
  readonly mailLocale: MailLocale;
}

/** People: the list, one person's page, taking them in, and their leaving. */
export function createPeopleHandlers(parts: PeopleParts): AreaHandlers<'people'> {
  return {
    list: async (query) => {
      const stores = parts.read();
      const endingBefore = soon(parts.clock.now());
      const page = await stores.people.page({ ...query, endingBefore });
      const list = { people: page.rows.map(summarisePerson), counts: await stores.people.counts(endingBefore) };
      return page.next === undefined ? list : { ...list, next: page.next };
    },
    show: async ({ person }) => showPerson(parts, await findPerson(parts.read(), person)),
    checkStaffList: async ({ file, repairs }) => checkFile(parts, file, repairs),
    import: async ({ file, repairs }) => importFile(parts, file, repairs),
    add: async (input) => {
      const id = parts.random.uuid();
      const mailboxes = input.emails.map((address, position) => ({
        personId: id,
        address,
        normalized: mailboxKey(address),
        position,
      }));
      return async (stores, { time }) => {
        const { name, givenName = null, surname = null, department = null, role = null, staffNumber = null, language = null } = input;
        await stores.people.insert(
          [{ id, name, givenName, surname, department, role, staffNumber, language, status: 'active', createdAt: time, leftAt: null }],
          mailboxes,
        );
        return { value: { person: id }, subject: { person: id }, pushes: [{ name: 'people.changed', payload: { people: [id] } }] };
      };
    },
    setLanguage: async ({ person: text, language }) => {
      const person = await findPerson(parts.read(), text);
      if (person.status === 'left') throw new AppError('conflict', 'They have left.', { what: 'person', id: person.id });
      return async (stores) => {
        await stores.people.setLanguage(person.id, language);
        const pushes = [{ name: 'people.changed', payload: { people: [person.id] } }] as const;
        return { value: null, subject: { person: person.id, language }, pushes };
      };
    },
    leave: async ({ person: text }) => {
      const person = await findPerson(parts.read(), text);
      if (person.status === 'left') throw new AppError('conflict', 'They have left already.', { what: 'person', id: person.id });
      return async (stores, { time }) => {
        await stores.people.markLeft(person.id, time);
        await stores.vault.leaveToEscrow([person.id]);
        return { value: null, subject: { person: person.id }, pushes: [{ name: 'people.changed', payload: { people: [person.id] } }] };
      };
    },
    handoverSheet: async ({ person: id, ...choice }) => {
      const person = await findPerson(parts.read(), id);
      const html = await handoverSheetFor(parts, person, choice);
      return new FileContent(`${person.mailboxes[0] ?? person.id}-handover.html`, utf8Encode(html));
    },
  };
}

function summarisePerson(row: PersonRow): PersonSummary {
  const { id, name, department, role, staffNumber, status, mailboxes, standing, endsAt } = row;
  return { id, name, department, role, staffNumber, status, mailboxes, standing, endsAt };
}

/** How many of the newest entries about a person their page shows. */
const historyLength = 50;

async function showPerson(parts: PeopleParts, person: PersonRow): Promise<PersonDetails> {
  const stores = parts.read();
  const certificates = await stores.certificates.ofPerson(person.id);
  const openPgp = await stores.openPgp.ofPerson(person.id);
  const { givenName, surname, language, createdAt, leftAt } = person;
  const now = parts.clock.now();
  return {
    ...summarisePerson(person),
    givenName,
    surname,
    language: language ?? usualLanguage,
    createdAt,
    leftAt,
    openPgp: await Promise.all(openPgp.map(async (record) => summariseOpenPgp(stores, record, now))),
    certificates: certificates.map((row) => summariseCertificate(row, now)),
    cards: await cardsOf(stores, certificates, now),
    history: await historyOf(stores, person.id),
    mailSetups: (await stores.mailSetups.ofPerson(person.id)).map((setup) =>
      viewMailSetup(setup, { certificates, openPgp }, now, parts.mailLocale),
    ),
    mailTests: lastOfEach(await stores.mailTests.ofPerson(person.id)).map(viewTest),
  };
}

async function cardsOf(stores: ReadStores, certificates: readonly CertificateRow[], now: Date): Promise<PersonDetails['cards']> {
  const places = await stores.tokens.placesOf(certificates.map(({ keyId }) => keyId));
  const lost = await stores.tokens.lost();
  const placeOf = new Map(places.map(({ keyId, serialNumber }) => [keyId, serialNumber]));
  const bySerialNumber = Map.groupBy(
    certificates.filter(({ keyId }) => placeOf.has(keyId)),
    ({ keyId }) => placeOf.get(keyId) ?? '',
  );
  return [...bySerialNumber].map(([serialNumber, rows]) => ({
    serialNumber,
    lostAt: lost.find((loss) => loss.serialNumber === serialNumber)?.lostAt ?? null,
    isInUse: rows.some((row) => isStillGood(row, now)),
  }));
}

async function historyOf(stores: ReadStores, personId: string): Promise<PersonDetails['history']> {
  const page = await stores.auditLog.page({ personId, limit: historyLength });
  const names = new Map((await stores.operators.list()).map(({ id, name }) => [id, name]));
  return page.rows.map(({ index, leaf }) => {
    const { time, action, outcome, operator, subject } = readLeaf(leaf);
    return { index, time, action, outcome, operator: operator === undefined ? null : (names.get(operator) ?? null), subject };
  });
}
