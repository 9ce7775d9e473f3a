import { compareOctets } from '../asn1/der-writer.ts';
import { hexEncode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { digestOid, nameOfOid } from '../x509/oid.ts';
import { createContext } from '../x509/path-validation/context.ts';
import { checkKeyStrength } from '../x509/path-validation/signature.ts';
import type { PathPurpose } from '../x509/path-validation/request.ts';
import { validatePath } from '../x509/path-validation/validate-path.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { CertificateList } from '../x509/read-certificate-list.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';
import type { SignatureFinding } from './finding.ts';
import type { SignedData } from './read-signed-data.ts';
import type { SignedAttributes, SigningCertificate } from './signed-attributes.ts';

/** What a verifier trusts and when. */
export interface SignatureQuestion {
  /** Undefined: the signer's certificate is taken as it is, and no path is asked for. */
  readonly trust: readonly Certificate[] | undefined;
  readonly pool: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly time: Date;
  /** Old mail: SHA-1, and RSA keys from 1024 bits. MD5 never. */
  readonly allowSha1: boolean;
  /** Whether it is a finding that nobody can say whether a certificate is revoked; always where the message brings lists itself. */
  readonly requireRevocation: boolean;
  /** What the signers' certificates must be for; mail unless it is said otherwise. */
  readonly purpose?: PathPurpose;
}

/** What all layers of one message share: a path may cost a second, so nobody gets them without number. */
export class PathBudget {
  #left = 8;

  /** @throws AppError input.too-large */
  spend(): void {
    if (this.#left-- <= 0) throw new AppError('input.too-large', 'More signers than any message has.', { what: 'signers' });
  }
}

/** What judging the certificates of one layer's signers needs at hand. */
export interface Judging {
  readonly data: SignedData;
  readonly question: SignatureQuestion;
  readonly primitives: SignaturePrimitives;
  readonly paths: PathBudget;
  /** Findings by certificate: of this layer, which has a pool and lists of its own. */
  readonly judged: Map<string, SignatureFinding[]>;
}

/** SHA-256, hex. */
export const fingerprint = ({ primitives }: Pick<Judging, 'primitives'>, certificate: Certificate): string =>
  hexEncode(primitives.digest('sha256', certificate.der));

/** The certificate is the one that was meant, and to be trusted for this. */
export function checkCertificate(
  verification: Judging,
  certificate: Certificate,
  attributes: SignedAttributes | AppError | undefined,
): SignatureFinding[] {
  const meant = attributes instanceof AppError ? undefined : attributes?.signingCertificate;
  const isNamed = meant === undefined || isMeant(verification, meant, certificate);
  const named = isNamed
    ? []
    : [{ code: 'cms.signing-certificate' as const, detail: 'It was signed with another certificate than this one.' }];
  const path = pathOnce(verification, certificate);
  return [...named, ...path];
}

function pathOnce(verification: Judging, certificate: Certificate): SignatureFinding[] {
  const sha256 = fingerprint(verification, certificate);
  const known = verification.judged.get(sha256);
  if (known !== undefined) return known;
  verification.paths.spend();
  const found = checkPath(verification, certificate);
  verification.judged.set(sha256, found);
  return found;
}

function isMeant({ primitives }: Judging, { digestOid: oid, hash }: SigningCertificate, certificate: Certificate): boolean {
  const name = nameOfOid(digestOid, oid);
  const known = (['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const).find((digest) => digest === name);
  return known !== undefined && compareOctets(primitives.digest(known, certificate.der), hash) === 0;
}

function checkPath({ data, question, primitives }: Judging, target: Certificate): SignatureFinding[] {
  const { trust, pool, crls, time, allowSha1, purpose = 'smime-sign' } = question;
  if (trust === undefined) {
    const context = createContext({ target, anchors: [], time, allowWeak: allowSha1 }, primitives);
    return checkKeyStrength(context, target).map(({ code, detail, certificate }) => ({ code, detail, certificate }));
  }
  // Who encloses lists means them to be asked: one that does not answer must not be passed over in silence.
  const requireRevocation = question.requireRevocation || data.crls.length > 0;
  const request = { target, anchors: trust, time, allowWeak: allowSha1, purpose, requireRevocation };
  const { valid, findings } = validatePath(
    { ...request, pool: [...data.certificates, ...pool], crls: [...data.crls, ...crls] },
    primitives,
  );
  const found = findings.map(({ code, detail, certificate }) => ({ code, detail, certificate }));
  return valid || found.length > 0 ? found : [{ code: 'path.unknown-issuer', detail: 'There is no path to a trust anchor.' }];
}
