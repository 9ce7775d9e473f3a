import { hash } from 'node:crypto';
import type { Sha256 } from '../../domain/audit/hash.ts';

/** SHA-256 of OpenSSL, as the log's hashes are kept. */
export const sha256: Sha256 = (data) => hash('sha256', data, 'binary');
