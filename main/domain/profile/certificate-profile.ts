import type { KeyAlgorithm, KeyFamily } from '../key/algorithm.ts';
import type { SubjectPurpose } from '../key/usage.ts';
import type { KeyUsageName } from '../x509/extension-values.ts';
import type { AttributeName } from '../x509/name.ts';
import type { contentEncryptionOid, extendedKeyUsageOid } from '../x509/oid.ts';

/** What stands behind the subject of a certificate (S/MIME BR section 1.1 and 1.6.1). */
export type ValidationType = 'mailbox' | 'organization' | 'sponsor' | 'individual';

/** Sets of rules (S/MIME BR section 1.1); the third, legacy, may no longer be issued. */
export type Generation = 'multipurpose' | 'strict';

export type ExtendedKeyUsageName = keyof typeof extendedKeyUsageOid;

/**
 * Where the value of a subject attribute comes from. `address`: the person's first mail address; `ascii-address`: the same, if it fits an
 * emailAddress attribute, not with a local part beyond ASCII (RFC 9598 section 1); `personal-name`: the pseudonym where there is one,
 * else the name; `text`: what the rule itself says.
 */
export const subjectSources = [
  'address',
  'ascii-address',
  'personal-name',
  'given-name',
  'surname',
  'pseudonym',
  'title',
  'department',
  'organization-name',
  'organization-identifier',
  'text',
] as const;

export type SubjectSource = (typeof subjectSources)[number];

/** One attribute of a subject. `required`: without a value nothing is issued. */
export interface SubjectRule {
  readonly attribute: AttributeName;
  readonly source: SubjectSource;
  readonly presence: 'required' | 'optional';
  /** Of the source `text`: the same in every certificate. */
  readonly text?: string | undefined;
}

/** How a certificate for a mailbox is made: data, so that a practice can keep its own beside those that come with Keyward. */
export interface SubscriberProfile {
  readonly kind: 'subscriber';
  readonly id: string;
  readonly validation: ValidationType;
  readonly generation: Generation;
  readonly usage: SubjectPurpose;
  /**
   * What subjectAltName names: every mailbox (absent), the first one alone, or the domain they are in, which is then no certificate of
   * the S/MIME Baseline Requirements.
   */
  readonly binding?: 'first-mailbox' | 'domain';
  /** The policy that names its rules (S/MIME BR section 7.1.6.1), dotted decimal; null where none does. */
  readonly policy: string | null;
  /** Others beside it. */
  readonly additionalPolicies?: readonly string[];
  /** Keys it is issued to; every kind that can serve its usage where left out. */
  readonly algorithms?: readonly KeyAlgorithm[];
  /** Bits per family of keys; an empty list: no certificate of this usage for such a key. */
  readonly keyUsage: Readonly<Record<KeyFamily, readonly KeyUsageName[]>>;
  readonly extendedKeyUsage: readonly ExtendedKeyUsageName[];
  /** Subject attributes in the order they are written. */
  readonly subject: readonly SubjectRule[];
  /** Whether a given name, a surname or a pseudonym must be known. */
  readonly requiresPersonalName: boolean;
  /** Content encryption a reader may use towards the holder, preferred first; empty where the key cannot decrypt. */
  readonly smimeCapabilities: readonly (keyof typeof contentEncryptionOid)[];
  readonly defaultValidityDays: number;
  readonly maximumValidityDays: number;
  /** Whether a certificate may be suspended: reason certificateHold (S/MIME BR section 7.2.2). */
  readonly allowsHold: boolean;
  /** Whether a key of it that opens mail is put into the escrow at birth; it is, where left out. */
  readonly escrowsKeys?: boolean;
}

/** How the certificate of an authority is made. */
export interface AuthorityProfile {
  readonly kind: 'authority';
  readonly id: 'root-authority' | 'intermediate-authority' | 'issuing-authority';
  /** Authorities that may stand below it on a path to a subscriber; `open`: as many as its order says, or any number. */
  readonly pathLenConstraint?: number | 'open';
  readonly keyUsage: readonly KeyUsageName[];
  readonly extendedKeyUsage: readonly ExtendedKeyUsageName[];
  /** Policies, dotted decimal. */
  readonly policies: readonly string[];
  readonly defaultValidityDays: number;
  readonly maximumValidityDays: number;
}

/** How the certificate of a key is made that speaks for an authority about revocation, and does nothing else. */
export interface ServiceProfile {
  readonly kind: 'service';
  /** Answers OCSP (RFC 6960 section 4.2.2.2), or signs lists under the authority's own name (RFC 5280 section 6.3.3 f). */
  readonly id: 'ocsp-responder' | 'crl-signer';
  readonly keyUsage: readonly KeyUsageName[];
  readonly extendedKeyUsage: readonly ExtendedKeyUsageName[];
  /** Whether its revocation is not to be asked about: id-pkix-ocsp-nocheck. Then it lives short. */
  readonly hasNoCheck: boolean;
  readonly defaultValidityDays: number;
  readonly maximumValidityDays: number;
}

export type CertificateProfile = SubscriberProfile | AuthorityProfile | ServiceProfile;
