import type { Certificate } from '../read-certificate.ts';
import type { CertificateList } from '../read-certificate-list.ts';
import type { CandidatePath } from './build.ts';
import { indexBySubject } from './build.ts';
import type { PathContext } from './context.ts';
import type { CrlTrust } from './revocation.ts';
import { isSignedBy, isWeak, type Signed } from './signature.ts';

/** How a search judges a CRL issuer that is not on the path: by a path of its own to the same anchor. */
export interface CrlIssuers {
  /** CRL issuers whose paths are being validated right now: asking about one again would never end. */
  readonly inProgress: ReadonlySet<string>;
  validateCrlIssuer(issuer: Certificate, anchor: Certificate, inProgress: ReadonlySet<string>): boolean;
}

/** CRL issuers that vouch for CRL issuers: deeper is refused. */
const maximumNesting = 4;

const signedList = (list: CertificateList): Signed => ({
  algorithm: list.signatureAlgorithm,
  data: list.tbsCertList,
  signature: list.signatureValue,
});

/**
 * Who may have signed a CRL for the certificate at one place of a path (RFC 5280 section 6.3.3 f, g): an authority above
 * it on the path that bears the CRL issuer's name, or another certificate of that name with a valid path of its own to
 * the same anchor. Either way cRLSign is needed where keyUsage is present. A CRL issuer answers for its own certificate
 * only where its authority says so, by a cRLIssuer in that certificate.
 */
export function crlTrust(context: PathContext, path: CandidatePath, at: number, crlIssuers: CrlIssuers): CrlTrust {
  const above = path.certificates.slice(at + 1);
  const anchor = path.isAnchored ? path.certificates.at(-1) : undefined;
  return (list, point) => {
    const isSigner = (issuer: Certificate): boolean => mayHaveSigned(context, issuer, list);
    if (!list.isSignatureAlgorithmRepeated || isWeak(context, list.signatureAlgorithm)) return false;
    if (above.some(isSigner)) return true;
    if (anchor === undefined || crlIssuers.inProgress.size >= maximumNesting) return false;
    const others = (indexBySubject(context).get(context.keyOf(list.issuer)) ?? []).filter(isSigner);
    return others.some((issuer) => {
      const id = context.fingerprint(issuer);
      const isOwn = issuer === path.certificates[at] && point.cRLIssuer !== undefined;
      return crlIssuers.inProgress.has(id) ? isOwn : crlIssuers.validateCrlIssuer(issuer, anchor, new Set([...crlIssuers.inProgress, id]));
    });
  };
}

function mayHaveSigned(context: PathContext, issuer: Certificate, list: CertificateList): boolean {
  const { keyUsage } = issuer.extensions;
  const isNamed = context.keyOf(issuer.subject) === context.keyOf(list.issuer);
  return isNamed && keyUsage?.includes('cRLSign') !== false && isSignedBy(context, signedList(list), issuer.subjectPublicKeyInfo);
}
