import type { KeyFamily } from '../key/algorithm.ts';
import type { SubjectPurpose } from '../key/usage.ts';
import type { KeyUsageName } from '../x509/extension-values.ts';
import type { Generation, SubjectRule, SubscriberProfile, ValidationType } from './certificate-profile.ts';

/** What one validation type and generation says for itself; the rest is the same in all of them. */
export interface SmimeRules {
  readonly validation: ValidationType;
  readonly generation: Generation;
  readonly policy: string | null;
  readonly subject: readonly SubjectRule[];
  readonly requiresPersonalName: boolean;
}

/**
 * Bits a key's usage asks for (S/MIME BR section 7.1.2.3 e), and none that is only allowed, except that who signs and nothing else may
 * be held to it. A dual key can be recovered from escrow, so it does not claim nonRepudiation.
 */
const keyUsageTable: Readonly<Record<SubjectPurpose, Readonly<Record<KeyFamily, readonly KeyUsageName[]>>>> = {
  sign: {
    rsa: ['digitalSignature', 'nonRepudiation'],
    ec: ['digitalSignature', 'nonRepudiation'],
    edwards: ['digitalSignature', 'nonRepudiation'],
  },
  encrypt: { rsa: ['keyEncipherment'], ec: ['keyAgreement'], edwards: [] },
  dual: { rsa: ['digitalSignature', 'keyEncipherment'], ec: ['digitalSignature', 'keyAgreement'], edwards: [] },
};

/** The order in which the usages are listed and a pair is made. */
const usages: readonly SubjectPurpose[] = ['sign', 'encrypt', 'dual'];

/**
 * The three profiles of one validation type and generation. emailProtection alone in both generations: the other purposes that
 * multipurpose allows would have to be allowed to the issuing authority too. Below the maximum validity, as section 6.3.2 advises.
 */
export const smimeProfiles = (rules: SmimeRules): readonly SubscriberProfile[] =>
  usages.map((usage) => ({
    kind: 'subscriber',
    id: `smime-${rules.validation}-${rules.generation}-${usage}`,
    ...rules,
    usage,
    keyUsage: keyUsageTable[usage],
    extendedKeyUsage: ['emailProtection'],
    smimeCapabilities: usage === 'sign' ? [] : ['aes256Cbc', 'aes128Cbc'],
    defaultValidityDays: 730,
    maximumValidityDays: 825,
    allowsHold: rules.generation === 'multipurpose',
  }));
