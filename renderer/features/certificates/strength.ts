import type { CertificateDetails } from '../../../main/contract/certificates.ts';

/** Until when the key and the signature are strong enough (NIST SP 800-57 Part 1 revision 5, table 4: 112 bits end with 2030). */
export function strengthOf({
  keyAlgorithm,
  validation,
}: Pick<CertificateDetails, 'keyAlgorithm' | 'validation'>): 'beyond' | 'until-2030' | 'weak' {
  if (validation.findings.some(({ code }) => code === 'path.weak-algorithm')) return 'weak';
  return keyAlgorithm === 'rsa-2048' ? 'until-2030' : 'beyond';
}
