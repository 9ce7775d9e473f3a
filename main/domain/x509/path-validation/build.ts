import { compareOctets } from '../../asn1/der-writer.ts';
import type { Certificate } from '../read-certificate.ts';
import type { PathContext } from './context.ts';
import { isSignedBy, signedCertificate } from './signature.ts';

/** A path from the target upwards; `isAnchored` when its last certificate is a trust anchor. */
export interface CandidatePath {
  readonly certificates: readonly Certificate[];
  readonly isAnchored: boolean;
}

/** No path in use is longer. */
const maximumPathLength = 32;
/** Steps the search takes at most: pools can be made in which every certificate issues every other one. */
const maximumSteps = 2000;

/**
 * Every path from the target through the pool, the likeliest first: issuers whose signature holds, then by key
 * identifier, then by date. Issuers whose signature does not hold come last, so that a broken signature is reported as
 * one and not as an unknown issuer. Ends that reach no anchor are given too. Beyond an anchor the search goes on: what is
 * wrong with one anchor need not be wrong with the next.
 */
export function* candidatePaths(context: PathContext): Generator<CandidatePath, void, undefined> {
  const search: PathSearch = {
    context,
    index: indexBySubject(context),
    anchors: new Set(context.request.anchors.map((anchor) => context.fingerprint(anchor))),
    stepsLeft: maximumSteps,
  };
  yield* extend(search, [context.request.target]);
}

interface PathSearch {
  readonly context: PathContext;
  readonly index: ReadonlyMap<string, readonly Certificate[]>;
  /** Fingerprints. */
  readonly anchors: ReadonlySet<string>;
  stepsLeft: number;
}

function* extend(search: PathSearch, path: readonly Certificate[]): Generator<CandidatePath, void, undefined> {
  const tip = path.at(-1);
  if (tip === undefined || search.stepsLeft-- <= 0) return;
  const isAnchored = search.anchors.has(search.context.fingerprint(tip));
  if (isAnchored) yield { certificates: path, isAnchored };
  const issuers = path.length >= maximumPathLength ? [] : likelyIssuers(search, path, tip);
  if (issuers.length === 0 && !isAnchored) yield { certificates: path, isAnchored };
  for (const issuer of issuers) yield* extend(search, [...path, issuer]);
}

/** Certificates by the key of their subject, each of them once, anchors first. */
export function indexBySubject(context: PathContext): Map<string, Certificate[]> {
  const index = new Map<string, Certificate[]>();
  const seen = new Set<string>();
  for (const certificate of [...context.request.anchors, ...(context.request.pool ?? [])]) {
    const id = context.fingerprint(certificate);
    if (seen.has(id)) continue;
    seen.add(id);
    const key = context.keyOf(certificate.subject);
    const same = index.get(key);
    if (same === undefined) index.set(key, [certificate]);
    else same.push(certificate);
  }
  return index;
}

function likelyIssuers({ context, index, anchors }: PathSearch, path: readonly Certificate[], tip: Certificate): Certificate[] {
  const sameName = index.get(context.keyOf(tip.issuer)) ?? [];
  const candidates = sameName.filter((issuer) => !isCircle(context, path, issuer, anchors.has(context.fingerprint(issuer))));
  const scored = candidates.map((issuer) => ({ issuer, score: likelihood(context, tip, issuer) }));
  return scored.sort((a, b) => b.score - a.score).map(({ issuer }) => issuer);
}

/**
 * Whether a path would pass through the same subject with the same key twice (RFC 4158 section 2.4.2). An anchor may be
 * another certificate of somebody on the path, but never one that is on it.
 */
function isCircle(context: PathContext, path: readonly Certificate[], issuer: Certificate, isAnchor: boolean): boolean {
  return path.some((known) => {
    if (context.keyOf(known.subject) !== context.keyOf(issuer.subject)) return false;
    if (isAnchor) return context.fingerprint(known) === context.fingerprint(issuer);
    return compareOctets(known.subjectPublicKeyInfo.der, issuer.subjectPublicKeyInfo.der) === 0;
  });
}

function likelihood(context: PathContext, tip: Certificate, issuer: Certificate): number {
  const { time } = context.request;
  const wanted = tip.extensions.authorityKeyIdentifier?.keyIdentifier;
  const own = issuer.extensions.subjectKeyIdentifier;
  const isIdentified = wanted !== undefined && own !== undefined && compareOctets(wanted, own) === 0;
  const isCurrent = issuer.notBefore <= time && time <= issuer.notAfter;
  const isSigner = isSignedBy(context, signedCertificate(tip), issuer.subjectPublicKeyInfo);
  return (isSigner ? 4 : 0) + (isIdentified ? 2 : 0) + (isCurrent ? 1 : 0);
}
