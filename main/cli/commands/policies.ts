import { AppError } from '../../domain/errors.ts';
import { idleLockBounds, type Policies } from '../../domain/access/policies.ts';
import type { CliCommand } from '../command.ts';
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
    usage: `[--idle-lock ${idleLockBounds.least}-${idleLockBounds.most}] [--jobs-go-on yes|no]`,
    summary: 'minutes until an unused window locks; whether enrolments go on while it is locked',
    needs: 'signed-in',
    options: { 'idle-lock': { type: 'string' }, 'jobs-go-on': { type: 'string' } },
    async run({ client, options }) {
      const idleLockMinutes = count(options, 'idle-lock');
      const jobsGoOnLocked = yesOrNo(text(options, 'jobs-go-on'));
      const json = await client.policies.set({
        ...(idleLockMinutes === undefined ? {} : { idleLockMinutes }),
        ...(jobsGoOnLocked === undefined ? {} : { jobsGoOnLocked }),
      });
      return { json, text: words(json) };
    },
  },
];

const words = ({ idleLockMinutes, jobsGoOnLocked }: Policies): string =>
  `A window that nobody uses locks after ${idleLockMinutes} min. Running enrolments ${jobsGoOnLocked ? 'go on' : 'wait'} while Keyward is locked.`;

/** @throws AppError input.invalid */
function yesOrNo(given: string | undefined): boolean | undefined {
  if (given === undefined) return undefined;
  if (given !== 'yes' && given !== 'no')
    throw new AppError('input.invalid', '--jobs-go-on takes yes or no.', { field: 'jobs-go-on', rule: 'one-of' });
  return given === 'yes';
}
