import type { CliCommand } from '../../command.ts';
import { toolCommands } from '../tools.ts';
import { crlTools } from './crls.ts';
import { keyTools } from './keys.ts';
import { messageTools } from './messages.ts';
import { sealedMessageTools } from './sealed-messages.ts';
import { openPgpTools } from './openpgp.ts';
import { pkcs12Tools } from './pkcs12.ts';

/** Everything that answers `--jsonl`. */
export const pureTools: readonly CliCommand[] = [
  ...toolCommands,
  ...keyTools,
  ...crlTools,
  ...pkcs12Tools,
  ...messageTools,
  ...sealedMessageTools,
  ...openPgpTools,
];
