import type { NameConstraints } from '../extension-values.ts';
import type { Certificate } from '../read-certificate.ts';
import type { CandidatePath } from './build.ts';
import { checkAuthority, checkCriticalExtensions, checkSubject, checkValidity } from './certificate-checks.ts';
import { checkRevocation } from './check-revocation.ts';
import type { PathContext } from './context.ts';
import { finding, isSelfIssued } from './context.ts';
import type { CrlIssuers } from './crl-trust.ts';
import { crlTrust } from './crl-trust.ts';
import { checkIdentity } from './identity.ts';
import { checkNameConstraints } from './name-constraints.ts';
import { PolicyState } from './policies.ts';
import { checkContradictions, checkProfile } from './profile-checks.ts';
import { checkAuthorityPurpose, checkPurpose } from './purpose.ts';
import type { PathFinding } from './result.ts';
import { checkKeyStrength, checkSignatureAlgorithm, isSignedBy, signedCertificate } from './signature.ts';

/** Everything wrong with one path, and the policies it is good for. */
export interface PathOutcome {
  readonly findings: readonly PathFinding[];
  readonly policies: readonly string[];
}

/** Validates one candidate path from its anchor down to the target (RFC 5280 section 6.1), collecting every finding. */
export function checkPath(context: PathContext, path: CandidatePath, crlIssuers: CrlIssuers): PathOutcome {
  const topDown = path.certificates.toReversed();
  const policy = checkPolicies(context, topDown);
  const findings = [
    ...checkAnchored(context, path),
    ...topDown.flatMap((certificate, at) => checkEach(context, certificate, path.isAnchored && at === 0)),
    ...checkSignatures(context, path),
    ...checkAuthorities(context, topDown),
    ...checkLengths(context, topDown),
    ...checkNames(context, topDown),
    ...policy.findings,
    ...path.certificates.flatMap((target) => checkTarget(context, path, target)),
    ...checkRevocations(context, path, crlIssuers),
  ];
  return { findings, policies: policy.policies };
}

function checkAnchored(context: PathContext, path: CandidatePath): PathFinding[] {
  const top = path.certificates.at(-1);
  if (path.isAnchored || top === undefined) return [];
  return [finding(context, top, 'path.unknown-issuer', 'No trust anchor and nobody in the pool issued this.')];
}

const checkEach = (context: PathContext, certificate: Certificate, isAnchor: boolean): PathFinding[] => [
  ...checkValidity(context, certificate),
  ...checkKeyStrength(context, certificate),
  ...checkCriticalExtensions(context, certificate),
  ...checkContradictions(context, certificate),
  ...checkProfile(context, certificate, isAnchor),
];

/** The anchor's own signature proves nothing and is not checked. */
function checkSignatures(context: PathContext, path: CandidatePath): PathFinding[] {
  return path.certificates.flatMap((certificate, at) => {
    const issuer = path.certificates[at + 1];
    if (issuer === undefined) return path.isAnchored ? [] : checkSignatureAlgorithm(context, certificate);
    const unsound = checkSignatureAlgorithm(context, certificate);
    const isUnreadable = unsound.some(({ code }) => code !== 'path.weak-algorithm');
    if (isUnreadable || isSignedBy(context, signedCertificate(certificate), issuer.subjectPublicKeyInfo)) return unsound;
    return [...unsound, finding(context, certificate, 'path.signature', 'The signature is not that of the issuer.')];
  });
}

function checkAuthorities(context: PathContext, topDown: readonly Certificate[]): PathFinding[] {
  return topDown
    .slice(0, -1)
    .flatMap((authority, at) => [...checkAuthority(context, authority, at === 0), ...checkAuthorityPurpose(context, authority)]);
}

/** pathLenConstraint of every authority, and the depth the caller allows: self-issued ones count in neither. */
function checkLengths(context: PathContext, topDown: readonly Certificate[]): PathFinding[] {
  const findings: PathFinding[] = [];
  const { maxDepth = Infinity, target } = context.request;
  const between = topDown.slice(1, -1).filter((certificate) => !isSelfIssued(context, certificate));
  const isWithin = between.length <= maxDepth;
  if (!isWithin) findings.push(tooLong(context, target, maxDepth));
  let allowed = Infinity;
  for (const [at, authority] of topDown.slice(0, -1).entries()) {
    if (at > 0 && !isSelfIssued(context, authority)) {
      if (allowed <= 0) findings.push(tooLong(context, authority, 0));
      allowed--;
    }
    allowed = Math.min(allowed, authority.extensions.basicConstraints?.pathLenConstraint ?? Infinity);
  }
  return findings;
}

const tooLong = (context: PathContext, certificate: Certificate, limit: number): PathFinding =>
  finding(context, certificate, 'path.too-long', 'More authorities in a row than allowed.', { limit });

/** Self-issued certificates are spared, except the target (RFC 5280 section 6.1.3 b, c). */
function checkNames(context: PathContext, topDown: readonly Certificate[]): PathFinding[] {
  const above: NameConstraints[] = [];
  return topDown.flatMap((certificate, at) => {
    const isLast = at === topDown.length - 1;
    const findings = isLast || !isSelfIssued(context, certificate) ? checkNameConstraints(context, certificate, above) : [];
    if (certificate.extensions.nameConstraints !== undefined) above.push(certificate.extensions.nameConstraints);
    return findings;
  });
}

function checkPolicies(context: PathContext, topDown: readonly Certificate[]): PathOutcome {
  const { policies = [], explicitPolicy = false, inhibitMapping = false, inhibitAny = false, target } = context.request;
  const [anchor] = topDown.slice(0, -1);
  const below = topDown.slice(anchor === undefined ? 0 : 1);
  const state = new PolicyState(below.length, { policies, explicitPolicy, inhibitMapping, inhibitAny });
  if (anchor !== undefined) state.anchor(anchor);
  const broken = below.find((certificate, at) => {
    const isLast = at === below.length - 1;
    const isOwn = isSelfIssued(context, certificate);
    return !state.process(certificate, isLast, isOwn) || (!isLast && !state.prepare(certificate, isOwn));
  });
  const outcome = state.finish(target, policies);
  if (broken === undefined && outcome.isAccepted) return { findings: [], policies: outcome.policies };
  const wanted = policies.length > 0 ? policies : ['any'];
  return {
    findings: [finding(context, broken ?? target, 'path.policy', 'No acceptable policy holds along the path.', { policies: wanted })],
    policies: [],
  };
}

function checkTarget(context: PathContext, path: CandidatePath, certificate: Certificate): PathFinding[] {
  if (certificate !== path.certificates[0]) return [];
  return [...checkSubject(context, certificate), ...checkPurpose(context, certificate), ...checkIdentity(context, certificate)];
}

/** An anchor is trusted by decision; everybody below it can be revoked. */
function checkRevocations(context: PathContext, path: CandidatePath, crlIssuers: CrlIssuers): PathFinding[] {
  const below = path.isAnchored ? path.certificates.slice(0, -1) : path.certificates;
  return below.flatMap((certificate, at) =>
    checkRevocation(context, certificate, path.certificates[at + 1], crlTrust(context, path, at, crlIssuers)),
  );
}
