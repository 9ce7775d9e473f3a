import type { AuthoritySummary } from '../contract/authorities.ts';
import { AppError } from '../domain/errors.ts';
import { identifyAuthority } from './authority-name.ts';
import type { Secret } from '../contract/secret.ts';
import type { CommandContext } from './command.ts';
import { descriptor, flag, text } from './option-values.ts';
import { pinAtReader } from './pin-options.ts';

/**
 * Opens the authority whose key is on a token for this one command, where the options name it or its PIN.
 * @throws AppError not-found, input.invalid where it is not clear which is meant; token.*
 */
export async function openAuthorityAsTold(context: CommandContext): Promise<void> {
  const { client, options, secrets } = context;
  const [file, given] = [text(options, 'authority-pin-file'), descriptor(options, 'authority-pin-fd')];
  const named = text(options, 'open-authority');
  if (file === undefined && given === undefined && named === undefined) return;
  const authority = named === undefined ? await onlyOnToken(context) : await identifyAuthority(context, named);
  const atReader = file === undefined && given === undefined ? await pinOnPad(context, authority) : undefined;
  const question = 'PIN for the card with the authority’s key: ';
  const pin = atReader ?? (await secrets.other({ name: 'authority-pin', file, descriptor: given, question, isNew: false }));
  await client.authorities.openKey({ authority, pin, finalTry: flag(options, 'yes') });
}

/** Where the reader that the card with its key is in has a pad. */
async function pinOnPad(context: CommandContext, authority: string): Promise<Secret | undefined> {
  const { authorities } = await context.client.authorities.list({});
  const token = authorities.find(({ id }) => id === authority)?.keyToken?.serialNumber;
  return token === undefined ? undefined : pinAtReader(context, token);
}

/** The only one, or among several the one that issues to people. */
async function onlyOnToken({ client }: CommandContext): Promise<string> {
  const { authorities } = await client.authorities.list({});
  const onToken = authorities.filter(({ keyToken }) => keyToken !== null);
  const chosen = onToken.length === 1 ? onToken[0] : onToken.find(({ issuesToPeople }: AuthoritySummary) => issuesToPeople);
  if (chosen !== undefined) return chosen.id;
  if (onToken.length === 0) throw new AppError('not-found', 'No authority here has its key on a card.', { what: 'authority' });
  throw new AppError('input.invalid', 'Several authorities have their key on a card: say which, with --open-authority.', {
    field: 'open-authority',
    rule: 'required',
  });
}
