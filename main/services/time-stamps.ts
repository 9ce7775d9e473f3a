import { FileContent } from '../contract/secret.ts';
import type { CheckpointProofView } from '../contract/audit.ts';
import type { TimeStampAsked, TimeStampProof } from '../domain/audit/checkpoint-proof.ts';
import { hashToBytes, type Sha256 } from '../domain/audit/hash.ts';
import { keptName } from '../domain/audit/kept-checkpoint.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { hexDecode, hexEncode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import { judgeTimeStamp, type TimeStampFinding } from '../domain/time-stamp/judge-time-stamp.ts';
import { longestTimeStamp, readTimeStampResponse } from '../domain/time-stamp/read-time-stamp.ts';
import { encodeTimeStampRequest } from '../domain/time-stamp/time-stamp-request.ts';
import { formatName } from '../domain/x509/name.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { ContentPrimitives } from '../domain/cms/content-primitives.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { RemoteRequests } from '../ports/remote-requests.ts';
import type { AreaHandlers } from './handler.ts';
import { keepAsked, keepProof, readProofs } from './checkpoint-proof-record.ts';
import { requireNewestSigned } from './newest-signed.ts';

export interface TimeStampParts {
  readonly read: () => ReadStores;
  readonly sha256: Sha256;
  readonly clock: Clock;
  readonly random: Random;
  readonly toolPrimitives: ContentPrimitives;
  readonly remoteRequests: RemoteRequests;
}

type TimeStampCall = 'timeStamp' | 'timeStampRequest' | 'takeTimeStamp';

/** Octets of a nonce; its first bit is not set, so that it reads back as it was written. */
const nonceLength = 16;
const mostTrust = 20;

/** Time-stamps of the newest checkpoint: asked for over the network or by file, judged, kept and shown. */
export function createTimeStampHandlers(parts: TimeStampParts): Pick<AreaHandlers<'audit'>, TimeStampCall> {
  return {
    timeStamp: async ({ url, trust, policy }) => {
      const asked = await ask(parts, policy);
      const response = await send(parts, url, asked);
      const proof = takeIn(parts, asked, response, trust, url);
      return async (stores) => {
        await keepProof(stores, proof);
        return { value: viewTimeStamp(parts, proof), subject: { size: asked.size, place: new URL(url).host } };
      };
    },
    timeStampRequest: async ({ policy }) => {
      const asked = await ask(parts, policy);
      return async (stores) => {
        await keepAsked(stores, asked);
        const file = new FileContent(`${fileName(asked)}.tsq`, Buffer.from(requestOf(parts, asked)));
        return { value: { size: asked.size, file }, subject: { size: asked.size } };
      };
    },
    takeTimeStamp: async ({ response, trust }) => {
      const asked = await askedFor(parts, response);
      const proof = takeIn(parts, asked, response.bytes, trust, response.name);
      return async (stores) => {
        await keepProof(stores, proof, asked);
        return { value: viewTimeStamp(parts, proof), subject: { size: asked.size } };
      };
    },
  };
}

/** What lies in an export: the stamped checkpoint, its time-stamp, and the certificates it leads to. */
export function timeStampFiles(proof: TimeStampProof): FileContent[] {
  const name = `time-stamps/${fileName(proof)}`;
  return [
    new FileContent(`${name}.checkpoint`, Buffer.from(proof.note)),
    new FileContent(`${name}.tsr`, Buffer.from(proof.response, 'base64')),
    new FileContent(`${name}.pem`, Buffer.from(proof.trust.map(pem).join(''))),
  ];
}

