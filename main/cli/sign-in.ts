import type { CodeNeeded, SignedIn } from '../contract/session.ts';
import type { Secret } from '../contract/secret.ts';
import type { CommandContext } from './command.ts';
import { optional } from './option-values.ts';

type Entered = SignedIn & { readonly recoveryCode?: Secret };

/** Signs in as `--as` says, or as the only operator there is. @throws AppError session.* */
export async function signIn(context: CommandContext, passphrase: Secret): Promise<SignedIn> {
  return confirmed(context, await context.client.session.signIn({ ...optional(context.options, 'as', 'operator'), passphrase }));
}

/** Gives the code of the second factor where one is asked for. @throws AppError session.*, input.* */
export const confirmed = async ({ client, secrets }: CommandContext, answer: Entered | CodeNeeded): Promise<Entered> =>
  'codeNeeded' in answer ? client.session.confirm({ code: await secrets.totp() }) : answer;
