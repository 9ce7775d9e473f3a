import { toAsciiDomain } from '../domain-name.ts';
import { attributeOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';
import { attributeValues } from '../read-name.ts';
import type { PathContext } from './context.ts';
import { finding } from './context.ts';
import type { PathFinding } from './result.ts';

/**
 * Every mailbox a certificate is for, in the order they stand: rfc822Name and SmtpUTF8Mailbox of subjectAltName, and only
 * where there is none of them the emailAddress of the subject (RFC 8550 section 3).
 */
export function mailboxesOf(certificate: Pick<Certificate, 'subject' | 'extensions'>): string[] {
  const names = certificate.extensions.subjectAltName ?? [];
  const mailboxes = names.filter(({ form }) => form === 'rfc822Name' || form === 'smtpUtf8Mailbox');
  if (mailboxes.length === 0) return attributeValues(certificate.subject, attributeOid.emailAddress);
  return mailboxes.map(({ value }) => value).filter((value) => typeof value === 'string');
}

/** Whether the target is for the mailbox and the host asked for. */
export function checkIdentity(context: PathContext, target: Certificate): PathFinding[] {
  const { email, dns } = context.request;
  const hosts = dnsNames(target);
  const mailboxes = mailboxesOf(target);
  const findings: PathFinding[] = [];
  if (email !== undefined && !mailboxes.some((mailbox) => isSameMailbox(mailbox, email)))
    findings.push(mismatch(context, target, email, mailboxes));
  if (dns !== undefined && !hosts.some((host) => isHostMatch(host, dns))) findings.push(mismatch(context, target, dns, hosts));
  return findings;
}

function mismatch(context: PathContext, target: Certificate, wanted: string, names: readonly string[]): PathFinding {
  return finding(context, target, 'path.name-mismatch', `Not for ${wanted}.`, { wanted, names });
}

const dnsNames = (target: Certificate): string[] =>
  (target.extensions.subjectAltName ?? []).flatMap((name) => (name.form === 'dNSName' ? [name.value] : []));

/** RFC 5280 section 7.5, RFC 9598 section 5: the local part octet by octet, the domain as A-labels in any case. */
export function isSameMailbox(a: string, b: string): boolean {
  const [first, second] = [splitMailbox(a), splitMailbox(b)];
  return first !== undefined && second !== undefined && first.local === second.local && first.domain === second.domain;
}

function splitMailbox(mailbox: string): { local: string; domain: string } | undefined {
  const at = mailbox.lastIndexOf('@');
  const domain = at < 1 ? undefined : toAsciiDomain(mailbox.slice(at + 1));
  return domain === undefined ? undefined : { local: mailbox.slice(0, at).normalize('NFC'), domain };
}

/** RFC 9525 section 6.3, and what looks like an IPv4 address is never a host name (RFC 1123 section 2.1): a wildcard is the whole leftmost label and stands for exactly one; at least two follow it. */
function isHostMatch(presented: string, wanted: string): boolean {
  const host = toAsciiDomain(wanted);
  if (host === undefined || /(^|\.)\d+$/.test(host)) return false;
  if (!presented.startsWith('*.')) return toAsciiDomain(presented) === host;
  const suffix = toAsciiDomain(presented.slice(2));
  return suffix !== undefined && host.slice(host.indexOf('.') + 1) === suffix;
}
