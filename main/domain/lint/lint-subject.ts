import { compareOctets } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import type { KeyFamily } from '../key/algorithm.ts';
import type { ServiceProfile, ValidationType } from '../profile/certificate-profile.ts';
import type { GeneralName } from '../x509/general-name.ts';
import type { Mailbox } from '../x509/mailbox.ts';
import { parseMailbox } from '../x509/mailbox.ts';
import { algorithmOid, attributeOid, extendedKeyUsageOid, nameOfOid, policyOid } from '../x509/oid.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { CertificateKind, LintSubject, PolicyGeneration } from './rule.ts';

const policies = new Map<string, readonly [ValidationType, PolicyGeneration]>([
  [policyOid.smimeMailboxLegacy, ['mailbox', 'legacy']],
  [policyOid.smimeMailboxMultipurpose, ['mailbox', 'multipurpose']],
  [policyOid.smimeMailboxStrict, ['mailbox', 'strict']],
  [policyOid.smimeOrganizationLegacy, ['organization', 'legacy']],
  [policyOid.smimeOrganizationMultipurpose, ['organization', 'multipurpose']],
  [policyOid.smimeOrganizationStrict, ['organization', 'strict']],
  [policyOid.smimeSponsorLegacy, ['sponsor', 'legacy']],
  [policyOid.smimeSponsorMultipurpose, ['sponsor', 'multipurpose']],
  [policyOid.smimeSponsorStrict, ['sponsor', 'strict']],
  [policyOid.smimeIndividualLegacy, ['individual', 'legacy']],
  [policyOid.smimeIndividualMultipurpose, ['individual', 'multipurpose']],
  [policyOid.smimeIndividualStrict, ['individual', 'strict']],
]);

const families = new Map<string, KeyFamily>([
  [algorithmOid.rsaEncryption, 'rsa'],
  [algorithmOid.ecPublicKey, 'ec'],
  [algorithmOid.ed25519, 'edwards'],
  [algorithmOid.ed448, 'edwards'],
]);

/** Gathers what the rules ask of a certificate. */
export function lintSubjectOf(certificate: Certificate): LintSubject {
  const named = (certificate.extensions.certificatePolicies ?? []).map(({ policyIdentifier }) => policyIdentifier);
  const smimePolicies = named.filter((policy) => policies.has(policy));
  const [validation, generation] = (smimePolicies.length === 1 ? policies.get(smimePolicies[0] ?? '') : undefined) ?? [];
  const family = families.get(certificate.subjectPublicKeyInfo.algorithm.oid);
  return {
    certificate,
    kind: kindOf(certificate),
    smimePolicies,
    attributes: certificate.subject.rdnSequence.flat().map(({ type, value }) => ({ type: nameOfOid(attributeOid, type), value })),
    mailboxes: (certificate.extensions.subjectAltName ?? []).map(mailboxOf).filter((mailbox) => mailbox !== undefined),
    ...(validation === undefined || generation === undefined ? {} : { validation, generation }),
    ...(family === undefined ? {} : { family }),
  };
}

/**
 * Who may sign certificates is an authority; one that names itself and its own key as the issuer is a root. Where the keys differ it is
 * an authority's certificate for its next key (RFC 5280 section 3.2, self-issued).
 */
function kindOf(certificate: Certificate): CertificateKind {
  const { extensions, issuer, subject } = certificate;
  if (extensions.basicConstraints?.cA !== true)
    return serviceOf(certificate) ?? (isDirectOrganization(certificate) ? 'direct-organization' : 'subscriber');
  if (compareOctets(issuer.der, subject.der) !== 0) return 'issuing';
  const [issuerKey, ownKey] = [extensions.authorityKeyIdentifier?.keyIdentifier, extensions.subjectKeyIdentifier];
  return issuerKey === undefined || ownKey === undefined || compareOctets(issuerKey, ownKey) === 0 ? 'root' : 'issuing';
}

/** Who may answer OCSP or sign lists and nothing else. */
function serviceOf({ extensions: { extKeyUsage, keyUsage } }: Certificate): ServiceProfile['id'] | undefined {
  if (isOnly(extKeyUsage, extendedKeyUsageOid.ocspSigning)) return 'ocsp-responder';
  return isOnly(keyUsage, 'cRLSign') ? 'crl-signer' : undefined;
}

/** For mail, and bound to domains alone; one that names an S/MIME policy is held to that. */
function isDirectOrganization({ extensions: { subjectAltName = [], extKeyUsage, certificatePolicies = [] } }: Certificate): boolean {
  const isForMail = extKeyUsage?.includes(extendedKeyUsageOid.emailProtection) === true;
  const isOfDomains = subjectAltName.length > 0 && subjectAltName.every(({ form }) => form === 'dNSName');
  return isForMail && isOfDomains && !certificatePolicies.some(({ policyIdentifier }) => policies.has(policyIdentifier));
}

const isOnly = (list: readonly string[] | undefined, value: string): boolean => list?.length === 1 && list[0] === value;

/** The mailbox a general name holds, if it is an address in a form Keyward understands. */
function mailboxOf(name: GeneralName): Mailbox | undefined {
  if (name.form !== 'rfc822Name' && name.form !== 'smtpUtf8Mailbox') return undefined;
  try {
    return parseMailbox(name.value);
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.invalid') return undefined;
    throw error;
  }
}
