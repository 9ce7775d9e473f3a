import {
  accessMethodOid,
  algorithmOid,
  attributeOid,
  contentEncryptionOid,
  curveOid,
  digestOid,
  extendedKeyUsageOid,
  extensionOid,
  policyOid,
} from '../x509/oid.ts';
import { bagTypes, ciphers, contentTypes, passwordSchemes, pseudorandomFunctions } from './oid-names.ts';

const tables: readonly Readonly<Record<string, string>>[] = [
  attributeOid,
  extensionOid,
  extendedKeyUsageOid,
  algorithmOid,
  curveOid,
  digestOid,
  contentEncryptionOid,
  accessMethodOid,
  policyOid,
  contentTypes,
  bagTypes,
  ciphers,
  passwordSchemes,
  pseudorandomFunctions,
];

const words = new Map(tables.flatMap((table) => Object.entries(table).map(([name, dotted]): [string, string] => [dotted, name])));

/** The name an object identifier has in its standard, with its numbers; the numbers alone where it is not known. */
export const wordOfOid = (dotted: string): string => {
  const name = words.get(dotted);
  return name === undefined ? dotted : `${name} (${dotted})`;
};

/** The name alone. */
export const nameOfAnyOid = (dotted: string): string => words.get(dotted) ?? dotted;
