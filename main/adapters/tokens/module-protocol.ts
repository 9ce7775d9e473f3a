import type { ErrorCode, ErrorDetails } from '../../domain/errors.ts';
import type { FoundToken } from '../../ports/tokens.ts';

/** What the core asks a module's process, one request at a time. A PIN is wiped there once it was used. */
export type ModuleRequest = { readonly kind: 'survey'; readonly anew: boolean };

/** A token as its module shows it. */
export type ShownToken = Omit<FoundToken, 'module'>;

/** What each kind of request answers. */
export interface ModuleAnswers {
  readonly survey: readonly ShownToken[];
}

export type AnswerTo<R extends ModuleRequest> = ModuleAnswers[R['kind']];

/** How an answer travels. */
export type ModuleReply =
  | { readonly ok: true; readonly value: ModuleAnswers[keyof ModuleAnswers] }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };
