import { parentPort } from 'node:worker_threads';
import { issueBatch } from '../adapters/issuance/issue-batch.ts';
import type { ReadyIssuer } from '../adapters/issuance/issue-certificate.ts';
import { packBatch } from '../adapters/issuance/packed-batch.ts';
import type { IssuanceAnswer, IssuanceRequest } from '../adapters/issuance/worker-protocol.ts';
import { prepareIssuer } from '../domain/profile/prepare-issuer.ts';

/** The issuing thread: keys, certificates and seals beside the thread that writes them down. */
const issuers = new Map<string, ReadyIssuer>();

parentPort?.on('message', (request: IssuanceRequest) => {
  if (request.kind === 'load')
    issuers.set(request.issuerId, { prepared: prepareIssuer(request.issuer), key: request.key, algorithm: request.issuer.algorithm });
  else if (request.kind === 'release') issuers.delete(request.issuerId);
  else void answer(request);
});

async function answer(request: Extract<IssuanceRequest, { kind: 'issue' }>): Promise<void> {
  const issuer = issuers.get(request.issuerId);
  if (issuer === undefined) return send({ batch: request.batch });
  const packed = packBatch(await issueBatch(issuer, request.orders, request.under));
  send({ batch: request.batch, packed }, [packed.octets]);
}

function send(message: IssuanceAnswer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
