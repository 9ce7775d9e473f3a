import type { Secret } from '../contract/secret.ts';
import type { CommandContext } from './command.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A fresh recovery code: to a file, or once to the person's eyes; then it is wiped. It is never part of the JSON document. */
export function handRecoveryCode(code: Secret, file: string | undefined, { files, say }: Pick<CommandContext, 'files' | 'say'>): void {
  const written = decoder.decode(code.reveal());
  if (file === undefined) say(`recovery code (shown once, print it and lock it away): ${written}`);
  else files.write(file, encoder.encode(`${written}\n`));
  code.wipe();
}
