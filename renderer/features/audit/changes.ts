import type { AuditEntryView } from '../../../main/contract/audit.ts';
import { formatFullDay } from '../../i18n/dates.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { countOf } from './entry-words.ts';

type Subject = AuditEntryView['subject'];

/** Facts that are counted, and the sentence they are counted in. */
const counts: readonly (readonly [fact: string, words: MessageKey])[] = [
  ['keys', 'changed.keys'],
  ['kept', 'changed.kept'],
  ['imported', 'changed.imported'],
  ['leftOut', 'changed.left-out'],
  ['done', 'changed.done'],
  ['skipped', 'changed.skipped'],
  ['failed', 'changed.failed'],
];

/** What an entry changed, a line each; nothing where it was refused or only read. */
export function changesOf({ action, subject, outcome }: Pick<AuditEntryView, 'action' | 'subject' | 'outcome'>): readonly string[] {
  if (outcome !== 'success') return [];
  return [
    ...certificatesOf(action, subject),
    ...counts.filter(([fact]) => fact in subject).map(([fact, words]) => t(words, { count: countOf(subject[fact]) })),
    ...listsOf(subject),
    ...('format' in subject ? [t('changed.format', { format: String(subject['format']) })] : []),
    ...(typeof subject['nextUpdate'] === 'string' ? [t('changed.until', { day: formatFullDay(subject['nextUpdate']) })] : []),
  ];
}

function certificatesOf(action: AuditEntryView['action'], { certificates }: Subject): readonly string[] {
  if (certificates === undefined) return [];
  const made = action === 'enrollment.issue' || action === 'certificate.renew';
  const words =
    action === 'certificate.revoke' || action === 'token.lost' ? 'changed.revoked' : made ? 'changed.made' : 'changed.certificates';
  return [t(words, { count: countOf(certificates) })];
}

function listsOf({ lists, number }: Subject): readonly string[] {
  const numbers = [...(typeof lists === 'object' ? lists : []), ...(number === undefined ? [] : [String(number)])];
  return numbers.length === 0 ? [] : [t('changed.lists', { count: numbers.length, numbers: numbers.join(', ') })];
}
