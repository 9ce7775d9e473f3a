import { readFile } from 'node:fs/promises';
import type { SecureContextOptions } from 'node:tls';
import type { SinkTrust } from '../../domain/audit-formats/sink-target.ts';

/** Milliseconds that a peer may take without any progress. */
export const patience = 15_000;

/** TLS as it is spoken to every peer. The key is read each time, from where its owner keeps it. */
export async function credentialsOf({ trust, certificate, key }: SinkTrust): Promise<SecureContextOptions> {
  return {
    minVersion: 'TLSv1.2',
    ...(trust === null ? {} : { ca: trust }),
    ...(certificate === null ? {} : { cert: await readFile(certificate) }),
    ...(key === null ? {} : { key: await readFile(key) }),
  };
}
