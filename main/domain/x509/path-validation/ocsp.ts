import { compareOctets } from '../../asn1/der-writer.ts';
import { subjectPublicKeyOf } from '../../key/subject-public-key-info.ts';
import { isIssuerOf } from '../ocsp/certificate-id.ts';
import { ocspOid } from '../ocsp/oid.ts';
import type { BasicOcspResponse, SingleResponse } from '../ocsp/read-response.ts';
import { extendedKeyUsageOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';
import { checkCriticalExtensions, checkValidity } from './certificate-checks.ts';
import type { PathContext } from './context.ts';
import { statusByLists, type CrlTrust, type RevocationStatus } from './revocation.ts';
import { checkKeyStrength, isSignedBy, isWeak, signedCertificate, type Signed } from './signature.ts';

/**
 * The revocation of one certificate by the OCSP responses given (RFC 6960 section 3.2): each of them counts only where it means this
 * certificate and is signed by its issuer, or by somebody the issuer certified for just that. Good only within its times; revoked also
 * when it is stale, and `unknown` as well as whatever cannot be trusted leaves it unknown.
 */
export function statusByOcsp(
  context: PathContext,
  certificate: Certificate,
  issuer: Certificate | undefined,
  isTrusted: CrlTrust,
): RevocationStatus {
  let state: 'good' | 'unknown' = 'unknown';
  if (issuer === undefined) return { state };
  for (const { basic } of context.request.ocspResponses ?? []) {
    const answers = basic === undefined ? [] : answersFor(context, certificate, issuer, basic);
    if (basic === undefined || answers.length === 0 || ocspSigner(context, issuer, basic, isTrusted) === undefined) continue;
    for (const { certStatus, ...times } of answers) {
      if (certStatus.status === 'revoked') return { state: 'revoked', entry: entryOf(certStatus) };
      if (certStatus.status === 'good' && isCurrent(times, context.request.time)) state = 'good';
    }
  }
  return { state };
}

const entryOf = ({ revocationTime, reason }: Extract<SingleResponse['certStatus'], { status: 'revoked' }>) => ({
  revocationDate: revocationTime,
  ...(reason === undefined ? {} : { reasonCode: reason }),
});

/** A response without nextUpdate says that there is always a newer one: it is current at no time (RFC 5019 section 4). */
export const isCurrent = ({ thisUpdate, nextUpdate }: Pick<SingleResponse, 'thisUpdate' | 'nextUpdate'>, time: Date): boolean =>
  thisUpdate <= time && nextUpdate !== undefined && time <= nextUpdate;

/** The answers that mean this certificate, unless something critical is said that nobody here understands. */
export function answersFor(
  { primitives }: PathContext,
  certificate: Certificate,
  issuer: Certificate,
  basic: BasicOcspResponse,
): SingleResponse[] {
  const named = { name: certificate.issuer.der, subjectPublicKeyInfo: issuer.subjectPublicKeyInfo.der };
  if (hasUnknownCritical(basic)) return [];
  return basic.responses.filter(
    (answer) =>
      !hasUnknownCritical(answer) &&
      answer.certId.serialNumber === certificate.serialNumber &&
      isIssuerOf(answer.certId, named, primitives),
  );
}

const hasUnknownCritical = ({ rawExtensions }: Pick<BasicOcspResponse, 'rawExtensions'>): boolean =>
  rawExtensions.some(({ oid, isCritical }) => isCritical && oid !== ocspOid.nonce && oid !== ocspOid.extendedRevoke);

/** Who signed a response and may (RFC 6960 section 4.2.2.2): the issuer itself, or its delegate; `undefined` where that is nobody. */
export function ocspSigner(
  context: PathContext,
  issuer: Certificate,
  basic: BasicOcspResponse,
  isTrusted: CrlTrust,
): Certificate | undefined {
  if (isWeak(context, basic.signatureAlgorithm)) return undefined;
  const candidates = [issuer, ...basic.certificates, ...(context.request.pool ?? [])];
  return candidates.find(
    (candidate) =>
      isNamed(context, candidate, basic) &&
      isSignedBy(context, signedResponse(basic), candidate.subjectPublicKeyInfo) &&
      (candidate === issuer || isDelegate(context, candidate, issuer, isTrusted)),
  );
}

const signedResponse = ({ signatureAlgorithm, tbsResponseData, signatureValue }: BasicOcspResponse): Signed => ({
  algorithm: signatureAlgorithm,
  data: tbsResponseData,
  signature: signatureValue,
});

function isNamed(context: PathContext, { subject, subjectPublicKeyInfo }: Certificate, { responderId }: BasicOcspResponse): boolean {
  if ('name' in responderId) return context.keyOf(subject) === context.keyOf(responderId.name);
  return compareOctets(context.primitives.digest('sha1', subjectPublicKeyOf(subjectPublicKeyInfo.der)), responderId.keyHash) === 0;
}

/** Certified by the very issuer, for OCSP and now; not revoked as far as anybody says, and known not to be where it names a place to ask. */
function isDelegate(context: PathContext, responder: Certificate, issuer: Certificate, isTrusted: CrlTrust): boolean {
  const { extKeyUsage, keyUsage, ocspNoCheck, cRLDistributionPoints, authorityInfoAccess } = responder.extensions;
  const mayAnswer = extKeyUsage?.includes(extendedKeyUsageOid.ocspSigning) === true && keyUsage?.includes('digitalSignature') !== false;
  if (!mayAnswer || !isIssuedBy(context, responder, issuer)) return false;
  const isUnsound =
    checkValidity(context, responder).length +
    checkKeyStrength(context, responder).length +
    checkCriticalExtensions(context, responder).length;
  if (isUnsound > 0) return false;
  if (ocspNoCheck === true) return true;
  const { state } = statusByLists(context, responder, isTrusted);
  const mustBeKnown =
    context.request.requireRevocation === true && (cRLDistributionPoints !== undefined || authorityInfoAccess !== undefined);
  return mustBeKnown ? state === 'good' : state !== 'revoked';
}

function isIssuedBy(context: PathContext, responder: Certificate, issuer: Certificate): boolean {
  if (context.keyOf(responder.issuer) !== context.keyOf(issuer.subject)) return false;
  if (!responder.isSignatureAlgorithmRepeated || isWeak(context, responder.signatureAlgorithm)) return false;
  return isSignedBy(context, signedCertificate(responder), issuer.subjectPublicKeyInfo);
}
