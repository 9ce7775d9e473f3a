import type { CertificateProfile } from '../profile/certificate-profile.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { LintFinding, LintSeverity } from './finding.ts';
import { lintSubjectOf } from './lint-subject.ts';
import type { LintRule, LintSubject } from './rule.ts';
import { alternativeNameRules } from './rules/alternative-name.ts';
import { directRules } from './rules/direct.ts';
import { encodingRules } from './rules/encoding.ts';
import { extensionRules } from './rules/extensions.ts';
import { keyUsageRules } from './rules/key-usage.ts';
import { compareWithProfile } from './rules/profile.ts';
import { serviceRules } from './rules/service.ts';
import { subjectRules } from './rules/subject.ts';
import { validityRules } from './rules/validity.ts';

/** Every rule, in the order its findings are told within one severity. */
export const lintRules: readonly LintRule[] = [
  ...encodingRules,
  ...validityRules,
  ...keyUsageRules,
  ...alternativeNameRules,
  ...subjectRules,
  ...extensionRules,
  ...serviceRules,
  ...directRules,
];

const severities: readonly LintSeverity[] = ['error', 'warning', 'notice'];

/**
 * What RFC 5280 and the S/MIME Baseline Requirements (version 1.0.10, and the key sizes that follow it) say about a certificate, the worst first;
 * with a profile, also where it differs from that. It looks at this certificate alone: whether it is trusted, current or revoked is for
 * path validation.
 */
export function lintCertificate(certificate: Certificate, options: { readonly profile?: CertificateProfile } = {}): LintFinding[] {
  const subject = lintSubjectOf(certificate);
  const findings = [...lintRules.flatMap((rule) => applyRule(rule, subject)), ...profileFindings(subject, options.profile)];
  return findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

const applyRule = ({ name, source, kinds, check }: LintRule, subject: LintSubject): LintFinding[] =>
  kinds.includes(subject.kind) ? check(subject).map(([severity, text]) => ({ severity, rule: name, source, text })) : [];

function profileFindings(subject: LintSubject, profile: CertificateProfile | undefined): LintFinding[] {
  if (profile === undefined) return [];
  const verdicts = compareWithProfile(subject, profile);
  return verdicts.map(([severity, text]) => ({ severity, rule: 'profile', source: `profile ${profile.id}`, text }));
}
