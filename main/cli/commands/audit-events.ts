import type { EventsPart } from '../../contract/audit.ts';
import { eventFormats, type EventFormat } from '../../domain/audit-formats/event-files.ts';
import { AppError } from '../../domain/errors.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { optional, required } from '../option-values.ts';

/** Writes entries of the log into one file, in the format of another system. */
export async function exportEvents({ client, options, files, progress }: CommandContext): Promise<CommandResult> {
  const [out, format] = [required(options, 'out'), readFormat(required(options, 'format'))];
  const filters = { ...optional(options, 'search', 'search'), ...optional(options, 'from', 'from'), ...optional(options, 'to', 'to') };
  const { done } = await files.writeInParts(out, async (write) => {
    let part: EventsPart | undefined;
    do {
      const { size, done = 0, next }: Partial<EventsPart> = part ?? {};
      const before = size === undefined ? {} : { size, done };
      part = await client.audit.exportEvents({ format, ...filters, ...before, ...(next === undefined ? {} : { after: next }) });
      write(part.file.bytes);
      progress(part.done, part.size, 'entries');
    } while (part.next !== undefined);
    return part;
  });
  return {
    json: { entries: done, format, file: out },
    text: `${done} entries are in ${out}. They come without proof; \`audit export\` without --format has it.`,
  };
}

function readFormat(text: string): EventFormat {
  const format = eventFormats.find((name) => name === text);
  if (format === undefined)
    throw new AppError('input.invalid', `--format takes ${eventFormats.join(', ')}.`, { field: 'format', rule: 'one-of' });
  return format;
}
