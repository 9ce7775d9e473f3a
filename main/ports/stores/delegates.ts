import type { KeyAlgorithm } from '../../domain/key/algorithm.ts';
import type { ServiceProfile } from '../../domain/profile/certificate-profile.ts';

/** A key that speaks for an authority about revocation. */
export interface DelegateRecord {
  readonly certificateId: string;
  readonly authorityId: string;
  readonly kind: ServiceProfile['id'];
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  readonly notAfter: string;
  readonly createdAt: string;
}

/** OCSP responses that left the practice: until `nextUpdate` others may rely on them. */
export interface OcspAnswersRecord {
  readonly authorityId: string;
  readonly answeredAt: string;
  readonly nextUpdate: string;
  readonly responses: number;
}

export interface DelegateReader {
  /** The one of an authority that lasts longest, unless it is revoked. */
  longest(authorityId: string, kind: DelegateRecord['kind']): Promise<DelegateRecord | undefined>;
  /** The answers that can be relied on longest. */
  latestAnswers(authorityId: string): Promise<OcspAnswersRecord | undefined>;
}

export interface DelegateStore extends DelegateReader {
  insert(delegate: DelegateRecord): Promise<void>;
  /** Adds to what was answered in the same millisecond. */
  recordAnswers(answers: OcspAnswersRecord): Promise<void>;
}
