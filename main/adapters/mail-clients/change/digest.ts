import { hash } from 'node:crypto';
import type { DigestName } from '../../../domain/x509/algorithm-identifier.ts';

/** For the pure readers of the domain. */
export const digestOf = (name: DigestName, octets: Uint8Array): Uint8Array => hash(name, octets, 'buffer');
