import { createPrivateKey, hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { AppError } from '../../domain/errors.ts';
import { signatureAlgorithmOf } from '../../domain/key/algorithm.ts';
import type { Issuer } from '../../domain/profile/prepare-issuer.ts';
import { encodeCertificate } from '../../domain/x509/tbs-certificate.ts';
import type { IssuanceEngine, IssuanceOrder, IssuanceResult, LoadedIssuer, IssuanceTerms, SignEach } from '../../ports/issuance.ts';
import { IssuingThread, type IssuerHandle } from './issuing-thread.ts';

/** Orders worth a message of their own. */
const ordersInShare = 32;

/**
 * The engine on as many threads as there are cores: with one alone a core stands idle whenever the thread that writes waits
 * for the disk. A large batch is shared among the threads, so that none stands idle while another makes a job's last; each share goes to
 * the thread that owes fewest. `entry` is the threads' module.
 */
export function createWorkerEngine(entry: URL): IssuanceEngine {
  const threads = Array.from({ length: availableParallelism() }, () => new IssuingThread(entry));
  const handles = new Map<string, LoadedHandle>();
  let count = 0;
  const keep = (handle: Omit<LoadedHandle, 'id'>): LoadedIssuer => {
    const id = `issuer-${++count}`;
    handles.set(id, { ...handle, id });
    return { id };
  };
  return {
    async load(issuer, pkcs8) {
      const octets = Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length);
      return keep({ issuer, key: createPrivateKey({ key: octets, format: 'der', type: 'pkcs8' }) });
    },
    loadAway: async (issuer, signEach) => keep({ issuer, key: null, signEach }),
    issue: async (issuer, orders, terms) => issueOn(threads, handles.get(issuer.id), orders, terms),
    release({ id }: LoadedIssuer) {
      handles.delete(id);
      for (const thread of threads) thread.release(id);
    },
    close: async () => void (await Promise.all(threads.map(async (thread) => thread.close()))),
  };
}

async function issueOn(
  threads: readonly IssuingThread[],
  handle: LoadedHandle | undefined,
  orders: readonly IssuanceOrder[],
  terms: IssuanceTerms,
): Promise<readonly IssuanceResult[]> {
  if (handle === undefined) throw new AppError('internal', 'An issuer was used after it had been let go of.');
  const shares = sharesOf(orders, threads.length).map((share) => leastBusy(threads).issue(handle, share, terms));
  const results = (await Promise.all(shares)).flat();
  return handle.signEach === undefined ? results : signAway(results, handle.issuer, handle.signEach);
}

/** The orders in their order, in as many runs as there are threads, or fewer where they are few. */
function sharesOf(orders: readonly IssuanceOrder[], threads: number): (readonly IssuanceOrder[])[] {
  const size = Math.max(ordersInShare, Math.ceil(orders.length / threads));
  return Array.from({ length: Math.max(1, Math.ceil(orders.length / size)) }, (_, at) => orders.slice(at * size, (at + 1) * size));
}

interface LoadedHandle extends IssuerHandle {
  readonly signEach?: SignEach;
}

/** Certificates from what the thread has composed. */
async function signAway(results: readonly IssuanceResult[], issuer: Issuer, signEach: SignEach): Promise<IssuanceResult[]> {
  const { algorithmIdentifier } = signatureAlgorithmOf(issuer.algorithm);
  const signatures = (await signEach(results.flatMap((result) => (result.ok ? result.certificate.der : [])))).values();
  return results.map((result) => {
    if (!result.ok) return result;
    const { value: signature } = signatures.next();
    if (signature === undefined) throw new AppError('internal', 'A token gave fewer signatures than it was asked for.');
    const der = encodeCertificate(result.certificate.der, algorithmIdentifier, signature);
    return { ok: true, certificate: { ...result.certificate, der, sha256: hash('sha256', der, 'hex') } };
  });
}

const leastBusy = (threads: readonly IssuingThread[]): IssuingThread =>
  threads.reduce((best, thread) => (thread.owed < best.owed ? thread : best));
