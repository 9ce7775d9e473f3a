import { isAscii } from '../asn1/der-writer.ts';
import { base64Encode } from '../encoding/base64.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import { parseMailbox } from '../x509/mailbox.ts';

export interface MailParty {
  /** As people read it, in any script. */
  readonly name: string;
  readonly address: string;
}

export interface MailHead {
  readonly from: MailParty;
  readonly to: MailParty;
  readonly subject: string;
  readonly date: Date;
  /** What stands before the @ of the Message-ID; unique. */
  readonly id: string;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** RFC 5322 section 3.3, in UTC. */
const dateOf = (at: Date): string =>
  `${weekdays[at.getUTCDay()]}, ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;

/** Characters of one encoded word: four octets each at the most stay below 75 (RFC 2047 section 2). */
const wordLength = 10;

/** Text in a header: itself where it is printable ASCII, else as encoded words; line ends become spaces. */
function headerText(value: string): string {
  const text = value.replaceAll(/[\p{Cc}]+/gu, ' ');
  if (isAscii(text) && !text.includes('=?')) return text;
  const characters = Array.from(text);
  const words: string[] = [];
  for (let at = 0; at < characters.length; at += wordLength)
    words.push(`=?utf-8?B?${base64Encode(utf8Encode(characters.slice(at, at + wordLength).join('')))}?=`);
  return words.join('\r\n ');
}

const quotedName = (name: string): string => {
  const text = headerText(name);
  return text.startsWith('=?') ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
};

/** An address as it goes into headers and to a mail server: the domain in ASCII. @throws AppError input.invalid */
export const wireAddress = (address: string): string => parseMailbox(address).normalized;

const partyOf = ({ name, address }: MailParty): string => `${quotedName(name)}\r\n <${wireAddress(address)}>`;

/** The header of a mail (RFC 5322 section 3.6), up to where its content is described. @throws AppError input.invalid for an address */
export function writeHead({ from, to, subject, date, id }: MailHead): string {
  const domain = parseMailbox(from.address).domain;
  return [
    `Date: ${dateOf(date)}`,
    `From: ${partyOf(from)}`,
    `To: ${partyOf(to)}`,
    `Subject: ${headerText(subject)}`,
    `Message-ID: <${id}@${domain}>`,
    'MIME-Version: 1.0',
    '',
  ].join('\r\n');
}

/** Lines of 76 characters (RFC 2045 section 6.8). */
const base64Lines = (octets: Uint8Array): string => base64Encode(octets).replaceAll(/.{1,76}/g, '$&\r\n');

/** An entity of plain text, in canonical form: it can be signed as it stands. */
export function textEntity(text: string): Uint8Array {
  const lines = text.replaceAll(/\r?\n/g, '\r\n');
  const encoding = isAscii(lines) ? '7bit' : 'base64';
  const body = encoding === '7bit' ? lines : base64Lines(utf8Encode(lines));
  return utf8Encode(`Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`);
}

/** A CMS object as an entity (RFC 8551 section 3.2). */
export const cmsEntity = (kind: 'signed-data' | 'enveloped-data', message: Uint8Array): Uint8Array =>
  utf8Encode(
    [
      `Content-Type: application/pkcs7-mime; smime-type=${kind}; name="smime.p7m"`,
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="smime.p7m"',
      '',
      base64Lines(message),
    ].join('\r\n'),
  );
