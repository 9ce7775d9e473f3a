import { formatInstant } from '../asn1/read-time.ts';
import { compareOctets, tag } from '../asn1/der-writer.ts';
import { firstOctets, octetsOf, shortMessage, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import { nameKey } from '../x509/compare-name.ts';
import { digestOid, nameOfOid } from '../x509/oid.ts';
import { mailboxesOf } from '../x509/path-validation/identity.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import type { ContentPrimitives } from './content-primitives.ts';
import type { SignatureCode, SignatureFinding } from './finding.ts';
import type { SignedData, SignerIdentifier, SignerInfo } from './read-signed-data.ts';
import { looksLikeAttributes, readSignedAttributes, signedForms, type SignedAttributes } from './signed-attributes.ts';
import { checkCertificate, fingerprint, type Judging, type PathBudget, type SignatureQuestion } from './signer-certificate.ts';
import { digestOf, isSchemeOf, signerScheme } from './signer-scheme.ts';

/** One signer and whether the signature holds, JSON as it stands. */
export interface SignerVerdict {
  readonly valid: boolean;
  /** Null where the certificate is missing. */
  readonly signer: { readonly sha256: string; readonly emails: readonly string[] } | null;
  /** As the signer claims, and nobody proves; null where nothing is claimed. */
  readonly signingTime: string | null;
  readonly findings: readonly SignatureFinding[];
}

/**
 * Verifies every signer of a SignedData (RFC 5652 section 5.4 to 5.6, RFC 8551). `contents` are the forms in which the
 * content may have been signed: itself, or with canonical line ends. What is not understood is a finding, never a pass.
 */
export function verifySignedData(
  data: SignedData,
  contents: readonly OctetSource[],
  question: SignatureQuestion,
  primitives: ContentPrimitives,
  paths: PathBudget,
): SignerVerdict[] {
  const digests = new Map<string, Uint8Array>();
  const verification: Verification = { data, contents, question, primitives, digests, paths, judged: new Map() };
  return data.signers.map((signer) => verifySigner(verification, signer));
}

/** Certificates that one name and number, or one key identifier, may stand on: more were made to be slow. */
const maximumCandidates = 20;

interface Verification extends Judging {
  readonly primitives: ContentPrimitives;
  readonly contents: readonly OctetSource[];
  readonly digests: Map<string, Uint8Array>;
}

const say = (code: SignatureCode, detail: string): SignatureFinding => ({ code, detail });

function verifySigner(verification: Verification, info: SignerInfo): SignerVerdict {
  const candidates = candidatesFor(verification, info.identifier).slice(0, maximumCandidates);
  const attributes = readAttributes(info);
  const findings = [...checkContent(verification, info, attributes), ...checkAlgorithms(verification, info)];
  const signed = signedOctets(verification, info, attributes);
  const own = candidates.find((certificate) => isSignedWith(verification, info, certificate, signed));
  const certificate = own ?? candidates[0];
  if (certificate === undefined) findings.push(say('cms.no-certificate', 'The certificate of the signer is missing.'));
  else if (own === undefined) findings.push(say('cms.signature', "The signature is not that of the signer's key."));
  if (certificate !== undefined) findings.push(...checkCertificate(verification, certificate, attributes));
  const sha256 = certificate === undefined ? '' : fingerprint(verification, certificate);
  const signingTime = attributes instanceof AppError ? undefined : attributes?.signingTime;
  return {
    valid: findings.length === 0,
    signer: certificate === undefined ? null : { sha256, emails: mailboxesOf(certificate) },
    signingTime: signingTime === undefined ? null : formatInstant(signingTime),
    findings,
  };
}

/** Everybody the identifier can mean: a name and number, or a key identifier, may stand on several certificates. */
function candidatesFor({ data, question }: Verification, identifier: SignerIdentifier): Certificate[] {
  const all = [...data.certificates, ...question.pool, ...(question.trust ?? [])];
  if ('subjectKeyIdentifier' in identifier) {
    return all.filter(({ extensions }) => {
      const own = extensions.subjectKeyIdentifier;
      return own !== undefined && compareOctets(own, identifier.subjectKeyIdentifier) === 0;
    });
  }
  const issuer = nameKey(identifier.issuer);
  return all.filter((certificate) => certificate.serialNumber === identifier.serialNumber && nameKey(certificate.issuer) === issuer);
}

/** The attributes, or what is wrong with them; undefined where there are none. */
function readAttributes({ signedAttributes }: SignerInfo): SignedAttributes | AppError | undefined {
  if (signedAttributes === undefined) return undefined;
  try {
    return readSignedAttributes(signedAttributes);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** RFC 5652 sections 5.4 and 11: the attributes speak of this content; without any, the content must not be able to pass for some. */
function checkContent(
  verification: Verification,
  info: SignerInfo,
  attributes: SignedAttributes | AppError | undefined,
): SignatureFinding[] {
  const { data, contents } = verification;
  if (contents.length === 0) return [say('cms.no-content', 'What was signed is not in this file.')];
  if (attributes instanceof AppError) return [say('cms.attributes', `The signed attributes cannot be read: ${attributes.message}`)];
  if (attributes === undefined) {
    if (data.contentType !== contentTypes.data) return [say('cms.attributes', 'Content of this type needs signed attributes.')];
    return contents.some(couldBeAttributes) ? [say('cms.ambiguous-content', 'The content could be the signed attributes of another.')] : [];
  }
  const findings: SignatureFinding[] = [];
  if (attributes.contentType !== data.contentType) findings.push(say('cms.content-type', 'The signed content type is another one.'));
  const digest = digestOf(info.digestAlgorithm);
  const isSame = (content: OctetSource, at: number): boolean =>
    digest !== undefined && compareOctets(digestOnce(verification, digest, content, at), attributes.messageDigest) === 0;
  if (digest !== undefined && !contents.some(isSame)) findings.push(say('cms.digest', 'The content was changed after it was signed.'));
  return findings;
}

/** Long content that begins like a SET is not looked at to its end: nothing else has a reason to begin so. */
function couldBeAttributes(content: OctetSource): boolean {
  if (firstOctets(content, 1)[0] !== tag.set) return false;
  const short = content.wholeUpTo(shortMessage);
  return short === undefined || looksLikeAttributes(short);
}

function digestOnce(
  { digests, primitives }: Verification,
  name: NonNullable<ReturnType<typeof digestOf>>,
  content: OctetSource,
  at: number,
): Uint8Array {
  const known = digests.get(`${name} ${at}`) ?? primitives.digestPieces(name, content.pieces());
  digests.set(`${name} ${at}`, known);
  return known;
}

function checkAlgorithms({ question }: Verification, info: SignerInfo): SignatureFinding[] {
  const digest = digestOf(info.digestAlgorithm);
  if (digest === undefined)
    return [say('cms.unsupported-algorithm', `Digest ${nameOfOid(digestOid, info.digestAlgorithm.oid)} is not supported.`)];
  const findings: SignatureFinding[] = [];
  if (schemeOf(info) === undefined)
    findings.push(say('cms.unsupported-algorithm', `Signature algorithm ${info.signatureAlgorithm.name} is not supported.`));
  if (digest === 'sha1' && !question.allowSha1) findings.push(say('cms.weak-algorithm', 'The digest is SHA-1, which can be forged.'));
  return findings;
}

/** Undefined for what is not verified here, or not written as its standard wants it. */
function schemeOf({ digestAlgorithm, signatureAlgorithm }: SignerInfo): ReturnType<typeof signerScheme> {
  const digest = digestOf(digestAlgorithm);
  try {
    return digest === undefined ? undefined : signerScheme(signatureAlgorithm, digest);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function signedOctets(
  { contents }: Verification,
  { signedAttributes }: SignerInfo,
  attributes: SignedAttributes | AppError | undefined,
): readonly OctetSource[] {
  if (attributes instanceof AppError) return [];
  return signedAttributes === undefined ? contents : signedForms(signedAttributes).map(octetsOf);
}

function isSignedWith(
  { primitives }: Verification,
  info: SignerInfo,
  { subjectPublicKeyInfo }: Certificate,
  signed: readonly OctetSource[],
): boolean {
  const scheme = schemeOf(info);
  if (scheme === undefined || !isSchemeOf(scheme, subjectPublicKeyInfo.algorithm.oid)) return false;
  return signed.some((octets) => primitives.verifyPieces(subjectPublicKeyInfo.der, scheme, octets.pieces(), info.signature));
}
