import { availableParallelism } from 'node:os';
import { AppError } from '../../domain/errors.ts';
import type { IssuanceOrder, IssuanceResult, IssuanceTerms } from '../../ports/issuance.ts';
import { isRsa } from './issuance-tools.ts';
import { issueInline, issueOnPool, type ReadyIssuer } from './issue-certificate.ts';

/** As many at once as keep every core busy while one of them waits for its key. */
const atOnce = 2 * availableParallelism();

/** Makes a batch; results in the order of the orders. One that cannot be made does not stop the others. */
export async function issueBatch(issuer: ReadyIssuer, orders: readonly IssuanceOrder[], terms: IssuanceTerms): Promise<IssuanceResult[]> {
  try {
    const results: IssuanceResult[] = [];
    const left = orders.entries();
    const work = async () => {
      for (const [at, order] of left) results[at] = await issueOne(issuer, order, terms);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return results;
  } finally {
    issuer.tools.forgetLastKeys();
  }
}

async function issueOne(issuer: ReadyIssuer, order: IssuanceOrder, terms: IssuanceTerms): Promise<IssuanceResult> {
  try {
    const certificate = isRsa(order.algorithm) ? await issueOnPool(issuer, order, terms) : issueInline(issuer, order, terms);
    return { ok: true, certificate };
  } catch (error) {
    return { ok: false, error: asError(error) };
  }
}

function asError(error: unknown): Extract<IssuanceResult, { ok: false }>['error'] {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  return { code: 'internal', message: 'A certificate could not be made.', details: {} };
}
