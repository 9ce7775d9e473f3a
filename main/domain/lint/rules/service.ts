import { compareOctets } from '../../asn1/der-writer.ts';
import { extensionOid } from '../../x509/oid.ts';
import { isCritical } from '../../x509/read-certificate.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { services, when } from '../rule.ts';

/** Rules about the certificates of OCSP responders and CRL signers. */
export const serviceRules: readonly LintRule[] = [
  { name: 'ocsp-nocheck', source: 'S/MIME BR 4.9.9, RFC 6960 4.2.2.2.1', kinds: ['ocsp-responder'], check: checkNoCheck },
  { name: 'key-usage', source: 'RFC 6960 4.2.2.2, RFC 5280 4.2.1.3', kinds: services, check: checkBits },
  { name: 'crl-signer-name', source: 'RFC 5280 6.3.3 f', kinds: ['crl-signer'], check: checkName },
  { name: 'extended-key-usage', source: 'RFC 5280 4.2.1.12', kinds: ['crl-signer'], check: checkPurposes },
];

function checkNoCheck({ certificate }: LintSubject): Verdict[] {
  return [
    ...when(certificate.extensions.ocspNoCheck !== true, 'error', 'An OCSP responder must say that its own revocation is not asked about.'),
    ...when(isCritical(certificate, extensionOid.ocspNoCheck), 'warning', 'ocsp-nocheck is marked critical.'),
  ];
}

function checkBits({ certificate, kind }: LintSubject): Verdict[] {
  const { keyUsage } = certificate.extensions;
  if (keyUsage === undefined) return [['warning', 'keyUsage is missing.']];
  const needed = kind === 'crl-signer' ? 'cRLSign' : 'digitalSignature';
  const others = keyUsage.filter((bit) => bit !== needed && bit !== 'nonRepudiation');
  return [
    ...when(!keyUsage.includes(needed), 'error', `keyUsage lacks ${needed}.`),
    ...when(others.length > 0, 'warning', `keyUsage sets bits this key has no use for: ${others.join(', ')}.`),
    ...when(!isCritical(certificate, extensionOid.keyUsage), 'warning', 'keyUsage is not marked critical.'),
  ];
}

/** Under another name its lists would be indirect ones, which few readers follow. */
function checkName({ certificate }: LintSubject): Verdict[] {
  return when(
    compareOctets(certificate.subject.der, certificate.issuer.der) !== 0,
    'error',
    'A CRL signer must bear the name of its issuer.',
  );
}

function checkPurposes({ certificate }: LintSubject): Verdict[] {
  return when(certificate.extensions.extKeyUsage !== undefined, 'warning', 'A CRL signer has no use for extKeyUsage.');
}
