import type { CliCommand } from '../command.ts';

export const demoCommands: readonly CliCommand[] = [];
