import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../domain/errors.ts';

/** What Thunderbird does with a key: `personal` signs and opens, `verified` is encrypted to without a question. */
export interface Acceptance {
  /** Hexadecimal, lower case. */
  readonly fingerprint: string;
  readonly decision: 'personal' | 'verified';
  /** Whom it is taken for; none for a personal key, which is asked for by its fingerprint alone. */
  readonly addresses: readonly string[];
}

/** The tables as Thunderbird makes them itself (sqliteDb.sys.mjs). */
const tables = `
  create table if not exists acceptance_email (fpr text not null, email text not null, unique(fpr, email));
  create table if not exists acceptance_decision (fpr text not null, decision text not null, unique(fpr));
  create unique index if not exists acceptance_email_i1 on acceptance_email(fpr, email);
  create unique index if not exists acceptance__decision_i1 on acceptance_decision(fpr);
`;

/** Enters decisions into a profile's openpgp.sqlite. A key the person has rejected stays so. @throws AppError client.unreadable */
export function accept(path: string, acceptances: readonly Acceptance[]): void {
  using(path, (database) => {
    database.exec(`begin immediate; ${tables}`);
    const rejected = database.prepare(`select 1 from acceptance_decision where fpr = ? and decision = 'rejected'`);
    const decide = database.prepare('insert or replace into acceptance_decision (fpr, decision) values (?, ?)');
    const add = database.prepare('insert or ignore into acceptance_email (fpr, email) values (?, ?)');
    for (const { fingerprint, decision, addresses } of acceptances) {
      if (decision === 'verified' && rejected.get(fingerprint) !== undefined) continue;
      decide.run(fingerprint, decision);
      for (const address of addresses) add.run(fingerprint, address.toLowerCase());
    }
    database.exec('commit');
  });
}

/** What is decided of keys, by fingerprint; nothing where there is no such file. @throws AppError client.unreadable */
export function readAcceptances(path: string): ReadonlyMap<string, { readonly decision: string; readonly addresses: ReadonlySet<string> }> {
  if (!existsSync(path)) return new Map();
  return using(path, (database) => {
    database.exec(tables);
    const emails = database.prepare('select email from acceptance_email where fpr = ?');
    const decisions = database.prepare('select fpr, decision from acceptance_decision').all();
    return new Map(
      decisions.map(({ fpr, decision }) => [
        String(fpr),
        { decision: String(decision), addresses: new Set(emails.all(String(fpr)).map(({ email }) => String(email))) },
      ]),
    );
  });
}

/** A foreign file: nothing in it is run. What SQLite says is left out, it might quote what it read. */
function using<T>(path: string, use: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec('pragma trusted_schema = off');
    return use(database);
  } catch {
    throw new AppError('client.unreadable', 'What this profile says of OpenPGP keys cannot be read.', { file: 'openpgp.sqlite' });
  } finally {
    database?.close();
  }
}
