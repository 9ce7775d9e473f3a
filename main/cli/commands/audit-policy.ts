import { AppError } from '../../domain/errors.ts';
import type { Often, OfficeHours, WatchPolicy } from '../../domain/watch/policy.ts';
import type { CliCommand, OptionValues } from '../command.ts';
import { count, text } from '../option-values.ts';

/** What the log is watched for, and how long it is kept. */
export const auditPolicyCommands: readonly CliCommand[] = [
  {
    words: ['audit', 'policy', 'show'],
    usage: '',
    summary: 'what the log is watched for, and how long it is kept',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.incidents.policy({});
      return { json, text: words(json) };
    },
  },
  {
    words: ['audit', 'policy', 'set'],
    usage:
      '[--failed-sign-ins N/MINUTES] [--bulk-exports N/MINUTES] [--bulk-revocations N/MINUTES] [--office-hours DAYS@HH:MM-HH:MM|none] [--time-zone Z] [--review-days N] [--retention-years N]',
    summary: 'set when the log raises an alarm, and how long it is kept; days as mon-fri or mon,wed,sat',
    needs: 'signed-in',
    options: {
      'failed-sign-ins': { type: 'string' },
      'bulk-exports': { type: 'string' },
      'bulk-revocations': { type: 'string' },
      'office-hours': { type: 'string' },
      'time-zone': { type: 'string' },
      'review-days': { type: 'string' },
      'retention-years': { type: 'string' },
    },
    async run({ client, options }) {
      const json = await client.incidents.setPolicy({
        ...given('failedSignIns', often(options, 'failed-sign-ins')),
        ...given('bulkExports', often(options, 'bulk-exports')),
        ...given('bulkRevocations', often(options, 'bulk-revocations')),
        ...given('officeHours', officeHours(options)),
        ...given('reviewDays', count(options, 'review-days')),
        ...given('retentionYears', count(options, 'retention-years')),
      });
      return { json, text: words(json) };
    },
  },
];

const given = <K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]?: V });

const invalid = (field: string, message: string) => new AppError('input.invalid', message, { field, rule: 'form' });

/** `5/15`: five within fifteen minutes. @throws AppError input.invalid */
function often(options: OptionValues, name: string): Often | undefined {
  const value = text(options, name);
  if (value === undefined) return undefined;
  const [, times, minutes] = /^(\d{1,4})\/(\d{1,4})$/.exec(value) ?? [];
  if (times === undefined || minutes === undefined) throw invalid(name, `--${name} takes how many within how many minutes, such as 5/15.`);
  return { count: Number(times), minutes: Number(minutes) };
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** @throws AppError input.invalid */
function officeHours(options: OptionValues): OfficeHours | null | undefined {
  const value = text(options, 'office-hours');
  if (value === undefined || value === 'none') return value === undefined ? undefined : null;
  const [, days, from, to] = /^([a-z,-]+)@(\d\d:\d\d)-(\d\d:\d\d)$/.exec(value) ?? [];
  if (days === undefined || from === undefined || to === undefined)
    throw invalid('office-hours', '--office-hours takes days and times, such as mon-fri@07:30-19:00.');
  const zone = text(options, 'time-zone') ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { days: days.split(',').flatMap(dayRange), from, to, zone };
}

function dayRange(range: string): number[] {
  const [first = '', last = first] = range.split('-');
  const [begin, end] = [dayNames.indexOf(first) + 1, dayNames.indexOf(last) + 1];
  if (begin === 0 || end < begin) throw invalid('office-hours', 'Days are mon, tue, wed, thu, fri, sat and sun, in this order.');
  return Array.from({ length: end - begin + 1 }, (_, at) => begin + at);
}

function words({ failedSignIns, bulkExports, bulkRevocations, officeHours: hours, reviewDays, retentionYears }: WatchPolicy): string {
  const within = (what: string, { count: times, minutes }: Often) => `${times} ${what} within ${minutes} min`;
  const open =
    hours === null
      ? 'No office hours are set: no time is outside.'
      : `Office hours: ${hours.days.map((day) => dayNames[day - 1]).join(',')} ${hours.from}-${hours.to} (${hours.zone}).`;
  return [
    `An alarm: ${within('failed sign-ins', failedSignIns)}; ${within('private keys handed out', bulkExports)}; ${within('certificates revoked', bulkRevocations)}; a recovery not signed off after ${reviewDays} days.`,
    open,
    `Entries stay in the log for ${retentionYears} years.`,
  ].join('\n');
}
