import { AppError } from '../errors.ts';
import type { AttributeName, DistinguishedName } from '../x509/name.ts';

/** Short names of attributes, upper case (RFC 4514 section 3), and those without one. */
const types: Readonly<Partial<Record<string, AttributeName>>> = {
  CN: 'commonName',
  O: 'organizationName',
  OU: 'organizationalUnitName',
  C: 'countryName',
  L: 'localityName',
  ST: 'stateOrProvinceName',
  SN: 'surname',
  GN: 'givenName',
  GIVENNAME: 'givenName',
  SERIALNUMBER: 'serialNumber',
  TITLE: 'title',
  EMAILADDRESS: 'emailAddress',
};

/**
 * A subject as people write it: `CN=Front Desk,O=Ridgeway`, a backslash before a comma that belongs to a value. The most special part
 * first (RFC 4514), one attribute to a part.
 * @throws AppError input.invalid with details {field: 'subject', part}: the first part that cannot be read, counted from one
 */
export function parseSubject(text: string): DistinguishedName {
  const parts = text.split(/(?<!\\),/);
  return parts.map((part, at) => [parsePart(part, at + 1)]).toReversed();
}

function parsePart(part: string, at: number): DistinguishedName[number][number] {
  const [, name = '', value = ''] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/s.exec(part) ?? [];
  const type = types[name.toUpperCase()];
  if (type === undefined || value === '')
    throw new AppError('input.invalid', `Part ${at} of the subject cannot be read: write it like CN=Front Desk,O=Ridgeway.`, {
      field: 'subject',
      part: at,
    });
  return { type, value: value.replace(/\\(.)/gs, '$1') };
}
