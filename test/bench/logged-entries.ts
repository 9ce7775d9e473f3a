import { randomUUID } from 'node:crypto';
import type { AuditQuery } from '../../main/ports/stores/audit-log.ts';
import type { EntryDraft } from '../../main/services/audit-trail.ts';

const people = Array.from({ length: 20_000 }, () => randomUUID());
const operators = Array.from({ length: 12 }, () => randomUUID());
const [job] = people;
const at = <T>(all: readonly T[], index: number): T => all[index % all.length] as T;

const causes = [
  'card lost',
  'left the practice',
  'name changed by marriage',
  'suspected phishing',
  'laptop stolen on the train',
  'new role in cardiology',
];

/** Every draft is the same for the same number but for ids: what a busy practice's years look like. */
export function draftOf(number: number): EntryDraft {
  const [person, operator] = [at(people, number * 7919), at(operators, number)];
  const common = { operator, host: 'window', outcome: 'success' } as const;
  const kind = number % 20;
  if (kind < 9)
    return { ...common, action: 'enrollment.issue', subject: { job: job ?? '', person, certificates: [randomUUID(), randomUUID()] } };
  if (kind < 12) return { ...common, action: 'session.sign-in', subject: { method: 'passphrase' } };
  if (kind < 13) return { ...common, action: 'session.sign-in', subject: {}, outcome: 'failed', error: 'session.sign-in-failed' };
  if (kind < 15) return { ...common, action: 'audit.read', subject: {} };
  if (kind < 17) return { ...common, action: 'people.add', subject: { people: [person] } };
  if (kind < 19)
    return {
      ...common,
      action: 'certificate.revoke',
      subject: { person, certificates: [randomUUID()], revocation: 'keyCompromise' },
      reason: `${at(causes, number * 31)}, case ${2000 + (number % 7001)}`,
    };
  return { ...common, action: 'certificate.export', subject: { person, certificate: randomUUID(), format: 'p12-modern' } };
}

const month = '2021-10-01T00:00:00.000Z';
const typed = [
  'case 2031',
  'cardiology',
  'card lost',
  'revoke 4711',
  'phishing',
  'sign-in failed',
  'stolen train 88',
  'marriage',
  'p12-modern',
  'success',
  'enrol',
  'keycompromise 90',
  'nothing like it',
];

/** What the window asks for while somebody types these, letter by letter, over everything, over a year and over one kind of act; and ids whole. */
export function* searches(): Generator<readonly [string, Partial<AuditQuery>]> {
  for (const text of typed)
    for (let length = 1; length <= text.length; length++) {
      const search = text.slice(0, length);
      yield [search, { search }];
      yield [`${search}, since ${month}`, { search, from: month }];
      yield [`${search}, revoked`, { search, actions: ['certificate.revoke'] }];
    }
  for (const person of people.slice(0, 20)) yield ['an id', { search: person }];
}
