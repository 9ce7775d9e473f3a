import type { Door } from '../contract/door.ts';
import type { ErrorLocale } from '../domain/locale/word-error.ts';
import type { FaultLocale } from '../domain/locale/word-fault.ts';
import type { FindingLocale } from '../domain/locale/word-finding.ts';
import type { DoorWays } from './connection.ts';

/** One run: what was typed, the ways to the services, the words, and where to read and write. */
export interface CommandLine {
  readonly argv: readonly string[];
  readonly ways: DoorWays & { openPure(): Promise<Door> };
  readonly locale: ErrorLocale;
  readonly findingLocale: FindingLocale;
  readonly faultLocale: FaultLocale;
  /** An HTML page as PDF. @throws AppError unsupported */
  readonly printToPdf: (html: Uint8Array) => Promise<Uint8Array>;
  readonly version: string;
  readonly process: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env' | 'platform'>;
}