const pem = (der: string): string => `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;

const fileName = ({ note, size, at }: TimeStampAsked | TimeStampProof): string =>
  `${keptName(note.slice(0, note.indexOf('\n')), size).replace(/\.checkpoint$/, '')}-${at.replaceAll(/[^0-9]/g, '')}`;

async function ask({ read, random, clock }: TimeStampParts, policy: string | undefined): Promise<TimeStampAsked> {
  const { size, note } = await requireNewestSigned(read());
  const nonce = random.bytes(nonceLength);
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
  return { size, note, nonce: hexEncode(nonce), policy, at: clock.now().toISOString() };
}

const imprintOf = ({ sha256 }: Pick<TimeStampParts, 'sha256'>, note: string): Uint8Array => hashToBytes(sha256(note));

const requestOf = (parts: TimeStampParts, { note, nonce, policy }: TimeStampAsked): Uint8Array =>
  encodeTimeStampRequest({ imprint: imprintOf(parts, note), nonce: hexDecode(nonce) ?? new Uint8Array(), policy });

async function send(parts: TimeStampParts, url: string, asked: TimeStampAsked): Promise<Uint8Array> {
  const { status, body } = await parts.remoteRequests.post({
    url,
    contentType: 'application/timestamp-query',
    accept: 'application/timestamp-reply',
    body: requestOf(parts, asked),
    mostOctets: longestTimeStamp,
  });
  if (status !== 200) throw new AppError('remote.refused', 'The authority has given no time-stamp.', { host: new URL(url).host, status });
  return body;
}

/** @throws AppError not-found where nothing that was asked for here is answered by it */
async function askedFor({ read }: TimeStampParts, { bytes, name }: FileContent): Promise<TimeStampAsked> {
  const { info } = readTimeStampResponse(bytes);
  const { asked } = await readProofs(read());
  const found = asked.find(({ nonce }) => nonce === info.nonce);
  if (found === undefined)
    throw new AppError('not-found', 'No request that waits has this answer.', { what: 'time-stamp request', id: name });
  return found;
}

/** @throws AppError input.wrong-time-stamp with what is wrong with it */
function takeIn(
  parts: TimeStampParts,
  { size, note, nonce, policy }: TimeStampAsked,
  response: Uint8Array,
  trust: readonly FileContent[],
  source: string,
): TimeStampProof {
  const anchors = trust.flatMap((file) => certificatesIn(file.bytes));
  if (anchors.length === 0 || anchors.length > mostTrust)
    throw new AppError('input.invalid', 'The certificates that the authority leads to are missing.', { field: 'trust', rule: 'required' });
  const read = readTimeStampResponse(response);
  const [finding] = judgeTimeStamp(read, { imprint: imprintOf(parts, note), nonce, policy, trust: anchors }, parts.toolPrimitives);
  if (finding !== undefined) throw new AppError('input.wrong-time-stamp', finding.detail, { rule: finding.code });
  return {
    kind: 'time-stamp',
    size,
    note,
    source,
    response: Buffer.from(response).toString('base64'),
    trust: anchors.map(({ der }) => Buffer.from(der).toString('base64')),
    at: parts.clock.now().toISOString(),
  };
}

const certificatesIn = (octets: Uint8Array): Certificate[] => readEncodedObjects(octets).map(({ der }) => readCertificate(der));

/** Judged anew each time: what is stored is not taken for what it was. */
export function viewTimeStamp(parts: Pick<TimeStampParts, 'sha256' | 'toolPrimitives'>, proof: TimeStampProof): CheckpointProofView {
  const { kind, size, source, at } = proof;
  try {
    const read = readTimeStampResponse(Buffer.from(proof.response, 'base64'));
    const trust = proof.trust.map((der) => readCertificate(Buffer.from(der, 'base64')));
    const expected = { imprint: imprintOf(parts, proof.note), nonce: undefined, policy: undefined, trust };
    const findings: readonly TimeStampFinding[] = judgeTimeStamp(read, expected, parts.toolPrimitives);
    const authority = trust[0] === undefined ? '' : formatName(trust[0].subject.rdnSequence);
    const time = read.info.time.toISOString();
    return { kind, size, source, at, time, authority, holds: findings.length === 0, findings: findings.map(({ code }) => code) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind, size, source, at, time: null, authority: '', holds: false, findings: [error.code] };
  }
}
