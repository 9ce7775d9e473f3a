import { FileContent } from '../contract/secret.ts';
import { base64Encode } from '../domain/encoding/base64.ts';
import { AppError } from '../domain/errors.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { parsePublishUrl } from '../domain/x509/publication.ts';
import { isIssuerOf, type CertIdDigest, type IssuerOctets } from '../domain/x509/ocsp/certificate-id.ts';
import { encodeCertId, encodeCertIdIssuer } from '../domain/x509/ocsp/encode-certificate-id.ts';
import { encodeOcspRequest, encodeOcspResponse, encodeResponseData, type OcspAnswer } from '../domain/x509/ocsp/encode-ocsp.ts';
import { readOcspRequest, type OcspRequest } from '../domain/x509/ocsp/read-request.ts';
import type { CertStatus } from '../domain/x509/ocsp/read-response.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { OutputOf } from '../contract/call.ts';
import type { Contract } from '../contract/contract.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { StatusRow } from '../ports/stores/certificates.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { findDevice } from './device-record.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import { authorityCertificate, findAuthority } from './issuers.ts';
import { openResponder, type OpenResponder, type ResponderParts } from './ocsp-responder.ts';

const day = 86_400_000;

export interface OcspParts extends ResponderParts {
  readonly clock: Clock;
}

/** What readers ask with: nearly all with SHA-1, the newer ones with SHA-256 (RFC 5019 section 2.1.1). */
const asked: readonly CertIdDigest[] = ['sha1', 'sha256'];

/** What is known of the revocation of the practice's certificates, signed. */
export function createOcspHandlers(parts: OcspParts): AreaHandlers<'ocsp'> {
  return {
    presign: async (input, { session }) => presignResponses(parts, session.unlocked, input),
    answer: async ({ authority: id, request, days }, { session }) => {
      const asked = readRequest(request);
      const { issuer, responder, times } = await prepare(parts, session.unlocked, id, days);
      const answers = await answersTo(parts, id, issuer, asked);
      const octets = signTogether(responder, times, answers, asked.nonce);
      const nextUpdate = times.nextUpdate.toISOString();
      const told = answers.map(({ serialNumber, certStatus }) => ({ serialNumber, status: certStatus.status }));
      return async (stores, { time }) => {
        await responder.record(stores, time);
        await stores.delegates.recordAnswers({ authorityId: id, answeredAt: time, nextUpdate, responses: 1 });
        const value = { file: new FileContent('response.der', octets), nextUpdate, answers: told };
        return { value, subject: { certificates: told.length, nextUpdate } };
      };
    },
    address: async ({ authority: id, url }) => {
      const ocspUrl = url === null ? null : parsePublishUrl(url);
      const { publishUrl } = await findAuthority(parts.read(), id);
      if (ocspUrl !== null && publishUrl === null)
        throw new AppError('input.invalid', 'This authority publishes nothing, so its certificates name no places.', { field: 'url' });
      return async (stores) => {
        await stores.authorities.setOcspUrl(id, ocspUrl);
        return { value: { ocspUrl }, subject: { address: ocspUrl ?? 'none' } };
      };
    },
  };
}

