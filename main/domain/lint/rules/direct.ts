import { extensionOid } from '../../x509/oid.ts';
import { toAsciiDomain } from '../../x509/domain-name.ts';
import { isCritical } from '../../x509/read-certificate.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { when } from '../rule.ts';

const source = 'Direct Applicability Statement 1.2, 4';

/** Rules about certificates that Direct binds to a health domain; what it binds to an address is a subscriber's like every other. */
export const directRules: readonly LintRule[] = [
  { name: 'direct-domain', source, kinds: ['direct-organization'], check: checkDomains },
  { name: 'direct-key-usage', source, kinds: ['direct-organization'], check: checkBits },
  { name: 'direct-organization', source, kinds: ['direct-organization'], check: checkSubject },
];

function checkDomains({ certificate }: LintSubject): Verdict[] {
  const domains = (certificate.extensions.subjectAltName ?? []).flatMap((name) => (name.form === 'dNSName' ? [name.value] : []));
  const wrong = domains.filter((domain) => toAsciiDomain(domain) !== domain.toLowerCase());
  return [
    ...when(wrong.length > 0, 'error', `subjectAltName holds what is no domain: ${wrong.join(', ')}.`),
    ...when(domains.length > 1, 'notice', 'It is bound to several domains; some look at the first alone.'),
  ];
}

/** Direct knows keyEncipherment; an EC key can only agree on keys, which few of its agents do. */
function checkBits({ certificate }: LintSubject): Verdict[] {
  const { keyUsage = [] } = certificate.extensions;
  const isOfUse = (['digitalSignature', 'keyEncipherment', 'keyAgreement'] as const).some((bit) => keyUsage.includes(bit));
  return [
    ...when(!isOfUse, 'error', 'keyUsage allows neither to sign nor to encrypt.'),
    ...when(keyUsage.includes('keyAgreement'), 'warning', 'It encrypts by key agreement, which few Direct agents do: use an RSA key.'),
    ...when(!isCritical(certificate, extensionOid.keyUsage), 'warning', 'keyUsage is not marked critical.'),
  ];
}

function checkSubject({ attributes }: LintSubject): Verdict[] {
  return when(!attributes.some(({ type }) => type === 'organizationName'), 'warning', 'The subject does not name the organization.');
}
