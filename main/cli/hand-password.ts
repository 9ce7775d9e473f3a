import type { Secret } from '../contract/secret.ts';
import type { CommandContext } from './command.ts';

/** The password of a file that was made, once to the person's eyes; then it is wiped. Null where they have chosen it. */
export function handPassword(password: Secret | null, { say }: Pick<CommandContext, 'say'>): void {
  if (password === null) return;
  say(`password (shown once, hand it over separately): ${new TextDecoder().decode(password.reveal())}`);
  password.wipe();
}
