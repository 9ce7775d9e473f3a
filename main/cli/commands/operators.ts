import { Secret } from '../../contract/secret.ts';
import type { OperatorSummary } from '../../contract/operators.ts';
import { roles, type Role } from '../../domain/access/role.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand } from '../command.ts';
import { handRecoveryCode } from '../hand-recovery-code.ts';
import { flag, only, required, text } from '../option-values.ts';
import { signIn } from '../sign-in.ts';
import { table } from '../table.ts';
import { timeText } from '../time-text.ts';

/** Who may sign in, as what. */
export const operatorCommands: readonly CliCommand[] = [
  {
    words: ['operator', 'list'],
    usage: '',
    summary: 'who can sign in, as what, and who could',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.operators.list({});
      return { json, text: table(['name', 'role', 'person', 'last sign-in (UTC)', 'id', ''], json.operators.map(line)) };
    },
  },
  {
    words: ['operator', 'add'],
    usage: `NAME --role ${roles.join('|')} [--person PERSON] [--new-passphrase-file F | --new-passphrase-fd N] [--recovery-code-file F]`,
    summary: 'let somebody sign in, with a key pair of their own',
    needs: 'signed-in',
    options: {
      role: { type: 'string' },
      person: { type: 'string' },
      'new-passphrase-file': { type: 'string' },
      'new-passphrase-fd': { type: 'string' },
      'recovery-code-file': { type: 'string' },
    },
    async run(context) {
      const { client, options, secrets } = context;
      const [name, role] = [only(context, 'operator'), roleOf(required(options, 'role'))];
      const who = text(options, 'person');
      const person = who === undefined ? undefined : (await client.people.show({ person: who })).id;
      const passphrase = await secrets.newPassphrase();
      const { recoveryCode, ...json } = await client.operators.add({ name, role, passphrase, ...(person === undefined ? {} : { person }) });
      handRecoveryCode(recoveryCode, text(options, 'recovery-code-file'), context);
      return {
        json: { ...json, name, role, ...(person === undefined ? {} : { person }) },
        text: `${name} can sign in as ${role}: --as ${JSON.stringify(name)}.`,
      };
    },
  },
  {
    words: ['operator', 'change-passphrase'],
    usage: '[--as OPERATOR] [--new-passphrase-file F | --new-passphrase-fd N]',
    summary: 'change your own passphrase; the recovery code stays as it is',
    // Signs in by itself: the old passphrase is read once and sent twice.
    needs: 'door',
    options: { 'new-passphrase-file': { type: 'string' }, 'new-passphrase-fd': { type: 'string' } },
    async run(context) {
      const oldPassphrase = await context.secrets.passphrase({ isNew: false });
      await signIn(context, new Secret(Uint8Array.from(oldPassphrase.reveal())));
      await context.client.account.changePassphrase({ oldPassphrase, newPassphrase: await context.secrets.newPassphrase() });
      return { json: { changed: 'passphrase' }, text: 'The new passphrase opens Keyward from now on. The recovery code stays as it is.' };
    },
  },
  {
    words: ['operator', 'role'],
    usage: `NAME --role ${roles.join('|')}`,
    summary: 'give somebody another role: what it does not open is locked anew',
    needs: 'signed-in',
    options: { role: { type: 'string' } },
    async run(context) {
      const [operator, role] = [only(context, 'operator'), roleOf(required(context.options, 'role'))];
      await context.client.operators.setRole({ operator, role });
      return { json: { operator, role }, text: `${operator} is ${role} from the next sign-in on.` };
    },
  },
  {
    words: ['operator', 'person'],
    usage: 'NAME --person PERSON | --nobody',
    summary: 'say which person of the practice somebody who signs in is: staff see and use what is of that person, and of nobody else',
    needs: 'signed-in',
    options: { person: { type: 'string' }, nobody: { type: 'boolean' } },
    async run(context) {
      const operator = only(context, 'operator');
      if (flag(context.options, 'nobody')) {
        await context.client.operators.setPerson({ operator, person: null });
        return { json: { operator, person: null }, text: `${operator} is none of the people.` };
      }
      const { id, name } = await context.client.people.show({ person: required(context.options, 'person') });
      await context.client.operators.setPerson({ operator, person: id });
      return { json: { operator, person: id }, text: `${operator} is ${name}.` };
    },
  },
  {
    words: ['operator', 'remove'],
    usage: 'NAME',
    summary: 'let somebody no longer sign in; what they did stays, what they could open is locked anew',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const operator = only(context, 'operator');
      await context.client.operators.remove({ operator });
      return { json: { operator }, text: `${operator} can no longer sign in. What they did stays in the log under their name.` };
    },
  },
];

const line = ({ id, name, role, person, lastSignInAt, removedAt }: OperatorSummary): string[] => [
  name,
  role,
  person?.name ?? '',
  lastSignInAt === null ? 'never' : timeText(lastSignInAt),
  id,
  removedAt === null ? '' : `removed ${removedAt.slice(0, 10)}`,
];

/** @throws AppError input.invalid */
function roleOf(given: string): Role {
  const role = roles.find((one) => one === given);
  if (role === undefined)
    throw new AppError('input.invalid', `--role takes one of ${roles.join(', ')}.`, { field: 'role', rule: 'one-of' });
  return role;
}
