import type { AuditEntryView } from '../../../main/contract/audit.ts';
import { alarmRules } from '../../../main/domain/watch/alarm-rule.ts';
import { roles } from '../../../main/domain/access/role.ts';
import { applicationKinds } from '../../../main/domain/people/application.ts';
import type { AuditAction } from '../../../main/domain/audit/action.ts';
import type { ErrorCode } from '../../../main/domain/errors.ts';
import { wordError } from '../../../main/domain/locale/word-error.ts';
import { errorMessages } from '../../i18n/locale.ts';
import { t, type MessageKey, type Values } from '../../i18n/translate.ts';
import { cardEnding } from '../cards/card-names.ts';
import { reasonWords } from '../revoke/reasons.ts';

export type Told = Pick<AuditEntryView, 'action' | 'subject' | 'names' | 'outcome' | 'error' | 'operator' | 'origin'>;

/** A sentence and what stands in it. `name` and `who` are names of people. */
export interface EntryWords {
  readonly of: MessageKey;
  readonly with: Values;
}

/** What an entry says, as a sentence with names. */
export function entryWords(entry: Told): EntryWords {
  const values = valuesOf(entry);
  // What Keyward found by itself is no attempt of anybody.
  if (entry.outcome === 'success' || entry.action === 'audit.rollback') return { of: didKey(entry), with: values };
  return { of: `attempt.${entry.outcome}`, with: { what: attemptWords(entry, values), error: errorWords(entry.error) } };
}

const unnamed = [
  'certificate.renew',
  'openpgp.generate',
  'openpgp.generate-on-card-begin',
  'openpgp.generate-on-card',
  'openpgp.move-to-card-begin',
  'openpgp.move-to-card',
  'openpgp.change-card-pin-begin',
  'openpgp.change-card-pin',
  'token.enroll',
  'token.generate',
  'token.reconcile',
  'token.change-pin-begin',
  'token.change-pin',
  'token.unblock-begin',
  'token.unblock',
  'token.secure-begin',
  'token.secure',
  'token.lost',
  'token.found',
  'token.import-begin',
  'token.import',
  'token.wipe-begin',
  'token.wipe',
  'profile.add',
  'profile.edit',
] as const;

/** What was refused before anybody looked at what was asked, as to a role that may not do it, is about nobody in particular. */
function attemptWords({ action, subject }: Told, values: Values): string {
  const general = Object.keys(subject).length === 0 ? unnamed.find((one) => one === action) : undefined;
  return general === undefined ? t(`attempt.${action}`, values) : t(`attempt-unnamed.${general}`);
}

/** The same as plain text, to be announced. */
export const entryText = (entry: Told): string => {
  const words = entryWords(entry);
  return t(words.of, words.with);
};

/** Who did it; what nobody signed in did, the core did by itself or a stranger tried. */
export function whoDid({ operator, origin }: Pick<Told, 'operator' | 'origin'>): string {
  return operator ?? t(origin.host === 'core' ? 'audit.keyward' : 'audit.stranger');
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorMessages, code);

/** The error of an entry in words; one this window does not know stays as it is. */
export function errorWords(error: string | null): string {
  if (error === null) return '';
  return isErrorCode(error) ? wordError(error, {}, errorMessages).text : error;
}

function didKey({ action, subject }: Told): MessageKey {
  if (isForSomebody(action) && 'person' in subject) return `did.${action}-person`;
  if ((action === 'session.sign-in' || action === 'session.recover') && 'awaits' in subject) return `did.${action}-awaits`;
  if (action === 'session.lock' && subject['why'] === 'idle') return 'did.session.lock-idle';
  if (action === 'session.lock' && subject['why'] === 'card') return 'did.session.lock-card';
  if (action === 'session.sign-in' && 'token' in subject) return 'did.session.sign-in-card';
  if (action === 'session.prove' && 'token' in subject) return 'did.session.prove-card';
  if (action === 'backup.restored' && 'missing' in subject) return 'did.backup.restored-missing';
  if (action === 'audit.export' && subject['part'] === 'selection') return 'did.audit.export-selection';
  if (action === 'audit.export' && subject['part'] === 'checkpoint')
    return subject['way'] === 'paper' ? 'did.audit.export-paper' : 'did.audit.export-checkpoint';
  if (action === 'token.lost' && !('person' in subject)) return 'did.token.lost-nobody';
  if (action === 'token.settle' && !('person' in subject)) return 'did.token.settle-authority';
  return action === 'certificate.export' && 'authority' in subject ? 'did.certificate.export-authority' : `did.${action}`;
}

