import type { PolicyMapping } from '../extension-values.ts';
import { policyOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';

/** A policy that holds at one certificate of the path; one node for each policy (RFC 9618 section 3). */
interface PolicyNode {
  readonly validPolicy: string;
  expectedPolicies: ReadonlySet<string>;
  readonly parents: readonly PolicyNode[];
}
type Level = ReadonlyMap<string, PolicyNode>;

const { anyPolicy } = policyOid;

/** What the caller asks of policies (RFC 5280 section 6.1.1). */
export interface PolicyRequest {
  readonly policies: readonly string[];
  readonly explicitPolicy: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
}

/**
 * Policy processing of RFC 5280 section 6.1 over the policy graph of RFC 9618, which stays linear where the tree of
 * RFC 5280 grows without bound. Feed it the certificates below the anchor in order, then ask for the outcome.
 */
export class PolicyState {
  /** Policies of the last certificate; `undefined` once no policy is left. */
  #level: Level | undefined = new Map([[anyPolicy, node(anyPolicy, [anyPolicy], [])]]);
  #explicitPolicy: number;
  #policyMapping: number;
  #inhibitAnyPolicy: number;
  #isBroken = false;

  /** `length` is the number of certificates below the anchor. */
  constructor(length: number, request: PolicyRequest) {
    this.#explicitPolicy = request.explicitPolicy ? 0 : length + 1;
    this.#policyMapping = request.inhibitMapping ? 0 : length + 1;
    this.#inhibitAnyPolicy = request.inhibitAny ? 0 : length + 1;
  }

  /** Takes over what the anchor demands of paths below it (RFC 5937 section 3.2); its own policies are not read. */
  anchor(certificate: Certificate): void {
    this.#applyConstraints(certificate);
  }

  /** Section 6.1.3 (d) to (f). False when the path fails here. */
  process(certificate: Certificate, isLast: boolean, isSelfIssued: boolean): boolean {
    const { certificatePolicies } = certificate.extensions;
    const isAnyAllowed = this.#inhibitAnyPolicy > 0 || (!isLast && isSelfIssued);
    const stated = certificatePolicies?.map(({ policyIdentifier }) => policyIdentifier);
    this.#level = this.#level === undefined || stated === undefined ? undefined : nextLevel(this.#level, stated, isAnyAllowed);
    return !this.#isBroken && (this.#explicitPolicy > 0 || this.#level !== undefined);
  }

  /** Section 6.1.4: what an intermediate certificate means for those below it. False when a mapping is not allowed. */
  prepare(certificate: Certificate, isSelfIssued: boolean): boolean {
    const mappings = certificate.extensions.policyMappings ?? [];
    if (mappings.some((mapping) => mapping.issuerDomainPolicy === anyPolicy || mapping.subjectDomainPolicy === anyPolicy))
      this.#isBroken = true;
    if (this.#level !== undefined && mappings.length > 0) this.#level = mapped(this.#level, mappings, this.#policyMapping > 0);
    if (!isSelfIssued) {
      this.#explicitPolicy = Math.max(0, this.#explicitPolicy - 1);
      this.#policyMapping = Math.max(0, this.#policyMapping - 1);
      this.#inhibitAnyPolicy = Math.max(0, this.#inhibitAnyPolicy - 1);
    }
    this.#applyConstraints(certificate);
    return !this.#isBroken;
  }

  /** Section 6.1.5 (a), (b), (g): the policies the user accepts among those that hold, and whether that is enough. */
  finish(target: Certificate, wanted: readonly string[]): { isAccepted: boolean; policies: string[] } {
    const required = target.extensions.policyConstraints?.requireExplicitPolicy === 0;
    const explicitPolicy = required ? 0 : Math.max(0, this.#explicitPolicy - 1);
    const authority = this.#level === undefined ? new Set<string>() : authorityPolicies(this.#level);
    const policies = userPolicies(authority, wanted);
    return { isAccepted: !this.#isBroken && (explicitPolicy > 0 || policies.length > 0), policies };
  }

  #applyConstraints(certificate: Certificate): void {
    const { policyConstraints, inhibitAnyPolicy } = certificate.extensions;
    this.#explicitPolicy = Math.min(this.#explicitPolicy, policyConstraints?.requireExplicitPolicy ?? Infinity);
    this.#policyMapping = Math.min(this.#policyMapping, policyConstraints?.inhibitPolicyMapping ?? Infinity);
    this.#inhibitAnyPolicy = Math.min(this.#inhibitAnyPolicy, inhibitAnyPolicy ?? Infinity);
  }
}

const node = (validPolicy: string, expected: readonly string[], parents: readonly PolicyNode[]): PolicyNode => ({
  validPolicy,
  expectedPolicies: new Set(expected),
  parents,
});

/** Section 6.1.3 (d): a policy goes on where one above expects it, or where any policy is accepted above. */
function nextLevel(above: Level, stated: readonly string[], isAnyAllowed: boolean): Level | undefined {
  const level = new Map<string, PolicyNode>();
  const expecting = indexByExpectation(above);
  for (const policy of stated) {
    if (policy === anyPolicy) continue;
    const parents = expecting.get(policy) ?? [above.get(anyPolicy)].filter((parent) => parent !== undefined);
    if (parents.length > 0) level.set(policy, node(policy, [policy], parents));
  }
  if (isAnyAllowed && stated.includes(anyPolicy)) {
    for (const [policy, parents] of expecting) if (!level.has(policy)) level.set(policy, node(policy, [policy], parents));
  }
  return level.size === 0 ? undefined : level;
}

function indexByExpectation(above: Level): Map<string, PolicyNode[]> {
  const index = new Map<string, PolicyNode[]>();
  for (const parent of above.values()) {
    for (const policy of parent.expectedPolicies) index.set(policy, [...(index.get(policy) ?? []), parent]);
  }
  return index;
}

/** Section 6.1.4 (b): a mapped policy is expected under its new names, or, where mapping is inhibited, ends here. */
function mapped(level: Level, mappings: readonly PolicyMapping[], isAllowed: boolean): Level | undefined {
  const next = new Map(level);
  for (const issuerPolicy of new Set(mappings.map(({ issuerDomainPolicy }) => issuerDomainPolicy))) {
    if (!isAllowed) {
      next.delete(issuerPolicy);
      continue;
    }
    const expected = mappings
      .filter((mapping) => mapping.issuerDomainPolicy === issuerPolicy)
      .map(({ subjectDomainPolicy }) => subjectDomainPolicy);
    const stated = level.get(issuerPolicy);
    const any = level.get(anyPolicy);
    if (stated !== undefined) next.set(issuerPolicy, node(issuerPolicy, expected, stated.parents));
    else if (any !== undefined) next.set(issuerPolicy, node(issuerPolicy, expected, any.parents));
  }
  return next.size === 0 ? undefined : next;
}

/**
 * The authority-constrained policies (RFC 9618 section 5.3): where a line of policies that reaches the target leaves
 * anyPolicy, its first name is the one the anchor's domain knows.
 */
function authorityPolicies(level: Level): Set<string> {
  const found = new Set<string>();
  const seen = new Set<PolicyNode>(level.values());
  for (const current of seen) {
    const isFirst = current.parents.some(({ validPolicy }) => validPolicy === anyPolicy);
    if (current.validPolicy !== anyPolicy && isFirst) found.add(current.validPolicy);
    for (const parent of current.parents) seen.add(parent);
  }
  if (level.has(anyPolicy)) found.add(anyPolicy);
  return found;
}

function userPolicies(authority: ReadonlySet<string>, wanted: readonly string[]): string[] {
  const isAnyWanted = wanted.length === 0 || wanted.includes(anyPolicy);
  if (isAnyWanted) return [...authority].sort();
  return wanted.filter((policy) => authority.has(policy) || authority.has(anyPolicy)).sort();
}
