import { createHmac } from 'node:crypto';

/** The two keyed hashes of a second factor: of its codes, and of its recovery codes. */
export const hmacSha1 = (key: Uint8Array, message: Uint8Array): Uint8Array => createHmac('sha1', key).update(message).digest();
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Uint8Array => createHmac('sha256', key).update(message).digest();
