import { AppError } from '../../domain/errors.ts';
import { fourEyesActs, type FourEyesAct } from '../../domain/access/four-eyes.ts';
import { idleLockBounds, type Policies } from '../../domain/access/policies.ts';
import { deliverableKitIds } from '../../domain/mail-client/kit/kits.ts';
import { mailClientIds } from '../../domain/mail-client/mail-client.ts';
import type { MailProgramId } from '../../domain/mail-client/test-message.ts';
import type { CliCommand, OptionValues } from '../command.ts';
import { count, text } from '../option-values.ts';

/** What holds for everybody's sessions. */
export const policyCommands: readonly CliCommand[] = [
  {
    words: ['policy', 'show'],
    usage: '',
    summary:
      'what holds for everybody: when an unused window locks, whether enrolments go on while it is locked, what needs another’s approval',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.policies.show({});
      return { json, text: words(json) };
    },
  },
  {
    words: ['policy', 'set'],
    usage: `[--idle-lock ${idleLockBounds.least}-${idleLockBounds.most}] [--jobs-go-on yes|no] [--break-glass yes|no] [--keep-signing-keys yes|no] [--lists-name-point yes|no] [--mail-programs P,P...|none] [--four-eyes ${fourEyesActs.join(',')}|none]`,
    summary:
      'change what holds for everybody: minutes until an unused window locks; whether enrolments go on while it is locked; whether one officer alone may open the escrow (from the next escrow share on); whether the vault keeps its copy of a signing key whose hand-over is proved; whether lists of revoked certificates say which address they are for; which mail programs the practice uses, so that keys are made of a kind they can work with; which acts of one officer wait for another’s approval',
    needs: 'signed-in',
    options: {
      'idle-lock': { type: 'string' },
      'jobs-go-on': { type: 'string' },
      'break-glass': { type: 'string' },
      'keep-signing-keys': { type: 'string' },
      'lists-name-point': { type: 'string' },
      'mail-programs': { type: 'string' },
      'four-eyes': { type: 'string' },
    },
    async run({ client, options }) {
      const idleLockMinutes = count(options, 'idle-lock');
      const jobsGoOnLocked = yesOrNo(options, 'jobs-go-on');
      const breakGlass = yesOrNo(options, 'break-glass');
      const keepSigningKeys = yesOrNo(options, 'keep-signing-keys');
      const listsNamePoint = yesOrNo(options, 'lists-name-point');
      const mailPrograms = programsOf(text(options, 'mail-programs'));
      const fourEyes = actsOf(text(options, 'four-eyes'));
      const json = await client.policies.set({
        ...(idleLockMinutes === undefined ? {} : { idleLockMinutes }),
        ...(jobsGoOnLocked === undefined ? {} : { jobsGoOnLocked }),
        ...(breakGlass === undefined ? {} : { breakGlass }),
        ...(fourEyes === undefined ? {} : { fourEyes }),
        ...(keepSigningKeys === undefined ? {} : { keepSigningKeys }),
        ...(listsNamePoint === undefined ? {} : { listsNamePoint }),
        ...(mailPrograms === undefined ? {} : { mailPrograms }),
      });
      return { json, text: words(json) };
    },
  },
];

const words = ({
  idleLockMinutes,
  jobsGoOnLocked,
  breakGlass,
  fourEyes,
  keepSigningKeys,
  listsNamePoint,
  mailPrograms,
}: Policies): string =>
  `A window that nobody uses locks after ${idleLockMinutes} min. Running enrolments ${jobsGoOnLocked ? 'go on' : 'wait'} while Keyward is locked. ${breakGlass ? 'Each officer alone may' : 'No officer alone may'} open the escrow. ${keepSigningKeys ? 'Signing keys stay in the vault too' : 'Signing keys leave the vault'} once their hand-over is proved. Lists of revoked certificates ${listsNamePoint ? 'say' : 'do not say'} which address they are for. ${mailPrograms.length === 0 ? '' : `Keys are made for ${mailPrograms.join(', ')}. `}${fourEyes.length === 0 ? 'No act waits for another officer.' : `Wait for another officer, as long as there is one: ${fourEyes.join(', ')}.`}`;

/** `none`, or names with commas between. @throws AppError input.invalid */
function actsOf(given: string | undefined): FourEyesAct[] | undefined {
  if (given === undefined) return undefined;
  const named = given === 'none' ? [] : given.split(',').map((name) => name.trim());
  const known = fourEyesActs.filter((act) => named.includes(act));
  if (known.length !== new Set(named).size)
    throw new AppError('input.invalid', `--four-eyes takes ${fourEyesActs.join(', ')} or none.`, { field: 'four-eyes', rule: 'one-of' });
  return known;
}

/** `none`, or names with commas between. @throws AppError input.invalid */
function programsOf(given: string | undefined): MailProgramId[] | undefined {
  if (given === undefined) return undefined;
  const named = given === 'none' ? [] : given.split(',').map((name) => name.trim());
  const all: readonly MailProgramId[] = [...mailClientIds, ...deliverableKitIds];
  const known = all.filter((id) => named.includes(id));
  if (known.length !== new Set(named).size)
    throw new AppError('input.invalid', `--mail-programs takes ${all.join(', ')} or none.`, { field: 'mail-programs', rule: 'one-of' });
  return known;
}

/** @throws AppError input.invalid */
function yesOrNo(options: OptionValues, name: string): boolean | undefined {
  const given = text(options, name);
  if (given === undefined) return undefined;
  if (given !== 'yes' && given !== 'no') throw new AppError('input.invalid', `--${name} takes yes or no.`, { field: name, rule: 'one-of' });
  return given === 'yes';
}
