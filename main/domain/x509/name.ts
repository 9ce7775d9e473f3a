import { ia5String, isAscii, oid, printableString, sequence, setOf, tlvOf, tag, utf8String } from '../asn1/der-writer.ts';
import { hexEncode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { attributeOid, nameOfOid } from './oid.ts';

/** Attribute types Keyward writes, by name. */
export type AttributeName = keyof typeof attributeOid;

/** One AttributeTypeAndValue of a name that is to be written. */
export interface SubjectAttribute {
  readonly type: AttributeName;
  readonly value: string;
}

/** A distinguished name to be written: RDNSequence (RFC 5280 section 4.1.2.4), most general part first. */
export type DistinguishedName = readonly (readonly SubjectAttribute[])[];

/** Upper bounds in characters (RFC 5280 appendix A.1; X.520 for the rest). */
const upperBounds: Readonly<Partial<Record<AttributeName, number>>> = {
  commonName: 64,
  organizationName: 64,
  organizationalUnitName: 64,
  title: 64,
  serialNumber: 64,
  countryName: 2,
  localityName: 128,
  stateOrProvinceName: 128,
  pseudonym: 128,
  emailAddress: 255,
};
const otherUpperBound = 256;

/** Characters a value of this type may have at most. */
export const upperBoundOf = (type: AttributeName): number => upperBounds[type] ?? otherUpperBound;

/**
 * Name, DER: each value NFC in a UTF8String, countryName and dnQualifier in PrintableString, emailAddress and domainComponent in
 * IA5String (RFC 5280 section 4.1.2.4).
 * @throws AppError input.invalid with details {field: AttributeName, reason} for a value that is empty, too long, holds control
 * characters, or does not fit its type
 */
export const encodeName = (name: DistinguishedName): Uint8Array => tlvOf(tag.sequence, name.map(encodeRelativeName));

/** Almost every part has one attribute, and a set of one needs no sorting. */
const encodeRelativeName = (attributes: readonly SubjectAttribute[]): Uint8Array =>
  attributes.length === 1 ? tlvOf(tag.set, attributes.map(encodeAttribute)) : setOf(...attributes.map(encodeAttribute));

function encodeAttribute({ type, value }: SubjectAttribute): Uint8Array {
  const text = isAscii(value) ? value : value.normalize('NFC');
  checkValue(type, text);
  return sequence(oid(attributeOid[type]), encodeValue(type, text));
}

/** Attributes whose type is not DirectoryString with its UTF8String. */
const stringTypes: Readonly<Partial<Record<AttributeName, (text: string) => Uint8Array>>> = {
  countryName: printableString,
  dnQualifier: printableString,
  emailAddress: ia5String,
  domainComponent: ia5String,
};

const encodeValue = (type: AttributeName, text: string): Uint8Array => (stringTypes[type] ?? utf8String)(text);

function checkValue(type: AttributeName, text: string): void {
  const bound = upperBoundOf(type);
  if (text.length === 0) throw unfit(type, 'empty');
  if (text.length > bound && Array.from(text).length > bound) throw unfit(type, 'too-long');
  for (let at = 0; at < text.length; at++) if (isControl(text.charCodeAt(at))) throw unfit(type, 'control-character');
  if (!text.isWellFormed()) throw unfit(type, 'not-text');
  if ('.- '.includes(text.charAt(0)) && isPlaceholder(text)) throw unfit(type, 'placeholder');
  if (type === 'countryName' && !/^[A-Z]{2}$/.test(text)) throw unfit(type, 'not-a-country-code');
}

/** A value of nothing but dots, hyphens and spaces says that there is none (S/MIME BR section 7.1.4.2). */
const isPlaceholder = (text: string): boolean => /^[.\- ]+$/.test(text);

/** Control characters, and those that turn the direction of writing: a name must be read as it is stored. */
const isControl = (code: number): boolean =>
  code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);

function unfit(field: AttributeName, reason: string): AppError {
  const limit = reason === 'too-long' ? ` (at most ${upperBoundOf(field)} characters)` : '';
  return new AppError('input.invalid', `The ${field} cannot go into a certificate: ${reason.replaceAll('-', ' ')}${limit}.`, {
    field,
    reason,
  });
}

/** Short names of RFC 4514 section 3 and RFC 4519; other attributes go by their own names. */
const shownNames: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.keys(attributeOid).map((name): [string, string] => [name, name]),
  ['commonName', 'CN'],
  ['localityName', 'L'],
  ['stateOrProvinceName', 'ST'],
  ['organizationName', 'O'],
  ['organizationalUnitName', 'OU'],
  ['countryName', 'C'],
  ['streetAddress', 'STREET'],
  ['domainComponent', 'DC'],
  ['userId', 'UID'],
  ['surname', 'SN'],
]);

/** A name to be shown: types by name or in dotted decimal. */
export type ReadableName = readonly (readonly { readonly type: string; readonly value: string }[])[];

/**
 * The string form of a name (RFC 4514): most specific part first, special characters escaped. A type without a known name stands in
 * dotted decimal with its value as the DER of a UTF8String in hexadecimal, unless the value came as `#` and hexadecimal already.
 */
export const formatName = (name: ReadableName): string =>
  name
    .toReversed()
    .map((attributes) => attributes.map(formatAttribute).join('+'))
    .join(',');

function formatAttribute({ type, value }: { readonly type: string; readonly value: string }): string {
  const shown = shownNames.get(type) ?? shownNames.get(nameOfOid(attributeOid, type));
  if (shown !== undefined) return `${shown}=${escaped(value)}`;
  return `${type}=${isHexForm(value) ? value : `#${hexEncode(utf8String(value))}`}`;
}

const isHexForm = (value: string): boolean => /^#([0-9a-f]{2})+$/.test(value);

/** RFC 4514 section 2.4. */
function escaped(value: string): string {
  if (!/[\\"+,;<>=\0]|^[ #]| $/.test(value)) return value;
  return value
    .replace(/[\\"+,;<>=]/g, (character) => `\\${character}`)
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, (character) => `\\${character}`)
    .replace(/ $/, '\\ ');
}
