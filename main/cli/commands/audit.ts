import type { AuditEntryView } from '../../contract/audit.ts';
import type { ClockSetBack } from '../../domain/audit/clock-check.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { everyPage } from '../every-page.ts';
import { count, list, optional } from '../option-values.ts';
import { table } from '../table.ts';
import { timeText } from '../time-text.ts';
import { auditCheckpointCommands, suspicionWords } from './audit-checkpoint.ts';
import { auditCompare } from './audit-paper.ts';
import { proofWords } from './audit-time-stamp.ts';
import { auditExport } from './audit-export.ts';
import { auditArchiveCommands, checkArchives } from './audit-archive.ts';
import { auditIncidentCommands } from './audit-incidents.ts';
import { auditPolicyCommands } from './audit-policy.ts';
import { auditSinkCommands } from './audit-sinks.ts';
import { auditWitnessCommands } from './audit-witness.ts';

const line = (entry: AuditEntryView): string[] => [
  String(entry.index),
  timeText(entry.time),
  entry.operator ?? '',
  entry.action,
  entry.outcome === 'success' ? '' : `${entry.outcome}: ${entry.error ?? ''}`,
  Object.values(entry.names).join(', '),
];

export const auditCommands: readonly CliCommand[] = [
  {
    words: ['audit', 'list'],
    usage: '[--limit N] [--search TEXT] [--from T] [--to T]',
    summary: 'what was done, newest first',
    needs: 'signed-in',
    options: { limit: { type: 'string' }, search: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
    async run({ client, options }) {
      const most = count(options, 'limit');
      const filters = { ...optional(options, 'search', 'search'), ...optional(options, 'from', 'from'), ...optional(options, 'to', 'to') };
      const alarms: AuditEntryView[] = [];
      const pageOf = async (limit: number, after?: string) => {
        const page = await client.audit.list({ limit, after, ...filters });
        alarms.push(...page.alarms);
        return { rows: page.entries, next: page.next };
      };
      const entries = most !== undefined && most <= 500 ? (await pageOf(most)).rows : await everyPage(async (after) => pageOf(500, after));
      return { json: { entries, alarms }, text: `${alarmText(entries, alarms)}${table(columns, entries.map(line))}` };
    },
  },
  {
    words: ['audit', 'verify'],
    usage: '[--checkpoint F...] [--archive F...]',
    summary:
      'recompute the whole log from its entries, and hold it against kept totals; exit 9 with the first wrong one when it does not hold',
    needs: 'signed-in',
    options: { checkpoint: { type: 'string', multiple: true }, archive: { type: 'string', multiple: true } },
    run: verify,
  },
  auditExport,
  auditCompare,
  ...auditCheckpointCommands,
  ...auditSinkCommands,
  ...auditWitnessCommands,
  ...auditIncidentCommands,
  ...auditPolicyCommands,
  ...auditArchiveCommands,
];

const columns = ['entry', 'time (UTC)', 'operator', 'action', '', 'about'];

/** What nobody filters away, where it is not among what was asked for. */
function alarmText(entries: readonly AuditEntryView[], alarms: readonly AuditEntryView[]): string {
  const others = alarms.filter(({ index }) => !entries.some((entry) => entry.index === index));
  return others.length === 0 ? '' : `Shown whatever is asked for:\n${table(columns, others.map(line))}\n\n`;
}

async function verify(context: CommandContext): Promise<CommandResult> {
  const { client, files, options } = context;
  const given = list(options, 'checkpoint').map((file) => files.read(file));
  const kept = await client.audit.checkKept(given.length === 0 ? {} : { checkpoints: given });
  const { proofs } = await client.audit.checkpointProofs({});
  const json = {
    ...(await client.audit.verify({})),
    ...(kept.suspicion === null ? {} : { rollback: kept.suspicion }),
    ...(proofs.length === 0 ? {} : { proofs }),
  };
  if (!json.holds)
    return {
      json,
      text: json.firstWrong === undefined ? 'The log does not add up.' : context.wordFault(json.firstWrong),
      exit: 9,
    };
  const words = `The log is complete and unaltered: ${json.entries} entries, ${json.signedSize} of them signed.`;
  const archives = await checkArchives(context, json.archived);
  const text = [words, ...archives.words, ...proofs.map(proofWords), ...suspicionWords(kept), ...clockWords(json.clockSetBack)].join('\n');
  const said = { json: { ...json, ...archives.json }, text };
  return kept.suspicion === null ? said : { ...said, exit: 9 };
}

/** What is no fault of the log, and is for somebody to explain. */
const clockWords = (clock: ClockSetBack | undefined): readonly string[] =>
  clock === undefined
    ? []
    : [
        `The clock was set back: ${clock.entries} entries say they were made before one that came before them, the first is entry ${clock.index} (${clock.time}, after ${clock.before}).`,
      ];
