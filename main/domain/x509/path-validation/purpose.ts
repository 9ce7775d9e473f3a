import type { KeyUsageName } from '../extension-values.ts';
import { algorithmOid, extendedKeyUsageOid, extensionOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';
import { isCritical } from '../read-certificate.ts';
import type { PathContext } from './context.ts';
import { finding } from './context.ts';
import type { PathPurpose } from './request.ts';
import type { PathFinding } from './result.ts';

/** What a purpose asks of a certificate. */
interface PurposeRule {
  readonly extendedKeyUsage: keyof typeof extendedKeyUsageOid;
  /** Any one of these bits, where keyUsage is present. */
  readonly keyUsage: readonly KeyUsageName[];
  /** Whether the extended key usage must be there by its own name: neither absent nor anyExtendedKeyUsage will do. */
  readonly isExplicit: boolean;
  readonly need: 'signing' | 'encryption' | 'either';
}

const rules: Readonly<Record<Exclude<PathPurpose, 'any'>, PurposeRule>> = {
  /** RFC 8550 sections 4.4.2 and 4.4.4. */
  'smime-sign': {
    extendedKeyUsage: 'emailProtection',
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    isExplicit: false,
    need: 'signing',
  },
  'smime-encrypt': {
    extendedKeyUsage: 'emailProtection',
    keyUsage: ['keyEncipherment', 'keyAgreement'],
    isExplicit: false,
    need: 'encryption',
  },
  /** RFC 5280 section 4.2.1.12. */
  client: { extendedKeyUsage: 'clientAuth', keyUsage: ['digitalSignature', 'keyAgreement'], isExplicit: false, need: 'signing' },
  server: {
    extendedKeyUsage: 'serverAuth',
    keyUsage: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
    isExplicit: false,
    need: 'either',
  },
  /** RFC 6960 section 4.2.2.2. */
  ocsp: { extendedKeyUsage: 'ocspSigning', keyUsage: ['digitalSignature', 'nonRepudiation'], isExplicit: true, need: 'signing' },
  /** RFC 3161 section 2.3. */
  timestamp: { extendedKeyUsage: 'timeStamping', keyUsage: ['digitalSignature', 'nonRepudiation'], isExplicit: true, need: 'signing' },
};

const signingOnly: readonly string[] = [algorithmOid.ed25519, algorithmOid.ed448, algorithmOid.rsassaPss];
const encryptionOnly: readonly string[] = [algorithmOid.x25519, algorithmOid.x448, algorithmOid.rsaesOaep];

/** Whether the target's key and its extensions allow the purpose asked for. */
export function checkPurpose(context: PathContext, target: Certificate): PathFinding[] {
  const { purpose = 'any' } = context.request;
  if (purpose === 'any') return [];
  const rule = rules[purpose];
  return [...checkKeyUsage(context, target, rule), ...checkExtendedKeyUsage(context, target, purpose, rule)];
}

function checkKeyUsage(context: PathContext, target: Certificate, rule: PurposeRule): PathFinding[] {
  const { algorithm } = target.subjectPublicKeyInfo;
  const needed = rule.keyUsage.join(' or ');
  const impossible = rule.need === 'signing' ? encryptionOnly : rule.need === 'encryption' ? signingOnly : [];
  if (impossible.includes(algorithm.oid)) {
    return [finding(context, target, 'path.key-usage', `A key of the kind ${algorithm.name} cannot do this.`, { needed })];
  }
  const { keyUsage } = target.extensions;
  if (keyUsage === undefined || rule.keyUsage.some((bit) => keyUsage.includes(bit))) return [];
  return [finding(context, target, 'path.key-usage', `keyUsage has none of ${rule.keyUsage.join(', ')}.`, { needed })];
}

function checkExtendedKeyUsage(context: PathContext, target: Certificate, purpose: PathPurpose, rule: PurposeRule): PathFinding[] {
  const { extKeyUsage } = target.extensions;
  const needed = rule.extendedKeyUsage;
  const isNamed = extKeyUsage?.includes(extendedKeyUsageOid[needed]) === true;
  const isGood = isNamed || (!rule.isExplicit && isAllowedByAuthority(extKeyUsage, needed));
  const isSole = purpose !== 'timestamp' || (extKeyUsage?.length === 1 && isCritical(target, extensionOid.extKeyUsage));
  return isGood && isSole ? [] : [finding(context, target, 'path.purpose', `extKeyUsage does not allow ${needed} as it must.`, { needed })];
}

const isAllowedByAuthority = (extKeyUsage: readonly string[] | undefined, needed: keyof typeof extendedKeyUsageOid): boolean =>
  extKeyUsage === undefined ||
  extKeyUsage.includes(extendedKeyUsageOid[needed]) ||
  extKeyUsage.includes(extendedKeyUsageOid.anyExtendedKeyUsage);

/**
 * An authority whose certificate names extended key usages issues only for those: not in RFC 5280, but what everyone
 * validates, and what makes an authority technically constrained (S/MIME Baseline Requirements section 7.1.5).
 */
export function checkAuthorityPurpose(context: PathContext, authority: Certificate): PathFinding[] {
  const { purpose = 'any' } = context.request;
  if (purpose === 'any') return [];
  const needed = rules[purpose].extendedKeyUsage;
  // A responder is authorised by the authority that issued it, whose own usages say nothing about responders.
  if (purpose === 'ocsp' || isAllowedByAuthority(authority.extensions.extKeyUsage, needed)) return [];
  return [finding(context, authority, 'path.purpose', `The authority may not issue for ${needed}.`, { needed })];
}
