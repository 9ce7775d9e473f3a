/** `error`: must not be issued. `warning`: issued, and somebody should know. `notice`: worth knowing. */
export type LintSeverity = 'error' | 'warning' | 'notice';

/** What one rule says about one certificate. */
export interface LintFinding {
  readonly severity: LintSeverity;
  /** The rule's name, kebab-case, stable. */
  readonly rule: string;
  /** Document and section. */
  readonly source: string;
  /** A sentence in plain words. */
  readonly text: string;
}
