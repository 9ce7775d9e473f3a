import { formatName } from './name.ts';
import { attributeOid } from './oid.ts';
import { attributeValues, type Name } from './read-name.ts';

/** The first commonName of a name. */
export const commonNameOf = (name: Name): string | undefined => attributeValues(name, attributeOid.commonName)[0];

/** What people call whoever a name names: the commonName, or all of it (RFC 4514) where there is none. */
export const shortNameOf = (name: Name): string => commonNameOf(name) ?? formatName(name.rdnSequence);
