import type { Language } from '../../domain/locale/languages.ts';
import type { Page, PageRequest } from '../page.ts';

export interface PersonRecord {
  readonly id: string;
  readonly name: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly department: string | null;
  /** What they do, as on the staff list. */
  readonly role: string | null;
  readonly staffNumber: string | null;
  /** Of the pages they are handed; null where nobody said. */
  readonly language: Language | null;
  readonly status: 'active' | 'left';
  /** RFC 3339 instants, UTC. */
  readonly createdAt: string;
  readonly leftAt: string | null;
}

export interface MailboxRecord {
  readonly personId: string;
  /** As a person writes it. */
  readonly address: string;
  /** As compared: see `mailboxKey`. Unique over all people who have not left. */
  readonly normalized: string;
  /** 0 is the main mailbox. */
  readonly position: number;
}

/**
 * How a person stands, kept with the row so that lists sort by need without touching certificates.
 * `none`: nothing was issued. `stopped`: a certificate in use was revoked and not replaced. `held`: one is on
 * hold, and none revoked. `covered`: a pair is in use.
 */
export type Standing = 'none' | 'stopped' | 'held' | 'covered';

export interface PersonRow extends PersonRecord {
  readonly mailboxes: readonly string[];
  readonly standing: Standing;
  /** The earliest end among the certificates in use. */
  readonly endsAt: string | null;
}

/**
 * `left` is those who have left; all others are about those who have not. `attention`: stopped, on hold, or ending. `stopped` and `held`:
 * of that standing. `ending`: what they
 * use ends before a given instant. `uncovered`: standing `none`.
 */
export type PeopleFilter = 'everyone' | 'attention' | 'stopped' | 'held' | 'ending' | 'uncovered' | 'left';
/** `need`: the stopped, then those without certificates, then the covered, each by what ends first. Absent departments and ends come last. */
export type PeopleSort = 'need' | 'name' | 'department' | 'ends';

export interface PeopleQuery extends PageRequest {
  /** Matches name, address, department or staff number, at the beginning of a word, ignoring case and marks. */
  readonly search?: string | undefined;
  readonly filter: PeopleFilter;
  readonly sort: PeopleSort;
  readonly descending?: boolean | undefined;
  /** For `ending` and `attention`: what ends before this instant. */
  readonly endingBefore: string;
}

export interface PeopleCounts {
  readonly everyone: number;
  readonly attention: number;
  readonly stopped: number;
  readonly held: number;
  readonly ending: number;
  readonly uncovered: number;
  readonly left: number;
}

export interface PeopleReader {
  find(id: string): Promise<PersonRow | undefined>;
  /** In the order of the ids; who is not there is left out. */
  findMany(ids: readonly string[]): Promise<readonly PersonRow[]>;
  /** The first of the ids that is nobody's. */
  firstUnknown(ids: readonly string[]): Promise<string | undefined>;
  /** By normalised address, among people who have not left. */
  findByAddresses(normalized: readonly string[]): Promise<ReadonlyMap<string, PersonRow>>;
  /** Somebody who has not left before somebody who has. */
  findByStaffNumber(staffNumber: string): Promise<PersonRow | undefined>;
  page(query: PeopleQuery): Promise<Page<PersonRow>>;
  counts(endingBefore: string): Promise<PeopleCounts>;
  /** Of those who have not left, in order; one spelling where they differ only by case or marks. */
  departments(): Promise<readonly string[]>;
}

export interface PeopleStore extends PeopleReader {
  /** @throws AppError conflict when an address already belongs to somebody who has not left. */
  insert(people: readonly PersonRecord[], mailboxes: readonly MailboxRecord[]): Promise<void>;
  /** @throws AppError not-found */
  setStanding(people: readonly { readonly id: string; readonly standing: Standing; readonly endsAt: string | null }[]): Promise<void>;
  /** @throws AppError stale for who is not there, or has left. */
  setLanguage(id: string, language: Language): Promise<void>;
  /** Frees their addresses. @throws AppError stale for who is not there, or has left already. */
  markLeft(id: string, at: string): Promise<void>;
}
