import { hash } from 'node:crypto';
import { sha256 } from '../adapters/primitives/sha256.ts';
import { createTreeHasher } from '../domain/audit/hash.ts';

export { sha256 };

/** SHA-256 in the three shapes the services need. */
export const sha256Hex = (octets: Uint8Array): string => hash('sha256', octets, 'hex');
/** How Windows and Intune name a certificate; nothing rests on it. */
export const sha1Hex = (octets: Uint8Array): string => hash('sha1', octets, 'hex');
export const digestSha256 = (octets: Uint8Array): Uint8Array => hash('sha256', octets, 'buffer');

/** Not to be shared between threads. */
export const treeHasher = createTreeHasher(sha256);
