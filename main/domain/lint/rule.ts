import type { KeyFamily } from '../key/algorithm.ts';
import type { ServiceProfile, SubscriberProfile, ValidationType } from '../profile/certificate-profile.ts';
import type { Mailbox } from '../x509/mailbox.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { LintSeverity } from './finding.ts';

/** What a certificate is, as far as rules differ. */
export type CertificateKind = 'root' | 'issuing' | 'subscriber' | 'direct-organization' | ServiceProfile['id'];

/** The set of rules a policy names (S/MIME BR section 7.1.6.1); legacy is only recognised, to be refused. */
export type PolicyGeneration = SubscriberProfile['generation'] | 'legacy';

/** A certificate, and what every rule wants to know about it. */
export interface LintSubject {
  readonly certificate: Certificate;
  readonly kind: CertificateKind;
  /** By its policy; absent where it names none of the S/MIME policies, or several. */
  readonly validation?: ValidationType;
  readonly generation?: PolicyGeneration;
  /** The S/MIME policies it names, dotted decimal. */
  readonly smimePolicies: readonly string[];
  /** Absent for kinds of keys Keyward does not issue to. */
  readonly family?: KeyFamily;
  /** The subject's attributes in order, by the names of `attributeOid` or, where there is none, in dotted decimal. */
  readonly attributes: readonly { readonly type: string; readonly value: string }[];
  /** The addresses in subjectAltName that can be taken apart. */
  readonly mailboxes: readonly Mailbox[];
}

/** What a rule found: how bad, and in words. */
export type Verdict = readonly [severity: LintSeverity, text: string];

/** One rule of one document about certificates of some kinds. */
export interface LintRule {
  /** Kebab-case; stable, because scripts filter by it. */
  readonly name: string;
  /** Document and section. */
  readonly source: string;
  readonly kinds: readonly CertificateKind[];
  readonly check: (subject: LintSubject) => readonly Verdict[];
}

export const everyKind: readonly CertificateKind[] = [
  'root',
  'issuing',
  'subscriber',
  'direct-organization',
  'ocsp-responder',
  'crl-signer',
];
export const belowRoot: readonly CertificateKind[] = ['issuing', 'subscriber', 'direct-organization'];
/** Keys that speak for an authority about revocation. */
export const services: readonly CertificateKind[] = ['ocsp-responder', 'crl-signer'];

/** One verdict where the condition holds, none elsewhere. */
export const when = (holds: boolean, severity: LintSeverity, text: string): Verdict[] => (holds ? [[severity, text]] : []);
