import type { KeyFamily } from '../../key/algorithm.ts';
import type { KeyUsageName } from '../../x509/extension-values.ts';
import { extendedKeyUsageOid, extensionOid, nameOfOid } from '../../x509/oid.ts';
import { isCritical } from '../../x509/read-certificate.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { when } from '../rule.ts';

/** Bits a key of a family may have; a bit behind another one means nothing without it. */
const allowedBits: Readonly<Record<KeyFamily, readonly (readonly [bit: KeyUsageName, behind?: KeyUsageName])[]>> = {
  rsa: [['digitalSignature'], ['nonRepudiation', 'digitalSignature'], ['keyEncipherment'], ['dataEncipherment', 'keyEncipherment']],
  ec: [
    ['digitalSignature'],
    ['nonRepudiation', 'digitalSignature'],
    ['keyAgreement'],
    ['encipherOnly', 'keyAgreement'],
    ['decipherOnly', 'keyAgreement'],
  ],
  edwards: [['digitalSignature'], ['nonRepudiation', 'digitalSignature']],
};

const forbiddenPurposes: readonly string[] = [
  extendedKeyUsageOid.serverAuth,
  extendedKeyUsageOid.codeSigning,
  extendedKeyUsageOid.timeStamping,
  extendedKeyUsageOid.anyExtendedKeyUsage,
];

/** Rules about what a key may be used for. */
export const keyUsageRules: readonly LintRule[] = [
  { name: 'key-usage', source: 'S/MIME BR 7.1.2.3 e', kinds: ['subscriber'], check: checkSubscriberBits },
  { name: 'key-usage', source: 'S/MIME BR 7.1.2.1 b, 7.1.2.2 e', kinds: ['root', 'issuing'], check: checkAuthorityBits },
  { name: 'extended-key-usage', source: 'S/MIME BR 7.1.2.3 f, 7.1.2.2 g', kinds: ['issuing', 'subscriber'], check: checkPurposes },
  {
    name: 'extended-key-usage',
    source: 'S/MIME BR 7.1.2.1 d',
    kinds: ['root'],
    check: ({ certificate }) => when(certificate.extensions.extKeyUsage !== undefined, 'error', 'A root has no extKeyUsage.'),
  },
];

function checkSubscriberBits(subject: LintSubject): Verdict[] {
  const { keyUsage } = subject.certificate.extensions;
  if (keyUsage === undefined) return [['error', 'keyUsage is missing.']];
  const known = subject.family === undefined ? [] : allowedBits[subject.family];
  const wrong = keyUsage.filter((bit) => !isAllowed(bit, known, keyUsage, subject.generation === 'strict'));
  const isUseful = known.some(([bit, behind]) => behind === undefined && keyUsage.includes(bit));
  return [
    ...when(wrong.length > 0, 'error', `keyUsage sets bits that do not belong to this kind of key: ${wrong.join(', ')}.`),
    ...when(!isUseful && subject.family !== undefined, 'error', 'keyUsage allows this kind of key neither to sign nor to encrypt.'),
    ...checkCritical(subject),
  ];
}

function isAllowed(bit: KeyUsageName, known: (typeof allowedBits)[KeyFamily], set: readonly KeyUsageName[], isStrict: boolean): boolean {
  const entry = known.find(([name]) => name === bit);
  if (entry === undefined || (isStrict && bit === 'dataEncipherment')) return false;
  const [, behind] = entry;
  return behind === undefined || set.includes(behind);
}

function checkAuthorityBits(subject: LintSubject): Verdict[] {
  const { keyUsage } = subject.certificate.extensions;
  if (keyUsage === undefined) return [['error', 'keyUsage is missing.']];
  const missing = (['keyCertSign', 'cRLSign'] as const).filter((bit) => !keyUsage.includes(bit));
  const other = keyUsage.filter((bit) => bit !== 'keyCertSign' && bit !== 'cRLSign' && bit !== 'digitalSignature');
  return [
    ...when(missing.length > 0, 'error', `keyUsage of an authority lacks ${missing.join(' and ')}.`),
    ...when(other.length > 0, 'warning', `keyUsage of an authority sets ${other.join(', ')}.`),
    ...checkCritical(subject),
  ];
}

/** Must for an authority, should for a subscriber. */
const checkCritical = ({ certificate, kind }: LintSubject): Verdict[] =>
  when(!isCritical(certificate, extensionOid.keyUsage), kind === 'subscriber' ? 'warning' : 'error', 'keyUsage is not marked critical.');

function checkPurposes({ certificate, generation }: LintSubject): Verdict[] {
  const { extKeyUsage } = certificate.extensions;
  if (extKeyUsage === undefined) return [['error', 'extKeyUsage is missing.']];
  const others = extKeyUsage.filter((purpose) => purpose !== extendedKeyUsageOid.emailProtection);
  const forbidden = others.filter((purpose) => forbiddenPurposes.includes(purpose));
  const surplus = generation === 'strict' ? others.filter((purpose) => !forbidden.includes(purpose)) : [];
  return [
    ...when(others.length === extKeyUsage.length, 'error', 'extKeyUsage does not allow emailProtection.'),
    ...when(forbidden.length > 0, 'error', `extKeyUsage allows what no mail certificate may: ${named(forbidden)}.`),
    ...when(surplus.length > 0, 'error', `The strict rules allow emailProtection alone, not ${named(surplus)}.`),
    ...when(isCritical(certificate, extensionOid.extKeyUsage), 'notice', 'extKeyUsage is marked critical, which few readers expect.'),
  ];
}

const named = (purposes: readonly string[]): string => purposes.map((purpose) => nameOfOid(extendedKeyUsageOid, purpose)).join(', ');
