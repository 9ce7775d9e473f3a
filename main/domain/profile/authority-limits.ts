import { AppError } from '../errors.ts';
import { isDomainPermitted, mailConstraintsOf, type MailConstraints } from '../x509/mail-constraints.ts';
import type { Certificate } from '../x509/read-certificate.ts';

/** Authorities on one path, the root among them: more than any practice has, and what every reader of certificates follows. */
const deepestPath = 8;

/** What an authority may give to one it signs, all above it considered. */
export interface AuthorityLimits {
  /** Authorities that may stand below it on a path to a person. */
  readonly levelsBelow: number;
  /** Whether a certificate says so, or only the depth Keyward keeps to. */
  readonly isStated: boolean;
  readonly mail: readonly MailConstraints[];
}

/** Reads the limits from an authority's certificate and those above it, its own first (RFC 5280 section 4.2.1.9 and .10). */
export function authorityLimits(chain: readonly Pick<Certificate, 'extensions'>[]): AuthorityLimits {
  const stated = chain.flatMap(({ extensions }, above) => {
    const length = extensions.basicConstraints?.pathLenConstraint;
    return length === undefined ? [] : [length - above];
  });
  const levelsBelow = Math.max(0, Math.min(deepestPath - chain.length, ...stated));
  return { levelsBelow, isStated: stated.length > 0, mail: mailConstraintsAlong(chain) };
}

/** What each certificate of a chain says of mailboxes. */
export const mailConstraintsAlong = (chain: readonly Pick<Certificate, 'extensions'>[]): MailConstraints[] =>
  chain.flatMap(({ extensions }) => mailConstraintsOf(extensions.nameConstraints) ?? []);

/**
 * Refuses what a path through the parent would not carry: a promise nobody would accept is not made.
 * @throws AppError input.path-length, input.domain-outside
 */
export function requireWithinLimits(
  limits: AuthorityLimits,
  wanted: {
    /** Authorities below the new one; `open`: any number. */
    readonly pathLength: number | 'open';
    /** As `parseMailDomain` gives them. */
    readonly mailDomains: readonly string[];
    readonly parentName: string;
  },
): void {
  const { levelsBelow, isStated } = limits;
  const needed = wanted.pathLength === 'open' ? (isStated ? Infinity : 1) : wanted.pathLength + 1;
  if (needed > levelsBelow) {
    const details = { authority: wanted.parentName, limit: levelsBelow };
    throw new AppError('input.path-length', `${wanted.parentName} allows ${levelsBelow} authorities below it on a path.`, details);
  }
  const domain = wanted.mailDomains.find((candidate) => !isDomainPermitted(candidate, limits.mail));
  if (domain !== undefined) throw new AppError('input.domain-outside', `The authorities above may not vouch for ${domain}.`, { domain });
}
