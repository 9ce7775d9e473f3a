import type { TodoItem } from '../../../main/contract/reports.ts';
import { daysUntil } from '../../i18n/dates.ts';
import type { AlarmRule } from '../../../main/domain/watch/alarm-rule.ts';
import type { MessageKey } from '../../i18n/translate.ts';
import type { Route } from '../../state/navigation.ts';
import type { State } from '../../ui/status.ts';

/** How one thing that needs somebody is said, and where its button leads. */
export interface TodoWords {
  readonly state: State;
  readonly sentence: MessageKey;
  readonly why: MessageKey;
  readonly action: MessageKey;
  /** What the button does, when its words alone do not say for whom. */
  readonly label?: MessageKey;
  /** Left out where the act is done here. */
  readonly to?: Route;
}

const personOr = (item: TodoItem, otherwise: Route): Route => (item.personId === null ? otherwise : { name: 'person', id: item.personId });
const jobOf = (item: TodoItem): Route => ({ name: 'enrol', ...(item.job === null ? {} : { job: item.job }) });
const isOver = (item: TodoItem, now: Date): boolean => item.due !== null && daysUntil(item.due, now) <= 0 && new Date(item.due) <= now;

/** Words and the one button of a thing to do. */
export function wordsFor(item: TodoItem, now: Date): TodoWords {
  switch (item.kind) {
    case 'stopped':
      return { ...stopped, to: item.personId === null ? { name: 'people' } : { name: 'enrol', people: [item.personId] } };
    case 'held':
      return { ...held, to: personOr(item, { name: 'people', filter: 'attention' }) };
    case 'ending':
      return { ...(isOver(item, now) ? ended : ending), to: personOr(item, { name: 'people', filter: 'ending' }) };
    case 'uncovered':
      return { ...uncovered, to: { name: 'people', filter: 'uncovered' } };
    case 'job-stopped':
      return { ...jobStopped, to: jobOf(item) };
    case 'job-failures':
      return { ...jobFailures, to: jobOf(item) };
    case 'token-unfinished':
      return { ...(item.name === null ? tokenMany : tokenUnfinished), to: { name: 'cards' } };
    case 'token-authority-key':
      return { ...(item.name === null ? tokenMany : tokenAuthorityKey), to: { name: 'cards' } };
    case 'list-due':
      return isOver(item, now) ? { ...listDue, state: 'stopped', sentence: 'overview.list-ended' } : listDue;
    case 'sink-down':
      return { ...sinkDown, to: { name: 'audit' } };
    case 'backup-failed':
      return { ...backupFailed, to: { name: 'backup' } };
    case 'backup-old':
      return { ...backupOld, to: { name: 'backup' } };
    case 'backup-none':
      return { ...backupNone, to: { name: 'backup' } };
    case 'alarm':
      return alarmWords(item.rule ?? 'sink-down');
    case 'escrow-alarm':
      return { ...escrowAlarm, to: { name: 'recovery' } };
    case 'escrow-asked':
      return { ...escrowAsked, to: { name: 'recovery' } };
    case 'escrow-review':
      return { ...escrowReview, to: { name: 'recovery' } };
    case 'unsigned-tail':
      return { ...unsignedTail, to: { name: 'audit' } };
    case 'lint':
      return { ...lint, to: { name: 'people', filter: 'attention' } };
  }
}

/** Where an alarm is looked at, whatever it is about. */
const alarmWords = (rule: AlarmRule): TodoWords => ({
  state: 'stopped',
  sentence: `alarm.${rule}`,
  why: `alarm.${rule}-why`,
  action: 'overview.alarm-act',
  label: 'overview.alarm-label',
  to: { name: 'incidents' },
});

const stopped = {
  state: 'stopped',
  sentence: 'overview.stopped',
  why: 'overview.stopped-why',
  action: 'overview.stopped-act',
  label: 'overview.stopped-label',
} as const;
const held = {
  state: 'held',
  sentence: 'overview.held',
  why: 'overview.held-why',
  action: 'overview.held-act',
  label: 'overview.held-label',
} as const;
const ending = {
  state: 'soon',
  sentence: 'overview.ending',
  why: 'overview.ending-why',
  action: 'overview.ending-act',
  label: 'overview.ending-label',
} as const;
const ended = { ...ending, state: 'stopped', sentence: 'overview.ended', why: 'overview.ended-why' } as const;
const uncovered = {
  state: 'waiting',
  sentence: 'overview.uncovered',
  why: 'overview.uncovered-why',
  action: 'overview.uncovered-act',
  label: 'overview.uncovered-label',
} as const;
const jobStopped = {
  state: 'waiting',
  sentence: 'overview.job-stopped',
  why: 'overview.job-stopped-why',
  action: 'overview.job-stopped-act',
  label: 'overview.job-stopped-label',
} as const;
const jobFailures = {
  state: 'stopped',
  sentence: 'overview.job-failures',
  why: 'overview.job-failures-why',
  action: 'overview.job-failures-act',
  label: 'overview.job-failures-label',
} as const;
const tokenUnfinished = {
  state: 'soon',
  sentence: 'overview.token-unfinished',
  why: 'overview.token-unfinished-why',
  action: 'overview.token-act',
  label: 'overview.token-label',
} as const;
const tokenMany = { ...tokenUnfinished, sentence: 'overview.token-many' } as const;
const tokenAuthorityKey = {
  ...tokenUnfinished,
  sentence: 'overview.token-authority-key',
  why: 'overview.token-authority-key-why',
} as const;
const listDue = {
  state: 'soon',
  sentence: 'overview.list-due',
  why: 'overview.list-due-why',
  action: 'overview.list-due-act',
  label: 'overview.list-due-label',
} as const;
const sinkDown = {
  state: 'stopped',
  sentence: 'overview.sink-down',
  why: 'overview.sink-down-why',
  action: 'overview.sink-down-act',
  label: 'overview.sink-down-label',
} as const;
const backupFailed = {
  state: 'stopped',
  sentence: 'overview.backup-failed',
  why: 'overview.backup-failed-why',
  action: 'overview.backup-failed-act',
  label: 'overview.backup-failed-label',
} as const;
const backupOld = {
  state: 'soon',
  sentence: 'overview.backup-old',
  why: 'overview.backup-old-why',
  action: 'overview.backup-act',
  label: 'overview.backup-label',
} as const;
const backupNone = { ...backupOld, sentence: 'overview.backup-none', why: 'overview.backup-none-why' } as const;
const escrowAlarm = {
  state: 'stopped',
  sentence: 'overview.escrow-alarm',
  why: 'overview.escrow-alarm-why',
  action: 'overview.escrow-review-act',
} as const;
const escrowReview = { ...escrowAlarm, state: 'soon', sentence: 'overview.escrow-review', why: 'overview.escrow-review-why' } as const;
const escrowAsked = {
  state: 'waiting',
  sentence: 'overview.escrow-asked',
  why: 'overview.escrow-asked-why',
  action: 'overview.escrow-asked-act',
} as const;
const unsignedTail = {
  state: 'waiting',
  sentence: 'overview.unsigned-tail',
  why: 'overview.unsigned-tail-why',
  action: 'overview.unsigned-tail-act',
} as const;
const lint = { state: 'soon', sentence: 'overview.lint', why: 'overview.lint-why', action: 'overview.lint-act' } as const;
