import type { CliCommand } from './command.ts';
import { commands } from './commands/index.ts';

/** What `--help` prints: everything, or one command. */
export function help(command: CliCommand | undefined): string {
  if (command !== undefined) return `keyward ${command.words.join(' ')} ${command.usage}\n  ${command.summary}`;
  const lines = commands.map(({ words, summary }) => `  ${words.join(' ').padEnd(22)}${summary}`);
  return [
    'keyward COMMAND [OPTIONS]      without a command: the window',
    '',
    ...lines,
    '',
    'Everywhere: --workspace DIR  --as OPERATOR  --passphrase-file F | --passphrase-fd N  --json  --quiet  --help',
    'With a second factor: --totp-fd N | --totp-file F',
    'With a card in their place: --sign-in-token SERIAL --pin-file F | --pin-fd N',
    'With an authority whose key is on a token: --authority-pin-file F | --authority-pin-fd N  [--open-authority AUTHORITY]',
    'With tokens: --pin-file F | --pin-fd N  --new-pin-file F | --new-pin-fd N  --so-pin-file F | --so-pin-fd N',
    'With PIV cards whose management key somebody else has set: --management-key-file F | --management-key-fd N',
    'No passphrase, password or PIN is ever an argument. Files may be "-".',
  ].join('\n');
}
