import { AppError } from '../errors.ts';
import type { LintFinding } from './finding.ts';

/** Rules that were broken knowingly, and why. */
export interface LintOverride {
  readonly rules: readonly string[];
  readonly reason?: string;
}

/**
 * Stands before a signature: an error stops it unless somebody gives a reason to sign all the same. The reason is returned only where
 * there was something to override.
 * @throws AppError path.lint with details {rule, rules}
 */
export function passLint(findings: readonly LintFinding[], reason: string | undefined): LintOverride {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const rules = [...new Set(errors.map(({ rule }) => rule))];
  const [first] = errors;
  if (first === undefined) return { rules };
  if (reason === undefined) throw new AppError('path.lint', first.text, { rule: first.rule, rules });
  return { rules, reason };
}
