import { AppError } from '../domain/errors.ts';
import { mailboxKey } from '../domain/people/mailbox-key.ts';
import type { ReadStores } from '../ports/database.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { findActivePerson } from './find-person.ts';

/**
 * Whose a request is: the person who was named, else the one who has its mailboxes; undefined where nobody here has any.
 * @throws AppError not-found; conflict when somebody else here has one of the mailboxes, when the one named has none of them, or has left
 */
export async function ownerOfRequest(
  stores: ReadStores,
  mailboxes: readonly string[],
  named: string | undefined,
): Promise<PersonRow | undefined> {
  const owners = new Map(
    [...(await stores.people.findByAddresses(mailboxes.map(mailboxKey))).values()].map((person) => [person.id, person]),
  );
  const person = named === undefined ? undefined : await findActivePerson(stores, named);
  const [first, ...more] = owners.values();
  if (more.length > 0 || (person !== undefined && first !== undefined && first.id !== person.id)) throw severalOwners();
  if (person !== undefined && first === undefined && mailboxes.length > 0) throw notTheirs(person.id);
  return person ?? first;
}

const severalOwners = (): AppError =>
  new AppError('conflict', 'The mailboxes in this request belong to somebody else, or to several people.', { what: 'mailbox' });

const notTheirs = (id: string): AppError =>
  new AppError('conflict', 'None of the mailboxes in this request is theirs.', { what: 'mailbox', id });
