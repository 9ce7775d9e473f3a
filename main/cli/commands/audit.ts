import { join } from 'node:path';
import type { AuditEntryView } from '../../contract/audit.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { everyPage } from '../every-page.ts';
import { count, optional, required } from '../option-values.ts';
import { table } from '../table.ts';

const line = (entry: AuditEntryView): string[] => [
  String(entry.index),
  entry.time,
  entry.operator ?? '',
  entry.action,
  entry.outcome === 'success' ? '' : `${entry.outcome}: ${entry.error ?? ''}`,
  Object.values(entry.names).join(', '),
];

/** Entries in one file of an exported log. */
const inPart = 10_000;

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
      const entries =
        most !== undefined && most <= 500
          ? (await client.audit.list({ limit: most, ...filters })).entries
          : await everyPage(async (after) => {
              const page = await client.audit.list({ limit: 500, after, ...filters });
              return { rows: page.entries, next: page.next };
            });
      return { json: { entries }, text: table(['entry', 'time', 'operator', 'action', '', 'about'], entries.map(line)) };
    },
  },
  {
    words: ['audit', 'verify'],
    usage: '',
    summary: 'recompute the whole log from its entries; exit 9 with the first wrong one when it does not hold',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.audit.verify({});
      if (json.holds)
        return { json, text: `The log is complete and unaltered: ${json.entries} entries, ${json.signedSize} of them signed.` };
      return {
        json,
        text: `The log does not add up: ${JSON.stringify(json.firstWrong)}. Stop, change nothing, and call your auditor.`,
        exit: 9,
      };
    },
  },
  {
    words: ['audit', 'export'],
    usage: '--out DIR',
    summary: 'save the log with its proof, for somebody who verifies it without Keyward or with `audit verify-log`',
    needs: 'signed-in',
    options: { out: { type: 'string' } },
    async run(context) {
      const out = required(context.options, 'out');
      refuseUnlessEmpty(context.files.list(out));
      const head = await context.client.audit.exportHead({});
      await exportEntries(context, out, head.size);
      context.files.write(join(out, 'log-key'), Buffer.from(`${head.vkey}\n`));
      context.files.write(join(out, 'README.txt'), head.guide.bytes);
      context.files.write(join(out, 'checkpoint'), head.checkpoint.bytes);
      const json = { entries: head.size, signedSize: head.signedSize, key: head.vkey };
      return { json, text: `${head.size} entries, ${head.signedSize} of them signed. The key of the log: ${head.vkey}` };
    },
  },
];

/** Entries of another export would be taken for some of this one. @throws AppError conflict */
function refuseUnlessEmpty(names: readonly string[] | undefined): void {
  if (names !== undefined && names.length > 0)
    throw new AppError('conflict', 'There is something in this folder already; name a new one.', { what: 'folder' });
}

/** Part by part, so that a long log needs little memory; only the hashes are gathered. */
async function exportEntries({ client, files, progress }: CommandContext, out: string, size: number): Promise<void> {
  const hashes: Uint8Array[] = [];
  for (let from = 0; from < size; from += inPart) {
    const part = await client.audit.exportLeaves({ from, to: Math.min(from + inPart, size) });
    files.write(join(out, 'entries', `${String(from).padStart(12, '0')}.jsonl`), part.leaves.bytes);
    hashes.push(part.hashes.bytes);
    progress(Math.min(from + inPart, size), size, 'entries');
  }
  files.write(join(out, 'leaf-hashes'), Buffer.concat(hashes));
}
