import type { ErrorCode, ErrorDetails } from '../../errors.ts';

/** Why a certification path does not hold: the `path.*` codes. */
export type PathCode = Extract<ErrorCode, `path.${string}`>;

/** One thing that is wrong. */
export interface PathFinding {
  readonly code: PathCode;
  /** SHA-256 of the certificate it is about, lower-case hexadecimal. */
  readonly certificate: string;
  /** English prose for logs and the command line; a window words the finding from `code` and `details`. */
  readonly detail: string;
  readonly details: ErrorDetails;
}

/** The verdict on one certificate, JSON as it stands. */
export interface PathValidation {
  /** True exactly when there are no findings. */
  readonly valid: boolean;
  /** Everything that is wrong on the path named below, not only the first thing. */
  readonly findings: readonly PathFinding[];
  /** SHA-256 of each certificate from the target to the trust anchor, or as far as the path came. */
  readonly path: readonly string[];
  /** The user-constrained policies the path is good for (RFC 5280 section 6.1.6), dotted decimal, sorted. */
  readonly policies: readonly string[];
}
