import type { ApplicationView } from '../../contract/applications.ts';
import { AppError } from '../../domain/errors.ts';
import { applicationKinds, type ApplicationKind } from '../../domain/people/application.ts';
import type { CliCommand } from '../command.ts';
import { namedOrSelf } from '../named-or-self.ts';
import { flag, only, optional, required } from '../option-values.ts';
import { table } from '../table.ts';

/** What people of the practice apply for, and what becomes of it. */
export const applicationCommands: readonly CliCommand[] = [
  {
    words: ['application', 'list'],
    usage: '[PERSON | --everybody]',
    summary: 'what you, or somebody else, applied for; with --everybody, all of it',
    needs: 'signed-in',
    options: { everybody: { type: 'boolean' } },
    async run(context) {
      const { client, options } = context;
      const person = flag(options, 'everybody') ? undefined : (await client.people.show({ person: await namedOrSelf(context) })).id;
      const json = await client.applications.list(person === undefined ? {} : { person });
      return { json, text: json.applications.length === 0 ? 'Nothing was applied for.' : table(columns, json.applications.map(line)) };
    },
  },
  {
    words: ['application', 'file'],
    usage: `[PERSON] --for ${applicationKinds.join('|')} [--note TEXT]`,
    summary: 'apply for new certificates, a card or your keys in a file; a registrar decides',
    needs: 'signed-in',
    options: { for: { type: 'string' }, note: { type: 'string' } },
    async run(context) {
      const { client, options } = context;
      const kind = kindOf(required(options, 'for'));
      const { id } = await client.people.show({ person: await namedOrSelf(context) });
      const json = await client.applications.file({ person: id, kind, ...optional(options, 'note', 'note') });
      return { json, text: `Applied: ${json.application}. A registrar decides; see keyward application list.` };
    },
  },
  {
    words: ['application', 'approve'],
    usage: 'APPLICATION',
    summary: 'approve what somebody applied for; a renewal of keys in the vault is done at once, all else with the person there',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const application = only(context, 'application');
      const json = await context.client.applications.approve({ application });
      return { json: { application, state: 'approved', ...json }, text: `Approved. ${json.certificates.length} certificates were made.` };
    },
  },
  {
    words: ['application', 'refuse'],
    usage: 'APPLICATION --reason TEXT',
    summary: 'refuse what somebody applied for; whoever applied sees the reason',
    needs: 'signed-in',
    options: { reason: { type: 'string' } },
    async run(context) {
      const application = only(context, 'application');
      await context.client.applications.refuse({ application, reason: required(context.options, 'reason') });
      return { json: { application, state: 'refused' }, text: 'Refused. Nothing was changed.' };
    },
  },
  {
    words: ['application', 'withdraw'],
    usage: 'APPLICATION',
    summary: 'withdraw what you applied for, before anybody decides',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const application = only(context, 'application');
      await context.client.applications.withdraw({ application });
      return { json: { application, state: 'withdrawn' }, text: 'Withdrawn. Nothing was changed.' };
    },
  },
];

const columns = ['application', 'for', 'person', 'filed by', 'on', 'state', ''];

const line = ({ id, kind, personName, filedBy, filedAt, state, decidedBy, reason, note }: ApplicationView): string[] => [
  id,
  kind,
  personName,
  filedBy,
  filedAt.slice(0, 10),
  decidedBy === null ? state : `${state} (${decidedBy})`,
  reason ?? note ?? '',
];

/** @throws AppError input.invalid */
function kindOf(given: string): ApplicationKind {
  const kind = applicationKinds.find((one) => one === given);
  if (kind === undefined)
    throw new AppError('input.invalid', `--for takes one of ${applicationKinds.join(', ')}.`, { field: 'for', rule: 'one-of' });
  return kind;
}
