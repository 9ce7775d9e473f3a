import { AppError } from '../domain/errors.ts';
import { mailboxKey } from '../domain/people/mailbox-key.ts';
import type { ReadStores } from '../ports/database.ts';
import type { PersonRow } from '../ports/stores/people.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Somebody by id, mail address or staff number. @throws AppError not-found; input.invalid for an address that is none */
export async function findPerson(stores: ReadStores, text: string): Promise<PersonRow> {
  const person = await look(stores, text.trim());
  if (person === undefined)
    throw new AppError('not-found', 'There is nobody by that id, mail address or staff number.', { what: 'person' });
  return person;
}

/** Somebody by id to whom something may be issued. @throws AppError not-found; conflict when they have left */
export async function findActivePerson(stores: ReadStores, id: string): Promise<PersonRow> {
  const person = await stores.people.find(id);
  if (person === undefined) throw new AppError('not-found', 'There is nobody with this id.', { what: 'person', id });
  if (person.status === 'left') throw new AppError('conflict', 'They have left; nothing new is issued to them.', { what: 'person', id });
  return person;
}

async function look(stores: ReadStores, text: string): Promise<PersonRow | undefined> {
  if (uuid.test(text)) return stores.people.find(text.toLowerCase());
  if (!text.includes('@')) return stores.people.findByStaffNumber(text);
  const key = mailboxKey(text);
  return (await stores.people.findByAddresses([key])).get(key);
}
