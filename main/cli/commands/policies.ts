import { AppError } from '../../domain/errors.ts';
import { idleLockBounds, type Policies } from '../../domain/access/policies.ts';
import type { CliCommand, OptionValues } from '../command.ts';
import { count, text } from '../option-values.ts';

/** What holds for everybody's sessions. */
export const policyCommands: readonly CliCommand[] = [
  {
    words: ['policy', 'show'],
    usage: '',
    summary: 'when an unused window locks, and whether enrolments go on while it is locked',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.policies.show({});
      return { json, text: words(json) };
    },
  },
  {
    words: ['policy', 'set'],
    usage: `[--idle-lock ${idleLockBounds.least}-${idleLockBounds.most}] [--jobs-go-on yes|no] [--break-glass yes|no]`,
    summary:
      'minutes until an unused window locks; whether enrolments go on while it is locked; whether one officer alone may open the escrow (from the next escrow share on)',
    needs: 'signed-in',
    options: { 'idle-lock': { type: 'string' }, 'jobs-go-on': { type: 'string' }, 'break-glass': { type: 'string' } },
    async run({ client, options }) {
      const idleLockMinutes = count(options, 'idle-lock');
      const jobsGoOnLocked = yesOrNo(options, 'jobs-go-on');
      const breakGlass = yesOrNo(options, 'break-glass');
      const json = await client.policies.set({
        ...(idleLockMinutes === undefined ? {} : { idleLockMinutes }),
        ...(jobsGoOnLocked === undefined ? {} : { jobsGoOnLocked }),
        ...(breakGlass === undefined ? {} : { breakGlass }),
      });
      return { json, text: words(json) };
    },
  },
];

const words = ({ idleLockMinutes, jobsGoOnLocked, breakGlass }: Policies): string =>
  `A window that nobody uses locks after ${idleLockMinutes} min. Running enrolments ${jobsGoOnLocked ? 'go on' : 'wait'} while Keyward is locked. ${breakGlass ? 'Each officer alone may' : 'No officer alone may'} open the escrow.`;

/** @throws AppError input.invalid */
function yesOrNo(options: OptionValues, name: string): boolean | undefined {
  const given = text(options, name);
  if (given === undefined) return undefined;
  if (given !== 'yes' && given !== 'no') throw new AppError('input.invalid', `--${name} takes yes or no.`, { field: name, rule: 'one-of' });
  return given === 'yes';
}
