import { Secret } from '../contract/secret.ts';
import type { TokenSummary } from '../contract/tokens.ts';
import type { CommandContext, OptionTypes } from './command.ts';
import { descriptor, flag, text } from './option-values.ts';
import type { OtherSecret } from './secrets.ts';

/** Options of the PIN that a call on a token takes; with `--yes` the last try is taken too. */
export const pinOptions = async (context: CommandContext, token: string) => ({
  pin: (await pinAtReader(context, token)) ?? (await context.secrets.pin(async () => pinQuestion('pin', await shown(context, token)))),
  finalTry: flag(context.options, 'yes'),
});

const shown = ({ client }: CommandContext, token: string): Promise<TokenSummary> => client.tokens.show({ token });

/** A PIN without characters where the reader asks for it on its own pad, and none was given; the person is told so. */
export async function pinAtReader(context: CommandContext, token: string): Promise<Secret | undefined> {
  if (context.secrets.isPinGiven) return undefined;
  // What is wrong with the card is said by the call itself.
  const card = await shown(context, token).catch(() => undefined);
  if (card?.isPinTypedAtReader !== true) return undefined;
  context.say(`Type the PIN for card ${card.serialNumber} on the reader ${card.reader}.`);
  return new Secret(new Uint8Array());
}

export const managementKeyOptions = {
  'management-key-file': { type: 'string' },
  'management-key-fd': { type: 'string' },
} as const satisfies OptionTypes;

/** The same for a call that makes keys: with the management key of a PIV card that somebody else has set, where it is given or can be asked for. */
export async function keysOptions(context: CommandContext, token: string) {
  const { options, secrets } = context;
  const isGiven = options['management-key-file'] !== undefined || options['management-key-fd'] !== undefined;
  const pins = await pinOptions(context, token);
  if (!isGiven && !(secrets.canAsk && needsManagementKey(await shown(context, token)))) return pins;
  return {
    ...pins,
    managementKey: await other(context, { name: 'management-key', question: 'Management key of the card: ', isNew: false }),
  };
}

const needsManagementKey = ({ abilities, isManagementKeyKept, isManagementKeyFactory }: TokenSummary): boolean =>
  abilities.keysBy === 'management-key' && !isManagementKeyKept && isManagementKeyFactory === false;

export const cardOptions = { token: { type: 'string' } } as const satisfies OptionTypes;

/** The card whose key is to act, with its PIN; nothing where none is named. */
export async function cardOption(context: CommandContext) {
  const token = text(context.options, 'token');
  return token === undefined ? {} : { card: { token, ...(await pinOptions(context, token)) } };
}

/** The card an authority's key is made on, or is on, with its PIN; nothing where none is named. */
export async function onTokenOption(context: CommandContext) {
  const token = text(context.options, 'token');
  return token === undefined ? {} : { onToken: { token, ...(await keysOptions(context, token)) } };
}

export const newPinOptions = { 'new-pin-file': { type: 'string' }, 'new-pin-fd': { type: 'string' } } as const satisfies OptionTypes;
export const soPinOptions = { 'so-pin-file': { type: 'string' }, 'so-pin-fd': { type: 'string' } } as const satisfies OptionTypes;

/** The new PIN of a card; typed on the reader where the one it has now is. */
export const newPinOf = async (context: CommandContext, pin: Secret): Promise<Secret> =>
  pin.reveal().length === 0 ? new Secret(new Uint8Array()) : newPin(context);

export const newPin = async (context: CommandContext): Promise<Secret> =>
  other(context, { name: 'new-pin', question: 'New PIN: ', isNew: true });

/** Of a token that is there; without one, of one that is still to be set up. */
export async function soPin(context: CommandContext, token?: string): Promise<Secret> {
  const about = async () =>
    token === undefined ? 'Unlock code (PUK or SO-PIN): ' : pinQuestion('unlockCode', await shown(context, token));
  return other(context, { name: 'so-pin', question: about, isNew: false });
}

const asked = { pin: 'PIN', unlockCode: 'Unlock code (PUK or SO-PIN)' } as const;

/** Whose card, which secret of it, and how many tries are left where the card tells; warns before the last. */
export function pinQuestion(
  of: keyof typeof asked,
  card: Pick<TokenSummary, 'serialNumber' | 'personName' | 'reader' | 'pin' | 'unlockCode' | 'tries'>,
): string {
  const owner = card.personName === null ? '' : ` of ${card.personName}`;
  const left = card.tries[of];
  const warning = card[of] === 'final-try' ? ', the last try: a wrong one locks it' : left === null ? '' : `, tries left: ${left}`;
  return `${asked[of]} for card ${card.serialNumber}${owner}, in ${card.reader}${warning}: `;
}

const other = async ({ secrets, options }: CommandContext, secret: Omit<OtherSecret, 'file' | 'descriptor'>): Promise<Secret> =>
  secrets.other({
    ...secret,
    file: text(options, `${secret.name}-file`),
    descriptor: descriptor(options, `${secret.name}-fd`),
  });
