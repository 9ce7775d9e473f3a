import type { KeyUsageName } from '../extension-values.ts';
import { algorithmOid, extendedKeyUsageOid, extensionOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';
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

type NamedPurpose = Exclude<PathPurpose, 'any'>;
type PurposeFields = Pick<Certificate, 'subjectPublicKeyInfo' | 'extensions' | 'rawExtensions'>;

const namedPurposes: readonly NamedPurpose[] = ['smime-sign', 'smime-encrypt', 'client', 'server', 'ocsp', 'timestamp'];

const rules: Readonly<Record<NamedPurpose, PurposeRule>> = {
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
  const { extendedKeyUsage, keyUsage } = rules[purpose];
  const needed = keyUsage.join(' or ');
  const findings: PathFinding[] = [];
  if (!isKeyAllowed(target, purpose))
    findings.push(finding(context, target, 'path.key-usage', `The key is not for ${needed}.`, { needed }));
  if (!isPurposeNamed(target, purpose)) {
    const detail = `extKeyUsage does not allow ${extendedKeyUsage} as it must.`;
    findings.push(finding(context, target, 'path.purpose', detail, { needed: extendedKeyUsage }));
  }
  return findings;
}

/** What a certificate by itself may be used for, authorities aside. */
export function purposesOf(certificate: PurposeFields): PathPurpose[] {
  return namedPurposes.filter((purpose) => isKeyAllowed(certificate, purpose) && isPurposeNamed(certificate, purpose));
}

/** Whether the kind of key can do it, and keyUsage, where present, allows it. */
function isKeyAllowed({ subjectPublicKeyInfo, extensions }: PurposeFields, purpose: NamedPurpose): boolean {
  const { need, keyUsage } = rules[purpose];
  const impossible = need === 'signing' ? encryptionOnly : need === 'encryption' ? signingOnly : [];
  if (impossible.includes(subjectPublicKeyInfo.algorithm.oid)) return false;
  return extensions.keyUsage === undefined || keyUsage.some((bit) => extensions.keyUsage?.includes(bit) === true);
}

function isPurposeNamed({ extensions, rawExtensions }: PurposeFields, purpose: NamedPurpose): boolean {
  const { extendedKeyUsage, isExplicit } = rules[purpose];
  const named = extensions.extKeyUsage ?? [];
  if (isExplicit && !named.includes(extendedKeyUsageOid[extendedKeyUsage])) return false;
  if (purpose !== 'timestamp') return isAllowedByAuthority(extensions.extKeyUsage, extendedKeyUsage);
  return named.length === 1 && rawExtensions.some(({ oid, isCritical }) => oid === extensionOid.extKeyUsage && isCritical);
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
