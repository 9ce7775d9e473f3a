import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import { passLint } from '../domain/lint/lint-gate.ts';
import type { CertificateProfile } from '../domain/profile/certificate-profile.ts';
import { readDraft } from '../domain/profile/draft-certificate.ts';
import { encodeCertificate } from '../domain/x509/tbs-certificate.ts';
import type { AuthoritySign } from '../ports/key-pairs.ts';

/**
 * Certificate, DER, from a TBSCertificate that the lint has nothing serious to say of; `algorithmIdentifier`, DER, is what it is signed with.
 * @throws AppError path.lint; token.* where the key is on a token
 */
export async function signLinted(
  tbsCertificate: Uint8Array,
  algorithmIdentifier: Uint8Array,
  sign: (data: Uint8Array) => ReturnType<AuthoritySign>,
  profile?: CertificateProfile,
): Promise<Uint8Array> {
  const draft = readDraft(tbsCertificate, algorithmIdentifier);
  passLint(lintCertificate(draft, profile === undefined ? {} : { profile }), undefined);
  return encodeCertificate(tbsCertificate, algorithmIdentifier, await sign(tbsCertificate));
}
