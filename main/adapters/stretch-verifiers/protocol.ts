import type { StretchVerification } from '../../domain/audit/verify.ts';
import type { ErrorCode, ErrorDetails } from '../../domain/errors.ts';

/** What a thread begins with. */
export interface VerifierStart {
  readonly directory: string;
  readonly vkey: string;
}

/** The answers to a `StretchOrder`. */
export type VerifierAnswer =
  | { readonly ok: true; readonly made: StretchVerification }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails } };
