import type { PathCode } from '../x509/path-validation/result.ts';

/** Why a signature over a message does not hold, beside what path validation says of its certificate. */
export type SignatureCode =
  | 'cms.no-signer'
  | 'cms.no-certificate'
  | 'cms.no-content'
  | 'cms.digest'
  | 'cms.signature'
  | 'cms.attributes'
  | 'cms.content-type'
  | 'cms.signing-certificate'
  | 'cms.ambiguous-content'
  | 'cms.weak-algorithm'
  | 'cms.unsupported-algorithm'
  | 'mail.from'
  | 'mail.structure'
  | 'mail.partial'
  | 'mail.unsupported';

/** One thing that is wrong. */
export interface SignatureFinding {
  readonly code: SignatureCode | PathCode;
  /** English prose for logs and the command line. */
  readonly detail: string;
  /** SHA-256 of the certificate it is about, where it is about one. */
  readonly certificate?: string;
}
