import { utf8Encode } from '../encoding/utf8.ts';

/** What a witness puts under a checkpoint (C2SP tlog-cosignature, `cosignature/v1`). */
export interface Cosignature {
  /** When it saw the checkpoint, in seconds since 1970. */
  readonly seconds: number;
  /** Ed25519, 64 octets. */
  readonly signature: Uint8Array;
}

const timeLength = 8;
/** The latest instant that can be written down. */
const latest = 8_640_000_000_000;
const signatureLength = 64;

/** Reads what stands behind the id of the key: a time of 64 bits and a signature. Undefined for anything else, and for no time. */
export function readCosignature(octets: Uint8Array): Cosignature | undefined {
  if (octets.length !== timeLength + signatureLength) return undefined;
  const seconds = octets.subarray(0, timeLength).reduce((sum, octet) => sum * 256 + octet, 0);
  return seconds > 0 && seconds <= latest ? { seconds, signature: octets.subarray(timeLength) } : undefined;
}

/** What a witness signs: that it is a cosignature, the time, and the whole text of the note. */
export const cosignedMessage = (text: Uint8Array, seconds: number): Uint8Array =>
  Uint8Array.from([...utf8Encode(`cosignature/v1\ntime ${seconds}\n`), ...text]);

/** When a witness saw something, as an instant of RFC 3339. */
export const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
