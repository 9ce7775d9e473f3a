import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { systemCode } from '../../domain/process/system-error.ts';
import type { RemoteAnswer, RemoteRequest, RemoteRequests } from '../../ports/remote-requests.ts';

/** Milliseconds for all of it. */
const patience = 15_000;

/** Node's own client, without a proxy and without keeping a connection. `patience` is for tests. */
export const createRemoteRequests = (milliseconds = patience): RemoteRequests => ({
  post: async (request) => {
    const url = urlOf(request.url);
    try {
      return await send(url, request, AbortSignal.timeout(milliseconds));
    } catch (error) {
      throw failureOf(error, url.host);
    }
  },
});

function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new AppError('input.invalid', 'This is no address that can be asked.', { field: 'url', rule: 'url' });
  return url;
}

function send(url: URL, { contentType, accept, body, mostOctets }: RemoteRequest, signal: AbortSignal): Promise<RemoteAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RemoteAnswer>();
  const headers = { 'content-type': contentType, 'content-length': body.length, accept };
  const options = { method: 'POST', headers, signal, agent: false, minVersion: 'TLSv1.2' } as const;
  const asking = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options, (answer) => {
    collect(answer, mostOctets).then((octets) => resolve({ status: answer.statusCode ?? 0, body: octets }), reject);
  });
  asking.once('error', reject);
  asking.end(body);
  return promise;
}

async function collect(answer: IncomingMessage, mostOctets: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostOctets) throw new AppError('input.too-large', 'The answer is longer than any should be.', { limit: mostOctets });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;
const refused = /^(EPROTO|ERR_SSL_|HPE_)/;

function failureOf(error: unknown, host: string): AppError {
  if (error instanceof AppError) return error;
  const rule = systemCode(error);
  const code: ErrorCode = untrusted.test(rule) ? 'remote.untrusted' : refused.test(rule) ? 'remote.refused' : 'remote.unreachable';
  return new AppError(code, 'The other computer could not be asked.', { host, rule }, { cause: error });
}
