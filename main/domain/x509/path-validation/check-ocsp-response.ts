import { formatInstant } from '../../asn1/read-time.ts';
import type { OcspResponse, ResponseStatus, SingleResponse } from '../ocsp/read-response.ts';
import type { Certificate } from '../read-certificate.ts';
import type { SignaturePrimitives } from '../signature-primitives.ts';
import { createContext, type PathContext } from './context.ts';
import { answersFor, isCurrent, ocspSigner } from './ocsp.ts';
import type { PathCode } from './result.ts';
import { isSignedBy, signedCertificate } from './signature.ts';

/** The question `checkOcspResponse` answers. */
export interface OcspQuestion {
  readonly response: OcspResponse;
  /** Who issued the certificate: trusted as it is given. */
  readonly issuer: Certificate;
  readonly certificate: Certificate;
  readonly time: Date;
  /** Accepts SHA-1 signatures. */
  readonly allowWeak?: boolean;
}

/** What one response says of one certificate, JSON as it stands. */
export interface OcspCheck {
  /** True exactly when it says good, may say so, and is current. */
  readonly valid: boolean;
  readonly findings: readonly { readonly code: PathCode; readonly detail: string }[];
  readonly responseStatus: ResponseStatus;
  /** What it says, whether it may or not; absent where it does not speak of this certificate. */
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly revokedAt?: string;
  readonly reason?: string;
  readonly producedAt?: string;
  readonly thisUpdate?: string;
  readonly nextUpdate?: string;
  /** SHA-256 of the certificate that signed it, lower-case hexadecimal. */
  readonly responder?: string;
}

type Finding = OcspCheck['findings'][number];

/** One OCSP response against one certificate and its issuer (RFC 6960 section 3.2): signature, signer, times and status. */
export function checkOcspResponse(question: OcspQuestion, primitives: SignaturePrimitives): OcspCheck {
  const { response, issuer, certificate, time, allowWeak = false } = question;
  const context = createContext({ target: certificate, anchors: [issuer], time, allowWeak }, primitives);
  const { basic, status: responseStatus } = response;
  if (basic === undefined) {
    const detail = `The responder gave no answer: ${responseStatus}.`;
    return { valid: false, findings: [...checkIssuer(context, question), { code: 'path.revocation-unknown', detail }], responseStatus };
  }
  const signer = ocspSigner(context, issuer, basic, () => false);
  const answer = tellingOf(answersFor(context, certificate, issuer, basic), time);
  const findings = [
    ...checkIssuer(context, question),
    ...(signer === undefined ? [unsigned] : []),
    ...(answer === undefined ? [silent] : checkAnswer(answer, time)),
  ];
  const responder = signer === undefined ? {} : { responder: context.fingerprint(signer) };
  const producedAt = formatInstant(basic.producedAt);
  return { valid: findings.length === 0, findings, responseStatus, ...(answer && describe(answer)), producedAt, ...responder };
}

const unsigned: Finding = { code: 'path.signature', detail: 'Nobody signed it who may answer for this issuer.' };
const silent: Finding = { code: 'path.revocation-unknown', detail: 'It does not speak of this certificate.' };

function checkIssuer(context: PathContext, { certificate, issuer }: OcspQuestion): Finding[] {
  const isNamed = context.keyOf(certificate.issuer) === context.keyOf(issuer.subject);
  if (isNamed && isSignedBy(context, signedCertificate(certificate), issuer.subjectPublicKeyInfo)) return [];
  return [{ code: 'path.unknown-issuer', detail: 'The certificate is not by this issuer.' }];
}

/** Of several answers bad news first, then what is current. */
const tellingOf = (answers: readonly SingleResponse[], time: Date): SingleResponse | undefined =>
  answers.find(({ certStatus }) => certStatus.status === 'revoked') ?? answers.find((answer) => isCurrent(answer, time)) ?? answers[0];

function checkAnswer({ certStatus, thisUpdate, nextUpdate }: SingleResponse, time: Date): Finding[] {
  const findings: Finding[] = [];
  if (certStatus.status === 'revoked')
    findings.push({ code: 'path.revoked', detail: `Revoked at ${formatInstant(certStatus.revocationTime)}.` });
  if (certStatus.status === 'unknown') findings.push({ code: 'path.revocation-unknown', detail: 'The responder does not know it.' });
  if (time < thisUpdate) findings.push({ code: 'path.not-yet-valid', detail: `It counts from ${formatInstant(thisUpdate)}.` });
  if (nextUpdate === undefined) findings.push({ code: 'path.revocation-unknown', detail: 'It does not say how long it counts.' });
  else if (time > nextUpdate) findings.push({ code: 'path.expired', detail: `It counted until ${formatInstant(nextUpdate)}.` });
  return findings;
}

function describe({ certStatus, thisUpdate, nextUpdate }: SingleResponse): Partial<OcspCheck> {
  const { status } = certStatus;
  const revocation =
    certStatus.status === 'revoked'
      ? { revokedAt: formatInstant(certStatus.revocationTime), reason: certStatus.reason ?? 'unspecified' }
      : {};
  const times = { thisUpdate: formatInstant(thisUpdate), ...(nextUpdate && { nextUpdate: formatInstant(nextUpdate) }) };
  return { status, ...revocation, ...times };
}
