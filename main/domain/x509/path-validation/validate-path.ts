import { AppError } from '../../errors.ts';
import type { Certificate } from '../read-certificate.ts';
import type { SignaturePrimitives } from '../signature-primitives.ts';
import type { CandidatePath } from './build.ts';
import { candidatePaths } from './build.ts';
import { checkPath } from './check-path.ts';
import type { PathContext } from './context.ts';
import { createContext } from './context.ts';
import type { PathRequest } from './request.ts';
import type { PathFinding, PathValidation } from './result.ts';

/** Complete or dead-end paths examined at most before the search gives up. */
const maximumPaths = 100;

/**
 * Builds and validates a certification path (RFC 5280 section 6, RFC 4158, RFC 9618) from the target to one of the
 * anchors. It answers `valid` for the first path without a finding; else it reports everything wrong with the best
 * path: one that reaches an anchor before one that does not, then the one with the fewest findings. What it does not
 * understand is a finding, never a pass.
 * @throws AppError input.invalid for a time that is none: nothing is before or after it, so everything would seem valid.
 */
export function validatePath(request: PathRequest, primitives: SignaturePrimitives): PathValidation {
  if (Number.isNaN(request.time.getTime())) throw new AppError('input.invalid', 'The time to validate at is no time.', { field: 'time' });
  return searchPath(createContext({ ...request, time: wholeSecond(request.time) }, primitives));
}

/** Certificates and CRLs know whole seconds only: the last one of a period belongs to it from end to end (RFC 5280 section 4.1.2.5). */
const wholeSecond = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000);

/** As `validatePath`, within a search that is already under way and shares its budget. */
function searchPath(context: PathContext, inProgress: ReadonlySet<string> = new Set()): PathValidation {
  const validateCrlIssuer = (issuer: Certificate, anchor: Certificate, blocked: ReadonlySet<string>): boolean => {
    const { pool = [], crls = [], time, requireRevocation = false, allowWeak = false, strict = false } = context.request;
    const question = { target: issuer, anchors: [anchor], pool, crls, time, requireRevocation, allowWeak, strict };
    return searchPath(createContext(question, context.primitives, context), blocked).valid;
  };
  let best: { path: CandidatePath; verdict: PathValidation } | undefined;
  let left = maximumPaths;
  for (const path of candidatePaths(context)) {
    const outcome = checkPath(context, path, { inProgress, validateCrlIssuer });
    const verdict = toVerdict(context, path, outcome);
    if (verdict.valid) return verdict;
    if (best === undefined || isBetter(path, verdict, best)) best = { path, verdict };
    if (--left === 0) break;
  }
  return best?.verdict ?? toVerdict(context, { certificates: [], isAnchored: false }, { findings: [], policies: [] });
}

function toVerdict(
  context: PathContext,
  { certificates, isAnchored }: CandidatePath,
  { findings, policies }: { findings: readonly PathFinding[]; policies: readonly string[] },
): PathValidation {
  const valid = isAnchored && findings.length === 0;
  return { valid, findings, path: certificates.map((certificate) => context.fingerprint(certificate)), policies: valid ? policies : [] };
}

function isBetter(path: CandidatePath, verdict: PathValidation, best: { path: CandidatePath; verdict: PathValidation }): boolean {
  if (path.isAnchored !== best.path.isAnchored) return path.isAnchored;
  return verdict.findings.length < best.verdict.findings.length;
}
