import type { GeneralName } from './general-name.ts';
import type { RelativeDistinguishedName } from './read-name.ts';

/** Bits of keyUsage in their order (RFC 5280 section 4.2.1.3). */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsageName = (typeof keyUsageNames)[number];

/** ReasonFlags in their order (RFC 5280 section 4.2.1.13). */
export const reasonFlagNames = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type ReasonFlag = (typeof reasonFlagNames)[number];

/** One extension as it stands; `value` is the content of extnValue: DER of what the extension defines. */
export interface RawExtension {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

/** RFC 5280 section 4.2.1.9. */
export interface BasicConstraints {
  readonly cA: boolean;
  readonly pathLenConstraint?: number;
}

/** RFC 5280 section 4.2.1.1; the keyIdentifier as octets, the serial as hexadecimal. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier?: Uint8Array;
  readonly authorityCertIssuer?: readonly GeneralName[];
  readonly authorityCertSerialNumber?: string;
}

/** PolicyInformation (RFC 5280 section 4.2.1.4). */
export interface PolicyInformation {
  readonly policyIdentifier: string;
  readonly policyQualifiers: readonly PolicyQualifier[];
}

export interface PolicyQualifier {
  readonly policyQualifierId: string;
  /** The address of a CPS pointer; absent for other qualifiers, which stay in `qualifier`. */
  readonly cPSuri?: string;
  readonly qualifier: Uint8Array;
}

/** RFC 5280 section 4.2.1.5. */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string;
  readonly subjectDomainPolicy: string;
}

/** RFC 5280 section 4.2.1.11. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
}

/** GeneralSubtree (RFC 5280 section 4.2.1.10): the base, and whether it carries a minimum or maximum nobody may use. */
export interface GeneralSubtree {
  readonly base: GeneralName;
  readonly hasDistance: boolean;
}

export interface NameConstraints {
  readonly permittedSubtrees: readonly GeneralSubtree[];
  readonly excludedSubtrees: readonly GeneralSubtree[];
}

/** DistributionPointName (RFC 5280 section 4.2.1.13). */
export type DistributionPointName =
  | { readonly fullName: readonly GeneralName[] }
  | { readonly nameRelativeToCRLIssuer: RelativeDistinguishedName };

export interface DistributionPoint {
  readonly distributionPoint?: DistributionPointName;
  readonly reasons?: readonly ReasonFlag[];
  readonly cRLIssuer?: readonly GeneralName[];
}

/** RFC 5280 section 4.2.2.1. */
export interface AccessDescription {
  readonly accessMethod: string;
  readonly accessLocation: GeneralName;
}

/** One entry of smimeCapabilities (RFC 8551 section 2.5.2). */
export interface SmimeCapability {
  readonly capabilityId: string;
  readonly parameters?: Uint8Array;
}

/** Extensions of a certificate by their names in RFC 5280; absent ones are absent. */
export interface CertificateExtensions {
  readonly basicConstraints?: BasicConstraints;
  readonly keyUsage?: readonly KeyUsageName[];
  /** Purposes in dotted decimal. */
  readonly extKeyUsage?: readonly string[];
  readonly subjectKeyIdentifier?: Uint8Array;
  readonly authorityKeyIdentifier?: AuthorityKeyIdentifier;
  readonly subjectAltName?: readonly GeneralName[];
  readonly issuerAltName?: readonly GeneralName[];
  readonly certificatePolicies?: readonly PolicyInformation[];
  readonly policyMappings?: readonly PolicyMapping[];
  readonly policyConstraints?: PolicyConstraints;
  readonly inhibitAnyPolicy?: number;
  readonly nameConstraints?: NameConstraints;
  readonly cRLDistributionPoints?: readonly DistributionPoint[];
  readonly freshestCRL?: readonly DistributionPoint[];
  readonly authorityInfoAccess?: readonly AccessDescription[];
  readonly subjectInfoAccess?: readonly AccessDescription[];
  readonly smimeCapabilities?: readonly SmimeCapability[];
  /** id-pkix-ocsp-nocheck (RFC 6960 section 4.2.2.2.1) is present. */
  readonly ocspNoCheck?: true;
  /** Extensions Keyward does not decode. */
  readonly unknown: readonly RawExtension[];
}
