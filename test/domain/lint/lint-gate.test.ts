import { expect, it } from 'vitest';
import type { LintFinding } from '../../../main/domain/lint/finding.ts';
import { passLint } from '../../../main/domain/lint/lint-gate.ts';

const finding = (severity: LintFinding['severity'], rule: string): LintFinding => ({
  severity,
  rule,
  source: 'RFC 5280',
  text: `${rule}.`,
});

it('warnings and notices stop no signature, and no reason is kept for them', () => {
  expect(passLint([finding('warning', 'a'), finding('notice', 'b')], 'because')).toEqual({ rules: [] });
});

it('an error stops it, all rules named', () => {
  const findings = [finding('warning', 'a'), finding('error', 'b'), finding('error', 'c'), finding('error', 'c')];
  expect(() => passLint(findings, undefined)).toThrow(
    expect.objectContaining({ code: 'path.lint', details: { rule: 'b', rules: ['b', 'c'] } }),
  );
});

it('an error passes with a reason, which is kept with the rules', () => {
  expect(passLint([finding('error', 'b')], 'The register writes it so.')).toEqual({ rules: ['b'], reason: 'The register writes it so.' });
});
