import { isAscii } from '../asn1/der-writer.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';
import { toAsciiDomain } from './domain-name.ts';

/** A mail address taken apart (RFC 5321 section 4.1.2 `Mailbox` with a Dot-string, RFC 6531 section 3.3). */
export interface Mailbox {
  /** As written, in NFC; its case is kept, because only the receiving host may say what it means. */
  readonly localPart: string;
  /** ASCII, lower case, IDNs as A-labels. */
  readonly domain: string;
  /** The local part is not ASCII: the address goes into certificates as SmtpUTF8Mailbox (RFC 9598), never as rfc822Name. */
  readonly isInternational: boolean;
  /** `localPart@domain`: how the address stands in certificates, lists and indices. */
  readonly normalized: string;
}

/** What can be wrong with an address; `details.reason` of the error. */
export type MailboxFault =
  | 'empty'
  | 'no-at-sign'
  | 'several-at-signs'
  | 'white-space'
  | 'empty-local-part'
  | 'bad-local-part'
  | 'bad-domain'
  | 'too-long';

const sentences: Readonly<Record<MailboxFault, string>> = {
  empty: 'The mail address is empty.',
  'no-at-sign': 'The mail address has no @.',
  'several-at-signs': 'The mail address has more than one @.',
  'white-space': 'The mail address contains a space.',
  'empty-local-part': 'The mail address has nothing before the @.',
  'bad-local-part': 'The mail address has something before the @ that no address may have there.',
  'bad-domain': 'What follows the @ is not a domain name.',
  'too-long': 'The mail address is too long (64 octets before the @, 254 in all).',
};

/** RFC 5321 section 4.5.3.1 and the erratum that fixes a path at 254 octets. */
const longestLocalPart = 64;
const longestAddress = 254;
const longestText = 1000;

/**
 * Takes an address apart and normalises it. Quoted local parts, comments, display names and address literals are refused: no staff
 * list needs them and mail clients disagree about them.
 * @throws AppError input.invalid with details {field: 'email', reason: MailboxFault}
 */
export function parseMailbox(text: string): Mailbox {
  const border = findBorder(text);
  const localPart = normalizedLocalPart(text.slice(0, border));
  if (localPart === undefined) throw fault(text, 'bad-local-part');
  const domain = toAsciiDomain(text.slice(border + 1));
  if (domain === undefined) throw fault(text, 'bad-domain');
  const isInternational = !isAscii(localPart);
  const octets = isInternational ? utf8Encode(localPart).length : localPart.length;
  if (octets > longestLocalPart || octets + 1 + domain.length > longestAddress) throw fault(text, 'too-long');
  return { localPart, domain, isInternational, normalized: `${localPart}@${domain}` };
}

function findBorder(text: string): number {
  if (text.length === 0) throw fault(text, 'empty');
  if (text.length > longestText) throw fault(text, 'too-long');
  const border = text.indexOf('@');
  if (border < 0) throw fault(text, 'no-at-sign');
  if (text.indexOf('@', border + 1) >= 0) throw fault(text, 'several-at-signs');
  if (border === 0) throw fault(text, 'empty-local-part');
  return border;
}

const atext = "!#$%&'*+-/=?^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const isAtext = Array.from({ length: 0x80 }, (_, code) => atext.includes(String.fromCharCode(code)));
const dot = 0x2e;

/** A Dot-string in NFC, or `undefined`. Beyond ASCII: nothing invisible, nothing that is no character, no mark without a letter before it. */
function normalizedLocalPart(written: string): string | undefined {
  /* First, because some characters beyond ASCII become ASCII by it: U+037E a semicolon, U+212A a K. */
  const text = isAscii(written) ? written : written.normalize('NFC');
  let before = dot;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === dot ? before === dot : code < 0x80 && isAtext[code] !== true) return undefined;
    before = code;
  }
  if (before === dot) return undefined;
  return !isAscii(text) && /^\p{M}|[\p{C}\p{Z}]/u.test(text) ? undefined : text;
}

/** White space is named before whatever else it made wrong. */
function fault(text: string, found: MailboxFault): AppError {
  const reason = /\s/u.test(text) ? 'white-space' : found;
  return new AppError('input.invalid', sentences[reason], { field: 'email', reason });
}
