import type { Secret } from '../contract/secret.ts';
import type { CommandContext, OptionTypes } from './command.ts';
import { descriptor, flag, text } from './option-values.ts';
import type { OtherSecret } from './secrets.ts';

/** Options of the PIN that a call on a token takes; with `--yes` the last try is taken too. */
export const pinOptions = async ({ secrets, options }: CommandContext) => ({
  pin: await secrets.pin(),
  finalTry: flag(options, 'yes'),
});

export const newPinOptions = { 'new-pin-file': { type: 'string' }, 'new-pin-fd': { type: 'string' } } as const satisfies OptionTypes;
export const soPinOptions = { 'so-pin-file': { type: 'string' }, 'so-pin-fd': { type: 'string' } } as const satisfies OptionTypes;

export const newPin = async (context: CommandContext): Promise<Secret> =>
  other(context, { name: 'new-pin', question: 'New PIN: ', isNew: true });

export const soPin = async (context: CommandContext): Promise<Secret> =>
  other(context, { name: 'so-pin', question: 'Unlock code (PUK or SO-PIN): ', isNew: false });

const other = async ({ secrets, options }: CommandContext, secret: Omit<OtherSecret, 'file' | 'descriptor'>): Promise<Secret> =>
  secrets.other({
    ...secret,
    file: text(options, `${secret.name}-file`),
    descriptor: descriptor(options, `${secret.name}-fd`),
  });
