import { AppError } from '../errors.ts';
import { toAsciiDomain } from './domain-name.ts';
import type { GeneralSubtree, NameConstraints } from './extension-values.ts';

/**
 * What one authority's nameConstraints say of mailboxes (RFC 5280 section 4.2.1.10). A base is a host, with a leading dot the
 * hosts below a domain, or a whole mailbox.
 */
export interface MailConstraints {
  /** Absent: whatever is not excluded. */
  readonly permitted?: readonly string[];
  readonly excluded: readonly string[];
}

/** Nothing at all: for constraints that cannot be judged, which neither permit nor spare. */
const nothing: MailConstraints = { permitted: [], excluded: [] };

/** The part about mailboxes; `undefined` where they are not constrained. */
export function mailConstraintsOf(constraints: NameConstraints | undefined): MailConstraints | undefined {
  const [permitted, excluded] = [mailSubtrees(constraints?.permittedSubtrees), mailSubtrees(constraints?.excludedSubtrees)];
  if (permitted.length + excluded.length === 0) return undefined;
  if (excluded.some(({ hasDistance }) => hasDistance)) return nothing;
  const allowed = permitted.filter(({ hasDistance }) => !hasDistance).map(baseOf);
  return { ...(permitted.length === 0 ? {} : { permitted: allowed }), excluded: excluded.map(baseOf) };
}

const mailSubtrees = (subtrees: readonly GeneralSubtree[] = []): GeneralSubtree[] =>
  subtrees.filter(({ base }) => base.form === 'rfc822Name');

const baseOf = ({ base }: GeneralSubtree): string => (base.form === 'rfc822Name' ? base.value : '');

/** Whether every one of these authorities may vouch for a mailbox. */
export const isMailboxPermitted = (mailbox: string, all: readonly MailConstraints[]): boolean =>
  all.every(
    ({ permitted, excluded }) =>
      (permitted?.some((base) => isWithinMailbox(base, mailbox) === true) ?? true) &&
      !excluded.some((base) => isWithinMailbox(base, mailbox) !== false),
  );

/**
 * Nobody would accept what an issuer may not say (RFC 5280 section 6.1.3 b, c).
 * @throws AppError input.mailbox-outside with the first mailbox one of these authorities may not vouch for
 */
export function requirePermittedMailboxes(mailboxes: readonly string[], all: readonly MailConstraints[]): void {
  const address = mailboxes.find((mailbox) => !isMailboxPermitted(mailbox, all));
  if (address === undefined) return;
  throw new AppError('input.mailbox-outside', `The authority that issues may not vouch for ${address}.`, { address });
}

/** Whether every one of these authorities may give a domain, or with a leading dot the hosts below it, to one it signs. */
export const isDomainPermitted = (domain: string, all: readonly MailConstraints[]): boolean =>
  all.every(
    ({ permitted, excluded }) =>
      (permitted?.some((base) => isDomainWithin(base, domain)) ?? true) && !excluded.some((base) => isDomainWithin(base, domain)),
  );

function isDomainWithin(base: string, domain: string): boolean {
  if (base === '') return true;
  if (base.includes('@')) return false;
  return base.startsWith('.') ? domain.endsWith(base.toLowerCase()) : domain === base.toLowerCase();
}

/**
 * A mailbox, a host, or with a leading dot the hosts below a domain. The local part is compared exactly. `undefined` where
 * that cannot be said.
 */
export function isWithinMailbox(base: string, mailbox: string): boolean | undefined {
  const at = mailbox.lastIndexOf('@');
  const host = toAsciiDomain(mailbox.slice(at + 1));
  if (at < 1 || host === undefined || !isLocalPart(mailbox.slice(0, at))) return undefined;
  if (base === '') return true;
  const baseAt = base.lastIndexOf('@');
  if (baseAt >= 0) return base.slice(0, baseAt) === mailbox.slice(0, at) && base.slice(baseAt + 1).toLowerCase() === host;
  return isHostWithin(base, host);
}

/** What has another @ in it is no mailbox unless it is quoted, and different readers would find different hosts in it. */
const isLocalPart = (text: string): boolean => !text.includes('@') || /^"[^"]*"$/.test(text);

export const isHostWithin = (base: string, host: string): boolean =>
  base.startsWith('.') ? host.endsWith(base.toLowerCase()) : host === base.toLowerCase();
