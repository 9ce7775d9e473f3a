/** What the log is watched for. A closed list; the words of each stand in the locale. */
export const alarmRules = [
  'failed-sign-ins',
  'pin-locked',
  'outside-hours',
  'bulk-export',
  'bulk-revocation',
  'recovery',
  'break-glass',
  'revoked-key',
  'review-expired',
  'rollback',
  'sink-down',
] as const;
export type AlarmRule = (typeof alarmRules)[number];

/** What stands on the overview under words of its own already, as long as it lasts. */
const told: ReadonlySet<AlarmRule> = new Set(['recovery', 'break-glass', 'rollback', 'sink-down']);

/** Whether the overview says it as an alarm. */
export const isToldAsAlarm = (rule: AlarmRule): boolean => !told.has(rule);
