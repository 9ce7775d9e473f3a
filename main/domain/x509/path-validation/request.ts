import type { OcspResponse } from '../ocsp/read-response.ts';
import type { Certificate } from '../read-certificate.ts';
import type { CertificateList } from '../read-certificate-list.ts';

/** What the key of the target is to be used for. */
export type PathPurpose = 'any' | 'smime-sign' | 'smime-encrypt' | 'client' | 'server' | 'ocsp' | 'timestamp';

/** The question `validatePath` answers. Whatever is left out is not asked for. */
export interface PathRequest {
  readonly target: Certificate;
  /**
   * Certificates trusted without proof. They count as the first certificate of a path all the same: an anchor that has
   * expired, may not issue, or is constrained is found out (RFC 5937).
   */
  readonly anchors: readonly Certificate[];
  /** Certificates a path may lead through. Nothing in here is trusted. */
  readonly pool?: readonly Certificate[];
  readonly crls?: readonly CertificateList[];
  readonly ocspResponses?: readonly OcspResponse[];
  /** The instant of the question: not before, not after, CRLs and OCSP responses are judged by it. */
  readonly time: Date;
  readonly purpose?: PathPurpose;
  /** A mailbox the target must be for. */
  readonly email?: string;
  /** A host name the target must be for. */
  readonly dns?: string;
  /** Whether it is a finding that nobody can say whether a certificate is revoked. */
  readonly requireRevocation?: boolean;
  /** Accepts SHA-1 signatures and RSA keys from 1024 bits: for old mail only. MD5 is never accepted. */
  readonly allowWeak?: boolean;
  /** user-initial-policy-set (RFC 5280 section 6.1.1); empty or absent means any. */
  readonly policies?: readonly string[];
  readonly explicitPolicy?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
  /** Whether what does not keep to the profile of RFC 5280 is a finding: identifiers left out, extensions that should be critical. */
  readonly strict?: boolean;
  /** How many certificates may stand between the target and the anchor, self-issued ones not counted. */
  readonly maxDepth?: number;
}
