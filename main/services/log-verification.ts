import type { Sha256, TreeHasher } from '../domain/audit/hash.ts';
import { cutIntoStretches, joinStretches, type LogStretch } from '../domain/audit/log-stretch.ts';
import { parseVerifierKey, type VerifyEd25519 } from '../domain/audit/signed-note.ts';
import { verifyLog, type LogVerification, type StretchVerification } from '../domain/audit/verify.ts';
import type { ReadStores } from '../ports/database.ts';
import type { StretchVerifier } from '../ports/stretch-verifier.ts';
import { readLogKeySetting } from './log-key.ts';

export interface WholeLogParts {
  readonly hasher: TreeHasher;
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
  readonly stretchVerifier: StretchVerifier;
  /** Entries of a part that is worth a thread's while; tests have shorter ones. */
  readonly stretchLength?: number | undefined;
}

const longStretch = 32_768;
const batchSize = 1000;

/** Recomputes the log: a short one here, a long one in parts beside the loop. The verdict is the same. */
export async function verifyWholeLog(parts: WholeLogParts, stores: ReadStores): Promise<LogVerification> {
  const { vkey } = await readLogKeySetting(stores);
  const length = parts.stretchLength ?? longStretch;
  if ((await stores.auditLog.size()) < 2 * length) return verifyHere(parts, stores, vkey);
  return verifyInParts(parts.stretchVerifier, vkey, cutIntoStretches(await signedSizes(stores, length), length));
}

async function verifyHere(parts: WholeLogParts, { auditLog }: ReadStores, vkey: string): Promise<LogVerification> {
  const stored = { leaves: auditLog.leaves(0, batchSize), checkpoints: auditLog.checkpoints(0, batchSize) };
  return verifyLog({ ...stored, key: parseVerifierKey(vkey, parts.sha256), archived: await auditLog.archivedSize() }, parts);
}

/** Of one signed checkpoint about every `length` entries. */
async function signedSizes({ auditLog }: ReadStores, length: number): Promise<readonly number[]> {
  const sizes: number[] = [];
  for (let next: number | undefined = length; next !== undefined;) {
    const found: number | undefined = await signedFrom(auditLog, next);
    if (found !== undefined) sizes.push(found);
    next = found === undefined ? undefined : found + length;
  }
  return sizes;
}

async function signedFrom(log: ReadStores['auditLog'], from: number): Promise<number | undefined> {
  for await (const batch of log.checkpoints(from, 10)) {
    const signed = batch.find(({ note }) => note !== null);
    if (signed !== undefined) return signed.size;
  }
  return undefined;
}

/**
 * Each part is verified from the signed checkpoint it begins at, which the part before verifies from the entries. Only a reading to the end names
 * what is wrong as it should be, so the first part that does not hold is read again that way.
 */
async function verifyInParts(verifier: StretchVerifier, vkey: string, stretches: readonly LogStretch[]): Promise<LogVerification> {
  const made = await verifier.verify(vkey, stretches);
  const wrong = made.findIndex(({ verification }) => !verification.holds);
  const good = wrong < 0 ? made : made.slice(0, wrong);
  const again = wrong < 0 ? [] : await verifier.verify(vkey, [{ from: stretches[wrong]?.from ?? 0, to: null }]);
  return joinStretches(await compareTimes(verifier, vkey, stretches, [...good, ...again]));
}

/** Parts with times before those of an earlier part are read once more, beside those. */
async function compareTimes(
  verifier: StretchVerifier,
  vkey: string,
  stretches: readonly LogStretch[],
  made: readonly StretchVerification[],
): Promise<readonly StretchVerification[]> {
  let latestTime = '';
  const orders = made.flatMap(({ times, verification }, at) => {
    const before = latestTime;
    if (times !== undefined && times.latest > latestTime) latestTime = times.latest;
    const { from, to } = stretches[at] ?? { from: 0, to: null };
    return times === undefined || times.earliest >= before
      ? []
      : [{ at, order: { from, to: verification.holds ? to : null, latestTime: before } }];
  });
  const again = await verifier.verify(
    vkey,
    orders.map(({ order }) => order),
  );
  return made.map((one, at) => again[orders.findIndex((each) => each.at === at)] ?? one);
}