const forSomebody = ['authority.sign-request', 'certificate.request', 'certificate.request-withdraw', 'certificate.accept'] as const;

const isForSomebody = (action: AuditAction): action is (typeof forSomebody)[number] => forSomebody.some((one) => one === action);

/** What the count of a sentence counts. */
const counted: Partial<Record<AuditAction, string>> = {
  'people.import': 'imported',
  'enrollment.start': 'people',
  'enrollment.finish': 'done',
  'certificate.revoke': 'certificates',
  'certificate.suspend': 'certificates',
  'certificate.resume': 'certificates',
  'certificate.import': 'certificates',
  'key.add-compromised': 'keys',
};

function valuesOf(entry: Told): Values {
  const { subject, action } = entry;
  const count = counted[action] === undefined ? undefined : countOf(subject[counted[action]]);
  return {
    who: typeof subject['name'] === 'string' && entry.operator === null ? subject['name'] : whoDid(entry),
    name: nameOf(entry),
    practice: text(subject['practice']),
    minutes: text(subject['idleLockMinutes']),
    file: text(subject['file']),
    number: text(subject['number']),
    size: text(subject['size']),
    alarm: text(subject['alarm']),
    incident: text(subject['incident']),
    what: alarmWords(subject['rule']),
    entries: text(subject['entries']),
    missing: text(subject['missing']),
    profile: text(subject['profile']),
    role: roleName(subject['role']),
    kind: applicationName(subject['kind']),
    before: roleName(subject['before']),
    token: cardEnding({ serialNumber: text(subject['token']) }),
    reason: reasonWords(text(subject['reason'])).toLowerCase(),
    ...(count === undefined ? {} : { count }),
  };
}

/** What an alarm says; nothing for a rule that this window does not know. */
const alarmWords = (fact: AuditEntryView['subject'][string] | undefined): string =>
  alarmRules.filter((rule) => rule === fact).map((rule) => t(`alarm.${rule}`))[0] ?? '';

/** A role in words; nothing where an entry names none that this window knows. */
const roleName = (fact: AuditEntryView['subject'][string] | undefined): string =>
  roles.filter((role) => role === fact).map((role) => t(`window.role.${role}`).toLowerCase())[0] ?? '';

/** What somebody applied for in words; nothing where an entry names nothing that this window knows. */
const applicationName = (fact: AuditEntryView['subject'][string] | undefined): string =>
  applicationKinds.filter((kind) => kind === fact).map((kind) => t(`application-kind.${kind}`))[0] ?? '';

const text = (fact: AuditEntryView['subject'][string] | undefined): string =>
  fact === undefined || typeof fact === 'object' ? '' : String(fact);

export function countOf(fact: AuditEntryView['subject'][string] | undefined): number {
  if (typeof fact === 'number') return fact;
  return typeof fact === 'object' ? fact.length : 0;
}

/** The person or authority an entry is about, as it is called now; else what is left of it, its id. */
function nameOf({ subject, names }: Told): string {
  const ids = [subject['operator'], subject['person'], subject['authority'], subject['people'], subject['kept']].flatMap(
    (fact) => fact ?? [],
  );
  const [id] = ids.map(String).filter((value) => value !== '');
  return Object.values(names)[0] === undefined ? (id ?? '') : ((id === undefined ? undefined : names[id]) ?? Object.values(names)[0] ?? '');
}
