import type { ProfileSummary } from '../../contract/profiles.ts';
import { AppError } from '../../domain/errors.ts';
import { utf8Decode } from '../../domain/encoding/utf8.ts';
import type { OwnProfile } from '../../domain/profile/own-profile.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { only, optional } from '../option-values.ts';
import { table } from '../table.ts';

/** How certificates are made, as data. */
export const profileCommands: readonly CliCommand[] = [
  {
    words: ['profile', 'list'],
    usage: '',
    summary: 'the profiles that come with Keyward, and the practice’s own',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.profiles.list({});
      return { json, text: table(['name', 'title', 'for', 'days', ''], json.profiles.map(line)) };
    },
  },
  {
    words: ['profile', 'show'],
    usage: 'NAME',
    summary: 'one profile; its "definition" is what add and edit take',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.profiles.show({ profile: only(context, 'profile') });
      const findings = json.findings.map(({ severity, rule, text }) => `${severity} ${rule}: ${text}`);
      return { json, text: [JSON.stringify(json.definition, null, 2), ...findings].join('\n') };
    },
  },
  {
    words: ['profile', 'add'],
    usage: 'FILE [--override REASON]',
    summary: 'keep an own profile: JSON, as "definition" of show',
    needs: 'signed-in',
    options: { override: { type: 'string' } },
    run: async (context) => write(context, 'add'),
  },
  {
    words: ['profile', 'edit'],
    usage: 'FILE [--override REASON]',
    summary: 'change an own profile for what is issued from now on',
    needs: 'signed-in',
    options: { override: { type: 'string' } },
    run: async (context) => write(context, 'edit'),
  },
];

const line = ({ name, title, usages, validityDays, isOwn }: ProfileSummary): string[] => [
  name,
  title ?? '',
  usages.join(', '),
  String(validityDays),
  isOwn ? 'own' : '',
];

async function write(context: CommandContext, act: 'add' | 'edit'): Promise<CommandResult> {
  const definition = readDefinition(context.files.read(only(context, 'file')).bytes);
  const { findings } = await context.client.profiles[act]({ definition, ...optional(context.options, 'override', 'override') });
  const lines = findings.map(({ severity, rule, text }) => `${severity} ${rule}: ${text}`);
  return { json: { profile: definition.name, findings }, text: [`Kept: ${definition.name}`, ...lines].join('\n') };
}

/** What it says is for the contract to judge. @throws AppError input.invalid when it is no JSON */
function readDefinition(bytes: Uint8Array): OwnProfile {
  try {
    return JSON.parse(utf8Decode(bytes) ?? '') as OwnProfile;
  } catch (cause) {
    throw new AppError('input.invalid', 'This file holds no JSON.', { field: 'file', rule: 'json' }, { cause });
  }
}
