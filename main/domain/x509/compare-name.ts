import { isStringTag } from '../asn1/read-value.ts';
import { hexEncode } from '../encoding/hex.ts';
import type { GeneralName } from './general-name.ts';
import type { Name, NameAttribute, RelativeDistinguishedName } from './read-name.ts';

/** RFC 4518 section 2.2: controls and code points that show nothing compare as nothing. */
const mappedToNothing = /\p{DI}|(?![\t-\r\u0085])\p{Cc}/gu;
const mappedToSpace = /[\t-\r\u0085\p{Z}]+/gu;
const plainAscii = /^[ -~]*$/;

/**
 * Prepares a string for comparison after RFC 4518: mapped, normalised (NFKC), case folded, white space at the ends
 * dropped and inside made one space. Two values that prepare to the same text are equal (RFC 5280 section 7.1).
 */
export function prepareString(text: string): string {
  const mapped = plainAscii.test(text) ? text : text.replaceAll(mappedToNothing, '').normalize('NFKC');
  return mapped.replaceAll(mappedToSpace, ' ').trim().toUpperCase().toLowerCase().normalize('NFKC');
}

/** What is no string compares by its octets, and never equals a string. */
function attributeKey({ type, value, valueTag }: NameAttribute): string {
  return JSON.stringify(isStringTag(valueTag) ? [type, prepareString(value)] : [type, value, 'DER']);
}

const relativeKey = (attributes: RelativeDistinguishedName): string => attributes.map(attributeKey).sort().join('+');

/** One key for each relative name: equal keys, equal names; what order the attributes of one part stand in does not matter. */
const relativeNameKeys = (name: Name): string[] => name.rdnSequence.map(relativeKey);

/** A key under which equal names (RFC 5280 section 7.1) fall together. */
export const nameKey = (name: Name): string => relativeNameKeys(name).join(',');

export const isSameName = (a: Name, b: Name): boolean => nameKey(a) === nameKey(b);

export const isEmptyName = (name: Name): boolean => name.rdnSequence.length === 0;

/** Whether `name` is `base` or stands below it in the directory (RFC 5280 section 4.2.1.10, directoryName). */
export function isWithinName(base: Name, name: Name): boolean {
  const keys = relativeNameKeys(name);
  return relativeNameKeys(base).every((key, at) => keys[at] === key);
}

/** A key under which equal GeneralNames fall together: for distribution points and CRL issuers. */
export function generalNameKey(name: GeneralName): string {
  switch (name.form) {
    case 'directoryName':
      return `directoryName:${nameKey(name.value)}`;
    case 'dNSName':
      return `dNSName:${name.value.toLowerCase()}`;
    case 'rfc822Name':
    case 'smtpUtf8Mailbox':
    case 'userPrincipalName':
    case 'uniformResourceIdentifier':
    case 'registeredID':
      return `${name.form}:${name.value}`;
    case 'otherName':
      return `otherName:${name.typeId}:${hexEncode(name.value)}`;
    case 'x400Address':
    case 'ediPartyName':
    case 'iPAddress':
      return `${name.form}:${hexEncode(name.value)}`;
  }
}
