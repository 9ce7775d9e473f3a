import type { ProfileSummary } from '../../contract/profiles.ts';
import { AppError } from '../../domain/errors.ts';
import { utf8Decode } from '../../domain/encoding/utf8.ts';
import type { OwnProfile } from '../../domain/profile/own-profile.ts';
import { findingLines } from '../finding-lines.ts';
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
      const ours = json.ofAuthorities.map(({ name, keyUsage, validityDays }) => [name, '', keyUsage.join(', '), String(validityDays), '']);
      return { json, text: table(['name', 'title', 'for', 'days', ''], [...json.profiles.map(line), ...ours]) };
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
      return { json, text: [JSON.stringify(json.definition, null, 2), ...findingLines(json.findings)].join('\n') };
    },
  },
  writing('add', 'keep an own profile: JSON, as "definition" of show'),
  writing('edit', 'change an own profile for what is issued from now on'),
];

const line = ({ name, title, usages, validityDays, isOwn }: ProfileSummary): string[] => [
  name,
  title ?? '',
  usages.join(', '),
  String(validityDays),
  isOwn ? 'own' : '',
];

function writing(act: 'add' | 'edit', summary: string): CliCommand {
  return {
    words: ['profile', act],
    usage: 'FILE [--override REASON]',
    summary,
    needs: 'signed-in',
    options: { override: { type: 'string' } },
    run: async (context) => write(context, act),
  };
}

async function write(context: CommandContext, act: 'add' | 'edit'): Promise<CommandResult> {
  const definition = readDefinition(context.files.read(only(context, 'file')).bytes);
  const { findings } = await context.client.profiles[act]({ definition, ...optional(context.options, 'override', 'override') });
  return { json: { profile: definition.name, findings }, text: [`Kept: ${definition.name}`, ...findingLines(findings)].join('\n') };
}

/** What it says is for the contract to judge. @throws AppError input.invalid when it is no JSON */
function readDefinition(bytes: Uint8Array): OwnProfile {
  try {
    return JSON.parse(utf8Decode(bytes) ?? '') as OwnProfile;
  } catch (cause) {
    throw new AppError('input.invalid', 'This file holds no JSON.', { field: 'file', rule: 'json' }, { cause });
  }
}