interface PresignOrder {
  readonly authority: string;
  readonly days: number;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A page of responses, by whose keys open the responder's. @throws AppError not-found, path.expired, session.not-permitted */
export async function presignResponses(
  parts: OcspParts,
  unlocked: UnlockedOperator,
  { authority: id, days, after, limit }: PresignOrder,
): Promise<Commit<OutputOf<Contract['ocsp']['presign']>>> {
  const { authority, issuer, responder, times } = await prepare(parts, unlocked, id, days);
  const rows = await parts.read().certificates.statuses({ authorityId: id, at: times.thisUpdate.toISOString(), after, limit });
  const files = await presign(parts, rows, { issuer, responder, times });
  const nextUpdate = times.nextUpdate.toISOString();
  const next = rows.length < limit ? null : (rows.at(-1)?.serialNumber ?? null);
  return async (stores, { time }) => {
    await responder.record(stores, time);
    await stores.delegates.recordAnswers({ authorityId: id, answeredAt: time, nextUpdate, responses: files.length });
    const value = { files, certificates: rows.length, next, nextUpdate, ocspUrl: authority.ocspUrl };
    return { value, subject: { certificates: rows.length, nextUpdate } };
  };
}

interface Times {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

async function prepare(parts: OcspParts, operator: UnlockedOperator, id: string, days: number) {
  const authority = await findAuthority(parts.read(), id);
  const own = readCertificate(await authorityCertificate(parts.read(), authority));
  const now = parts.clock.now();
  if (own.notAfter <= now)
    throw new AppError('path.expired', `The certificate of ${authority.name} has ended.`, { notAfter: own.notAfter.toISOString() });
  const times = { thisUpdate: now, nextUpdate: new Date(Math.min(now.getTime() + days * day, own.notAfter.getTime())) };
  const responder = await openResponder(parts, operator, authority, {
    now,
    until: await responderUntil(parts, operator, times, own.notAfter),
  });
  const issuer = { name: own.subject.der, subjectPublicKeyInfo: own.subjectPublicKeyInfo.der };
  return { authority, issuer, responder, times };
}

/** The responder is to last so long where a computer answers alone, which certifies none. */
export const answersFor = (now: Date): Date => new Date(now.getTime() + 45 * day);

/** Whoever can certify a responder does so early, where a computer goes on without them. */
async function responderUntil(
  { read }: OcspParts,
  { operatorId }: UnlockedOperator,
  { thisUpdate, nextUpdate }: Times,
  last: Date,
): Promise<Date> {
  const device = await findDevice(read());
  if (device === undefined || device.id === operatorId) return nextUpdate;
  return new Date(Math.max(nextUpdate.getTime(), Math.min(answersFor(thisUpdate).getTime(), last.getTime())));
}

const statusOf = ({ revocation }: StatusRow): CertStatus =>
  revocation === null
    ? { status: 'good' }
    : { status: 'revoked', revocationTime: new Date(revocation.revokedAt), reason: revocation.reason };

function signTogether(responder: OpenResponder, times: Times, answers: readonly OcspAnswer[], nonce: Uint8Array | undefined): Uint8Array {
  const data = encodeResponseData({ responderKeyHash: responder.keyHash, ...times, answers, nonce });
  return encodeOcspResponse(data, responder.sign(data), responder.frame);
}

/** Certificates answered for before everything else has its turn. */
const rowsAtATime = 25;

async function presign(
  { primitives }: OcspParts,
  rows: readonly StatusRow[],
  { issuer, responder, times }: { readonly issuer: IssuerOctets; readonly responder: OpenResponder; readonly times: Times },
): Promise<FileContent[]> {
  const issuers = asked.map((digest) => encodeCertIdIssuer(issuer, digest, primitives));
  const files: FileContent[] = [];
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    const answers = rows.slice(at, at + rowsAtATime).flatMap((row) => answersOf(issuers, row));
    const responses = await signEach(responder, times, answers);
    files.push(...answers.flatMap(({ certId }, index) => fileOf(certId, responses[index])));
  }
  return files;
}

const answersOf = (issuers: readonly Uint8Array[], row: StatusRow): OcspAnswer[] =>
  issuers.map((issuer) => ({ certId: encodeCertId(issuer, row.serialNumber), certStatus: statusOf(row) }));

async function signEach({ keyHash, sign, frame }: OpenResponder, times: Times, answers: readonly OcspAnswer[]): Promise<Uint8Array[]> {
  const datas = answers.map((answer) => encodeResponseData({ responderKeyHash: keyHash, ...times, answers: [answer] }));
  const signatures = await sign.each(datas);
  return datas.flatMap((data, at) => signatures.slice(at, at + 1).map((signature) => encodeOcspResponse(data, signature, frame)));
}

/** Named as it is asked for in an address (RFC 5019 section 5): the request in base64. */
const fileOf = (certId: Uint8Array, response: Uint8Array | undefined): FileContent[] =>
  response === undefined ? [] : [new FileContent(base64Encode(encodeOcspRequest(certId)), response)];

/** @throws AppError input.empty, input.malformed-der, input.too-large; unsupported where something critical is asked that is not understood */
function readRequest(file: FileContent): OcspRequest {
  const [first] = readEncodedObjects(file.bytes);
  if (first === undefined) throw new AppError('input.empty', 'There is no OCSP request in this file.');
  const request = readOcspRequest(first.der);
  if (request.hasUnknownCritical) throw new AppError('unsupported', 'This OCSP request asks for something that is not understood here.');
  return request;
}

/** What was never issued here is unknown; a request that asks about another issuer alone is refused. */
async function answersTo({ read, primitives }: OcspParts, authorityId: string, issuer: IssuerOctets, { certIds }: OcspRequest) {
  const own = new Set(certIds.filter((certId) => isIssuerOf(certId, issuer, primitives)));
  if (own.size === 0)
    throw new AppError('not-found', 'This OCSP request is not about certificates of this authority.', { what: 'certificate' });
  const known = await statusesBySerial(
    read(),
    authorityId,
    [...own].map(({ serialNumber }) => serialNumber),
  );
  return certIds.map((certId) => {
    const row = own.has(certId) ? known.get(certId.serialNumber) : undefined;
    const certStatus: CertStatus = row === undefined ? { status: 'unknown' } : statusOf(row);
    return { certId: certId.der, serialNumber: certId.serialNumber, certStatus };
  });
}

async function statusesBySerial(
  stores: ReadStores,
  authorityId: string,
  serialNumbers: readonly string[],
): Promise<Map<string, StatusRow>> {
  const rows = await stores.certificates.statusesOf(authorityId, serialNumbers);
  return new Map(rows.map((row) => [row.serialNumber, row]));
}
