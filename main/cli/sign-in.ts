import type { Secret } from '../contract/secret.ts';
import type { CommandContext } from './command.ts';
import { optional } from './option-values.ts';

/** Signs in as `--as` says, or as the only operator there is. @throws AppError session.* */
export async function signIn({ client, options }: CommandContext, passphrase: Secret): Promise<void> {
  await client.session.signIn({ ...optional(options, 'as', 'operator'), passphrase });
}
