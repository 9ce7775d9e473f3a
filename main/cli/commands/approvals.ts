import type { ApprovalView } from '../../contract/approvals.ts';
import type { CliCommand } from '../command.ts';
import { only, required } from '../option-values.ts';
import { table } from '../table.ts';

/** Acts that the policy wants two officers for. */
export const approvalCommands: readonly CliCommand[] = [
  {
    words: ['approval', 'list'],
    usage: '',
    summary: 'what one officer asked for and another approves',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.approvals.list({});
      return { json, text: json.approvals.length === 0 ? 'Nothing was asked for.' : table(columns, json.approvals.map(line)) };
    },
  },
  {
    words: ['approval', 'approve'],
    usage: 'REQUEST',
    summary: 'approve what another officer asked for; the same command by them then passes, once',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const request = only(context, 'request');
      await context.client.approvals.approve({ request });
      return { json: { request, state: 'approved' }, text: 'Approved. Whoever asked runs the same command again.' };
    },
  },
  {
    words: ['approval', 'refuse'],
    usage: 'REQUEST --reason TEXT',
    summary: 'refuse what another officer asked for, or take back what you asked for or approved',
    needs: 'signed-in',
    options: { reason: { type: 'string' } },
    async run(context) {
      const request = only(context, 'request');
      await context.client.approvals.refuse({ request, reason: required(context.options, 'reason') });
      return { json: { request, state: 'refused' }, text: 'Refused. Nothing was changed.' };
    },
  },
];

const columns = ['request', 'what', 'about', 'asked by', 'state', 'until'];

const line = ({ id, call, subject, names, people, askedBy, state, decidedBy, expiresAt }: ApprovalView): string[] => {
  const facts = Object.entries(subject).map(([name, value]) => `${name} ${said(value, names)}`);
  const of = people.length === 0 ? [] : [`of ${people.join(', ')}`];
  return [id, call, [...facts, ...of].join('; '), askedBy, decidedBy === null ? state : `${state} (${decidedBy})`, expiresAt];
};

/** A name where it is known; many things are counted. */
const said = (value: ApprovalView['subject'][string], names: ApprovalView['names']): string =>
  typeof value === 'object' && value.length > 3
    ? String(value.length)
    : [value]
        .flat()
        .map((one) => names[String(one)] ?? String(one))
        .join(', ');
