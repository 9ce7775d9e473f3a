import { isEmptyName, isWithinName } from '../compare-name.ts';
import type { GeneralSubtree, NameConstraints } from '../extension-values.ts';
import type { GeneralName } from '../general-name.ts';
import { isHostWithin, isWithinMailbox } from '../mail-constraints.ts';
import { attributeOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';
import { attributeValues } from '../read-name.ts';
import type { PathContext } from './context.ts';
import { finding } from './context.ts';
import { isWithinAddress } from './ip-constraint.ts';
import type { PathFinding } from './result.ts';

/** Names compared with subtrees of their form for one certificate at most; more is an attack and counts as a violation. */
const maximumComparisons = 1 << 20;

/**
 * Checks every name of a certificate against the constraints of all certificates above it (RFC 5280 section 6.1.3 b, c).
 * Each certificate's permitted subtrees must hold by themselves: that is their intersection.
 */
export function checkNameConstraints(context: PathContext, certificate: Certificate, above: readonly NameConstraints[]): PathFinding[] {
  if (above.length === 0) return [];
  const names = namesOf(certificate);
  const violation = (detail: string, name: string): PathFinding => finding(context, certificate, 'path.name-constraint', detail, { name });
  if (comparisons(names, above) > maximumComparisons) return [violation('Too many names and constraints to compare.', '')];
  return names.flatMap((name) => {
    const reason = above.map((constraints) => violationOf(name, constraints)).find((found) => found !== undefined);
    return reason === undefined ? [] : [violation(`${describe(name)}: ${reason}.`, describe(name))];
  });
}

/** How many pairs of a name and a subtree of its form there are. */
function comparisons(names: readonly GeneralName[], above: readonly NameConstraints[]): number {
  const forms = new Map<string, number>();
  for (const { form } of names) forms.set(boundForm(form), (forms.get(boundForm(form)) ?? 0) + 1);
  const subtrees = above.flatMap(({ permittedSubtrees, excludedSubtrees }) => [...permittedSubtrees, ...excludedSubtrees]);
  return subtrees.reduce((sum, { base }) => sum + (forms.get(base.form) ?? 0), 0);
}

/** An SmtpUTF8Mailbox is bound by rfc822Name constraints (RFC 9598 section 6). */
const boundForm = (form: GeneralName['form']): GeneralName['form'] => (form === 'smtpUtf8Mailbox' ? 'rfc822Name' : form);

/** Subject, every alternative name, and the emailAddress attributes of the subject as rfc822Names (RFC 5280 section 4.2.1.10). */
function namesOf(certificate: Certificate): GeneralName[] {
  const { subject, extensions } = certificate;
  const directory: GeneralName[] = isEmptyName(subject) ? [] : [{ form: 'directoryName', value: subject }];
  const mailboxes = attributeValues(subject, attributeOid.emailAddress).map((value): GeneralName => ({ form: 'rfc822Name', value }));
  return [...directory, ...mailboxes, ...(extensions.subjectAltName ?? [])];
}

const describe = (name: GeneralName): string => (typeof name.value === 'string' ? name.value : name.form);

function violationOf(name: GeneralName, { permittedSubtrees, excludedSubtrees }: NameConstraints): string | undefined {
  const permitted = permittedSubtrees.filter(({ base }) => isSameForm(base, name));
  const excluded = excludedSubtrees.filter(({ base }) => isSameForm(base, name));
  if (excluded.some((subtree) => isWithin(subtree, name, 'excluded') !== false)) return 'excluded by an authority above';
  if (permitted.length > 0 && !permitted.some((subtree) => isWithin(subtree, name, 'permitted') === true)) {
    return 'not among what an authority above may name';
  }
  return undefined;
}

const isSameForm = (base: GeneralName, name: GeneralName): boolean => base.form === name.form || base.form === boundForm(name.form);

/** Whether a name is within a subtree; `undefined` when that cannot be said, which neither permits nor spares it. */
function isWithin({ base, hasDistance }: GeneralSubtree, name: GeneralName, list: 'permitted' | 'excluded'): boolean | undefined {
  if (hasDistance) return undefined;
  if (base.form === 'directoryName' && name.form === 'directoryName') return isWithinName(base.value, name.value);
  if (base.form === 'iPAddress' && name.form === 'iPAddress') return isWithinAddress(base.value, name.value);
  if (base.form === 'rfc822Name' && (name.form === 'rfc822Name' || name.form === 'smtpUtf8Mailbox'))
    return isWithinMailbox(base.value, name.value);
  if (base.form === 'dNSName' && name.form === 'dNSName') return isWithinDns(base.value, name.value, list);
  if (base.form === 'uniformResourceIdentifier' && name.form === base.form) return isWithinUri(base.value, name.value);
  return undefined;
}

/** Letters, digits, hyphens and underscores between dots; other spellings of a host could slip past a comparison. */
const plainHost = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/**
 * A domain and everything below it. A wildcard stands for all it could match, so an excluded domain below it excludes
 * it. A base with a leading dot is not in the standard and cannot be judged.
 */
function isWithinDns(base: string, name: string, list: 'permitted' | 'excluded'): boolean | undefined {
  const isWildcard = name.startsWith('*.');
  const [host, domain] = [(isWildcard ? name.slice(2) : name).toLowerCase(), base.toLowerCase()];
  if (!plainHost.test(host)) return undefined;
  if (domain === '') return true;
  if (!plainHost.test(domain)) return undefined;
  if (host === domain || host.endsWith(`.${domain}`)) return true;
  return list === 'excluded' && isWildcard && domain.endsWith(`.${host}`);
}

/** Scheme, `//`, perhaps user information, host, perhaps a port (RFC 3986 section 3.2), in the characters those may have. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[\w.~!$&'()*+,;=:%-]*@)?([a-z0-9_.-]+)(?::\d*)?(?:[/?#]|$)/;

/** The host of a URI; an address, or no host, cannot be judged. */
function isWithinUri(base: string, uri: string): boolean | undefined {
  const host = authority.exec(uri.toLowerCase())?.[1];
  if (host === undefined || !plainHost.test(host) || !host.includes('.') || /^[\d.]+$/.test(host)) return undefined;
  return base === '' ? true : isHostWithin(base, host);
}
