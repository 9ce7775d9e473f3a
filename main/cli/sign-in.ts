import type { CodeNeeded, SignedIn } from '../contract/session.ts';
import { Secret } from '../contract/secret.ts';
import type { CommandContext } from './command.ts';
import { flag, optional, text } from './option-values.ts';

type Entered = SignedIn & { readonly recoveryCode?: Secret };

/** Signs in as `--as` says, or as the only operator there is. @throws AppError session.* */
export async function signIn(context: CommandContext, passphrase: Secret): Promise<SignedIn> {
  return confirmed(context, await context.client.session.signIn({ ...optional(context.options, 'as', 'operator'), passphrase }));
}

/** With the card of `--sign-in-token`, by its PIN, or else with the passphrase. @throws AppError session.*, token.* */
export async function signInAsTold(context: CommandContext): Promise<SignedIn> {
  const { client, options, secrets } = context;
  const token = text(options, 'sign-in-token');
  if (token === undefined) return signIn(context, await secrets.passphrase({ isNew: false }));
  const pin = (await atReader(context, token)) ?? (await secrets.pin(async () => `PIN for card ${token}: `));
  return client.session.signInWithCard({ ...optional(options, 'as', 'operator'), token, pin, finalTry: flag(options, 'yes') });
}

/** As `pinAtReader`, before anybody is signed in. */
async function atReader({ client, secrets, say }: CommandContext, token: string): Promise<Secret | undefined> {
  if (secrets.isPinGiven) return undefined;
  const { cards } = await client.session.cards({});
  const card = cards.find((one) => one.token.toLowerCase().endsWith(token.toLowerCase()));
  if (card?.isPinTypedAtReader !== true) return undefined;
  say(`Type the PIN for card ${card.token} on the reader.`);
  return new Secret(new Uint8Array());
}

/** Gives the code of the second factor where one is asked for. @throws AppError session.*, input.* */
export const confirmed = async ({ client, secrets }: CommandContext, answer: Entered | CodeNeeded): Promise<Entered> =>
  'codeNeeded' in answer ? client.session.confirm({ code: await secrets.totp() }) : answer;
