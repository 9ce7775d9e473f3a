import type { AuthorityProfile, CertificateProfile, ServiceProfile, SubscriberProfile } from '../../profile/certificate-profile.ts';
import { extendedKeyUsageOid } from '../../x509/oid.ts';
import { validityDays } from '../../x509/validity.ts';
import type { LintSubject, Verdict } from '../rule.ts';
import { when } from '../rule.ts';

/** Where a certificate differs from the profile it is said to be of. */
export function compareWithProfile(subject: LintSubject, profile: CertificateProfile): readonly Verdict[] {
  const days = validityDays(subject.certificate);
  const purposes = profile.extendedKeyUsage.map((name): string => extendedKeyUsageOid[name]);
  const named = subject.certificate.extensions.extKeyUsage ?? [];
  return [
    ...compareKind(subject, profile),
    ...when(!isSame(named, purposes), 'error', 'extKeyUsage is not what the profile gives.'),
    ...when(
      days > profile.maximumValidityDays,
      'error',
      `It is valid for ${days} days; the profile allows ${profile.maximumValidityDays}.`,
    ),
  ];
}

function compareKind(subject: LintSubject, profile: CertificateProfile): Verdict[] {
  if (profile.kind === 'subscriber') return compareSubscriber(subject, profile);
  return profile.kind === 'authority' ? compareAuthority(subject, profile) : compareService(subject, profile);
}

function compareService({ certificate, kind }: LintSubject, profile: ServiceProfile): Verdict[] {
  const { keyUsage = [], ocspNoCheck } = certificate.extensions;
  return [
    ...when(
      kind !== profile.id,
      'error',
      `It is not the certificate of ${profile.id === 'ocsp-responder' ? 'an OCSP responder' : 'a CRL signer'}.`,
    ),
    ...when(!isSame(keyUsage, profile.keyUsage), 'error', `The profile's keyUsage is ${profile.keyUsage.join(', ')}.`),
    ...when(
      (ocspNoCheck === true) !== profile.hasNoCheck,
      'error',
      `The profile is ${profile.hasNoCheck ? 'with' : 'without'} ocsp-nocheck.`,
    ),
  ];
}

function compareSubscriber({ certificate, kind, smimePolicies, family }: LintSubject, profile: SubscriberProfile): Verdict[] {
  const expected = profile.binding === 'domain' ? 'direct-organization' : 'subscriber';
  if (kind !== expected) return [['error', 'It is another kind of certificate than the profile makes.']];
  const bits = family === undefined ? [] : profile.keyUsage[family];
  return [
    ...when(
      !isSame(smimePolicies, profile.policy === null ? [] : [profile.policy]),
      'error',
      `The profile's policy is ${profile.policy ?? 'none'}.`,
    ),
    ...when(bits.length === 0, 'error', 'The profile is not for this kind of key.'),
    ...when(
      bits.length > 0 && !isSame(certificate.extensions.keyUsage ?? [], bits),
      'error',
      `The profile's keyUsage is ${bits.join(', ')}.`,
    ),
  ];
}

function compareAuthority({ certificate, kind }: LintSubject, profile: AuthorityProfile): Verdict[] {
  const expected = profile.id === 'root-authority' ? 'root' : 'issuing';
  const { keyUsage = [], basicConstraints } = certificate.extensions;
  return [
    ...when(kind !== expected, 'error', `It is not the certificate of ${expected === 'root' ? 'a root' : 'an issuing authority'}.`),
    ...when(!isSame(keyUsage, profile.keyUsage), 'error', `The profile's keyUsage is ${profile.keyUsage.join(', ')}.`),
    ...when(
      profile.pathLenConstraint !== 'open' && basicConstraints?.pathLenConstraint !== profile.pathLenConstraint,
      'error',
      'The path length is not what the profile gives.',
    ),
  ];
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((value) => b.includes(value));
