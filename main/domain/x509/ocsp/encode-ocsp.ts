import { generalizedTime } from '../../asn1/der-time.ts';
import * as der from '../../asn1/der-writer.ts';
import { extension } from '../extension.ts';
import { reasonCodes } from '../revocation-reason.ts';
import { ocspOid } from './oid.ts';
import { responseStatuses, type CertStatus } from './read-response.ts';

/** A SingleResponse to be (RFC 6960 section 4.2.1). */
export interface OcspAnswer {
  /** CertID, DER: as it was asked with. */
  readonly certId: Uint8Array;
  readonly certStatus: CertStatus;
}

/** What one ResponseData says. */
export interface OcspAnswers {
  /** SHA-1 of the responder's public key (KeyHash). */
  readonly responderKeyHash: Uint8Array;
  /** producedAt and every thisUpdate. Whole seconds. */
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly answers: readonly OcspAnswer[];
  /** Of the request (RFC 9654); absent in what is signed before anybody asks. */
  readonly nonce?: Uint8Array | undefined;
}

/** ResponseData, DER: the octets a responder signs. */
export function encodeResponseData({ responderKeyHash, thisUpdate, nextUpdate, answers, nonce }: OcspAnswers): Uint8Array {
  const time = generalizedTime(thisUpdate);
  const times = der.concatenate([time, der.context(0, generalizedTime(nextUpdate))]);
  return der.sequence(
    der.context(2, der.octetString(responderKeyHash)),
    time,
    der.tlvOf(
      der.tag.sequence,
      answers.map(({ certId, certStatus }) => der.sequence(certId, encodeStatus(certStatus), times)),
    ),
    ...(nonce === undefined ? [] : [der.context(1, der.sequence(extension(ocspOid.nonce, der.octetString(nonce))))]),
  );
}

const [good, unknown] = [der.contextPrimitive(0, new Uint8Array()), der.contextPrimitive(2, new Uint8Array())];

/** `unspecified` is said by leaving the reason out, as in lists. */
function encodeStatus(certStatus: CertStatus): Uint8Array {
  if (certStatus.status !== 'revoked') return certStatus.status === 'good' ? good : unknown;
  const { revocationTime, reason = 'unspecified' } = certStatus;
  const said = reason === 'unspecified' ? [] : [der.context(0, der.enumerated(reasonCodes[reason]))];
  return der.context(1, generalizedTime(revocationTime), ...said);
}

/** What goes with every response of one responder. */
export interface ResponseFrame {
  /** AlgorithmIdentifier, DER. */
  readonly signatureAlgorithm: Uint8Array;
  /** The responder's certificate, DER. */
  readonly certificate: Uint8Array;
}

/** A successful OCSPResponse with a BasicOCSPResponse in it, DER. */
export function encodeOcspResponse(responseData: Uint8Array, signature: Uint8Array, frame: ResponseFrame): Uint8Array {
  const certificates = der.context(0, der.sequence(frame.certificate));
  const basic = der.sequence(responseData, frame.signatureAlgorithm, der.bitString(signature), certificates);
  const bytes = der.sequence(basicResponse, der.octetString(basic));
  return der.sequence(der.enumerated(responseStatuses.successful), der.context(0, bytes));
}

const basicResponse = der.oid(ocspOid.basicResponse);

/** An OCSPRequest about one certificate and without extensions, DER: what a reader asks with who keeps to RFC 5019 section 2.1. */
export const encodeOcspRequest = (certId: Uint8Array): Uint8Array => der.sequence(der.sequence(der.sequence(der.sequence(certId))));
