import { concatenate } from '../asn1/der-writer.ts';
import type { KeyAlgorithm, SignatureAlgorithm } from '../key/algorithm.ts';
import { signatureAlgorithmOf } from '../key/algorithm.ts';
import { authorityInfoAccessExtension, authorityKeyIdentifierExtension, cRLDistributionPointsExtension } from '../x509/extension.ts';
import type { MailConstraints } from '../x509/mail-constraints.ts';
import type { Publication } from '../x509/publication.ts';

/** What a certificate says about who issued it. */
export interface Issuer {
  /** Name, DER: exactly the octets of the subject in the issuer's own certificate (S/MIME BR section 7.1.4.1). */
  readonly name: Uint8Array;
  readonly keyIdentifier: Uint8Array;
  /** One that was taken in can have a smaller RSA key than those made here. */
  readonly algorithm: KeyAlgorithm;
  readonly notAfter: Date;
  /** Where its list and certificate will be published; without it the certificates name no place. */
  readonly publication?: Publication;
  /** What it and those above it may vouch for, where that is constrained. */
  readonly mailConstraints?: readonly MailConstraints[];
}

/** An issuer with everything encoded that stays the same from one certificate to the next. */
export interface PreparedIssuer {
  readonly name: Uint8Array;
  readonly notAfter: Date;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** authorityKeyIdentifier, and where published cRLDistributionPoints and authorityInfoAccess: extensions in a row. */
  readonly extensions: Uint8Array;
  readonly mailConstraints: readonly MailConstraints[];
}

/** Encodes the issuer's part once. The octets handed in are kept: the caller does not change them afterwards. */
export function prepareIssuer(issuer: Issuer): PreparedIssuer {
  const { publication, mailConstraints = [] } = issuer;
  const places =
    publication === undefined
      ? []
      : [
          cRLDistributionPointsExtension(`${publication.url}/${publication.crlName}`),
          authorityInfoAccessExtension({ ocspUrl: publication.ocspUrl, caIssuersUrl: `${publication.url}/${publication.certificateName}` }),
        ];
  return {
    name: issuer.name,
    notAfter: issuer.notAfter,
    signatureAlgorithm: signatureAlgorithmOf(issuer.algorithm),
    extensions: concatenate([authorityKeyIdentifierExtension(issuer.keyIdentifier), ...places]),
    mailConstraints,
  };
}
