import { parentPort } from 'node:worker_threads';
import { giveWay } from '../adapters/issuance/give-way.ts';
import { issueBatch } from '../adapters/issuance/issue-batch.ts';
import type { ReadyIssuer } from '../adapters/issuance/issue-certificate.ts';
import type { IssuanceTools } from '../adapters/issuance/issuance-tools.ts';
import { packBatch } from '../adapters/issuance/packed-batch.ts';
import type { IssuanceAnswer, IssuanceRequest } from '../adapters/issuance/worker-protocol.ts';
import { forgetLastKeys, generateQuickly, generateRsaPair } from '../adapters/key-pairs/node.ts';
import { fillRandom } from '../adapters/key-stores/vault/random-pool.ts';
import { sealPrivateKey } from '../adapters/key-stores/vault/seal.ts';
import { prepareIssuer } from '../domain/profile/prepare-issuer.ts';

/** The issuing thread: keys, certificates and seals beside the thread that writes them down. */
const tools: IssuanceTools = { fillRandom, forgetLastKeys, generateQuickly, generateRsaPair, sealPrivateKey };
const issuers = new Map<string, ReadyIssuer>();

giveWay();

parentPort?.on('message', (request: IssuanceRequest) => {
  if (request.kind === 'load') load(request);
  else if (request.kind === 'release') issuers.delete(request.issuerId);
  else void answer(request);
});

function load({ issuerId, issuer, key }: Extract<IssuanceRequest, { kind: 'load' }>): void {
  issuers.set(issuerId, { prepared: prepareIssuer(issuer), key, algorithm: issuer.algorithm, tools });
}

async function answer(request: Extract<IssuanceRequest, { kind: 'issue' }>): Promise<void> {
  const issuer = issuers.get(request.issuerId);
  if (issuer === undefined) return send({ batch: request.batch });
  const packed = packBatch(await issueBatch(issuer, request.orders, request.terms));
  send({ batch: request.batch, packed }, [packed.octets]);
}

function send(message: IssuanceAnswer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
