import { resolve } from 'node:path';
import type { LogHead } from '../../contract/audit.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { list, optional, required, text } from '../option-values.ts';
import { exportEvents } from './audit-events.ts';

type Write = (name: string, content: Uint8Array) => void;

const filterNames = ['search', 'from', 'to'] as const;

/** Writes the log out, or what the filters choose of it, so that a stranger can verify it. */
export const auditExport: CliCommand = {
  words: ['audit', 'export'],
  usage: '--out DIR [--archive F...] | --format atna|fhir|syslog|cef|jsonl|csv --out FILE  [--search TEXT] [--from T] [--to T]',
  summary:
    'save the log or entries chosen from it, with their proof: what went to archives by its hashes or from the files themselves, for somebody who verifies them without Keyward or with `audit verify-log`; with --format, entries for another system',
  needs: 'signed-in',
  options: {
    out: { type: 'string' },
    archive: { type: 'string', multiple: true },
    format: { type: 'string' },
    search: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
  run: async (context) => {
    if (text(context.options, 'format') !== undefined) return exportEvents(context);
    const out = required(context.options, 'out');
    const isSelection = filterNames.some((name) => context.options[name] !== undefined);
    return context.files.writeFolder(out, (write) => (isSelection ? exportSelection(context, write) : exportLog(context, write)));
  },
};

async function exportLog(context: CommandContext, write: Write): Promise<CommandResult> {
  const { client, progress } = context;
  const archives = list(context.options, 'archive').map((path) => resolve(path));
  const head = await begin(context, 'whole', write, archives.length > 0);
  const { size, vkey, unsignedTail } = head;
  const sealed = archives.length === 0 ? head.archived : 0;
  for (let from: number | null = 0; from !== null;) {
    const part: { readonly files: LogHead['files']; readonly next: number | null } = await client.audit.exportPart({
      size,
      from,
      archives,
    });
    for (const { name, bytes } of part.files) write(name, bytes);
    progress(part.next ?? size, size, 'entries');
    from = part.next;
  }
  for (const { name, bytes } of (await client.audit.exportUpperTiles({ size })).files) write(name, bytes);
  const json = { entries: size, signedSize: size, unsignedTail, ...(sealed === 0 ? {} : { sealed }), key: vkey };
  const words = `${size} entries, all of them signed. The key of the log: ${vkey}`;
  return { json, text: [words, ...sealedWords(sealed), ...unsignedWords(unsignedTail)].join('\n') };
}

async function exportSelection(context: CommandContext, write: Write): Promise<CommandResult> {
  const { size, vkey } = await begin(context, 'selection', write);
  const filters = Object.assign({}, ...filterNames.map((name) => optional(context.options, name, name))) as Filters;
  const done = { entries: 0, unsigned: 0 };
  for (let after: string | undefined, isMore = true; isMore;) {
    const part = await context.client.audit.exportSelection({ size, limit: 500, ...filters, ...(after === undefined ? {} : { after }) });
    write(`selected/${String(done.entries).padStart(12, '0')}.jsonl`, part.lines.bytes);
    done.entries += part.entries;
    done.unsigned += part.unsigned;
    after = part.next;
    isMore = after !== undefined;
  }
  const json = { entries: done.entries, treeSize: size, unsignedTail: done.unsigned, key: vkey };
  const words = `${done.entries} entries, each with its proof that it is in the log of ${size}. The key of the log: ${vkey}`;
  return { json, text: [words, ...unsignedWords(done.unsigned)].join('\n') };
}

type Filters = { readonly [K in (typeof filterNames)[number]]?: string };

async function begin({ client }: CommandContext, part: 'whole' | 'selection', write: Write, withArchives = false): Promise<LogHead> {
  const head = await client.audit.exportHead({ part, withArchives });
  for (const { name, bytes } of head.files) write(name, bytes);
  return head;
}

const sealedWords = (count: number): readonly string[] =>
  count === 0
    ? []
    : [
        `Of the first ${count} the hashes alone are in the folder: their contents are in archives, which it names. With --archive they are taken from there.`,
      ];

const unsignedWords = (count: number): readonly string[] =>
  count === 0
    ? []
    : [
        `${count} newer entries are not signed yet and are not in the folder. The next sign-in of somebody who has the key of the log signs them.`,
      ];
