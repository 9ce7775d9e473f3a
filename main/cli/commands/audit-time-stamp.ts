import type { CheckpointProofView } from '../../contract/audit.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { list, optional, required, text } from '../option-values.ts';

/** Of `audit checkpoint`. */
export const timeStampOptions = {
  'time-stamp': { type: 'string' },
  'time-stamp-request': { type: 'string' },
  'time-stamp-response': { type: 'string' },
  trust: { type: 'string', multiple: true },
  policy: { type: 'string' },
} as const;

/** What was asked for of time-stamps; undefined for nothing. */
export function askedForTimeStamp(context: CommandContext): Promise<CommandResult> | undefined {
  const isAsked = (name: keyof typeof timeStampOptions): boolean => text(context.options, name) !== undefined;
  if (isAsked('time-stamp')) return stamp(context);
  if (isAsked('time-stamp-request')) return request(context);
  return isAsked('time-stamp-response') ? takeIn(context) : undefined;
}

async function stamp(context: CommandContext): Promise<CommandResult> {
  const { client, options } = context;
  const url = required(options, 'time-stamp');
  return told(await client.audit.timeStamp({ url, trust: trustOf(context), ...optional(options, 'policy', 'policy') }));
}

async function request({ client, files, options }: CommandContext): Promise<CommandResult> {
  const path = required(options, 'time-stamp-request');
  const { size, file } = await client.audit.timeStampRequest({ ...optional(options, 'policy', 'policy') });
  files.write(path, file.bytes);
  return {
    json: { size, file: path },
    text: `The request to stamp the total over ${size} entries is in ${path}. Its answer comes back with --time-stamp-response.`,
  };
}

async function takeIn(context: CommandContext): Promise<CommandResult> {
  const response = context.files.read(required(context.options, 'time-stamp-response'));
  return told(await context.client.audit.takeTimeStamp({ response, trust: trustOf(context) }));
}

const trustOf = ({ files, options }: CommandContext) => list(options, 'trust').map((path) => files.read(path));

const told = (proof: CheckpointProofView): CommandResult => ({ json: proof, text: proofWords(proof) });

/** One word of somebody else for a total, in a line. */
export function proofWords({ kind, size, time, authority, source, holds, findings }: CheckpointProofView): string {
  const of = `the total over ${size} entries`;
  if (kind === 'cosignature')
    return holds
      ? `Seen ${time ?? ''} by witness ${authority}: ${of}.`
      : `A cosignature of ${of} from ${source} does not hold: ${findings.join(', ')}.`;
  return holds
    ? `Time-stamped ${time ?? ''}: ${of}, by ${source} under ${authority}.`
    : `A time-stamp of ${of} from ${source} does not hold: ${findings.join(', ')}.`;
}
