import type { LintFinding } from '../domain/lint/finding.ts';

/** What the rules say, a line each. */
export const findingLines = (findings: readonly LintFinding[]): string[] =>
  findings.map(({ severity, rule, source, text }) => `${severity} ${rule} (${source}): ${text}`);
