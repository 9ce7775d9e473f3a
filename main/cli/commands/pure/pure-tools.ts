import type { CliCommand } from '../../command.ts';
import { toolCommands } from '../tools.ts';
import { crlTools } from './crls.ts';
import { keyTools } from './keys.ts';

/** Everything that answers `--jsonl`. */
export const pureTools: readonly CliCommand[] = [...toolCommands, ...keyTools, ...crlTools];
