import { hexEncode } from '../encoding/hex.ts';

/** Values by their tag in hexadecimal; undefined for what is not BER-TLV to its end. Of a tag that is there twice the first counts. */
export function readTlv(octets: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const found = new Map<string, Uint8Array>();
  for (let at = 0; at < octets.length;) {
    const next = readOne(octets, at);
    if (next === undefined) return undefined;
    if (!found.has(next.tag)) found.set(next.tag, next.value);
    at = next.end;
  }
  return found;
}

/** Tags of one octet or two and lengths below 65,536 are all that PIV has (NIST SP 800-73-4). */
function readOne(octets: Uint8Array, at: number): { tag: string; value: Uint8Array; end: number } | undefined {
  const first = octets[at] ?? 0;
  const tagEnd = at + ((first & 0x1f) === 0x1f ? 2 : 1);
  const length = octets[tagEnd];
  if (length === undefined || length === 0x80 || length > 0x82) return undefined;
  const start = tagEnd + 1 + Math.max(0, length - 0x80);
  const size = length < 0x80 ? length : octets.subarray(tagEnd + 1, start).reduce((sum, octet) => sum * 256 + octet, 0);
  if (start + size > octets.length) return undefined;
  return { tag: hexEncode(octets.subarray(at, tagEnd)), value: octets.subarray(start, start + size), end: start + size };
}

/** Octets of the identifier in a cardholder unique identifier. */
const guidSize = 16;

/** The card's own identifier, hex, in its CHUID (SP 800-73-4 part 1, section 3.1.2); undefined where there is none. */
export function guidOf(chuid: Uint8Array): string | undefined {
  const content = readTlv(chuid)?.get('53');
  const guid = content && readTlv(content)?.get('34');
  return guid?.length === guidSize ? hexEncode(guid) : undefined;
}

/** What a YubiKey tells of a PIN, a PUK or its management key (GET METADATA, from firmware 5.3). */
export interface SecretMetadata {
  /** Tries left; null where it does not count them. */
  readonly left: number | null;
  /** Whether it is the one from the factory; null where it does not say. */
  readonly isFactory: boolean | null;
}

export function readSecretMetadata(octets: Uint8Array): SecretMetadata | undefined {
  const fields = readTlv(octets);
  if (fields === undefined) return undefined;
  const [factory, tries] = [fields.get('05')?.[0], fields.get('06')];
  return { left: tries?.[1] ?? null, isFactory: factory === undefined ? null : factory !== 0 };
}

/** The certificate in a data object (SP 800-73-4 part 1, appendix A); undefined where there is none. */
export function certificateIn(object: Uint8Array): Uint8Array | undefined {
  const content = readTlv(object)?.get('53');
  return content && readTlv(content)?.get('70');
}

/** A field of the dynamic authentication template of GENERAL AUTHENTICATE (SP 800-73-4 part 2, section 3.2.4). */
export function challengeField(octets: Uint8Array, tag: '80' | '82'): Uint8Array | undefined {
  const template = readTlv(octets)?.get('7c');
  return template && readTlv(template)?.get(tag);
}

/** The algorithm of the management key, as its metadata tells it. */
export const managementAlgorithm = (metadata: Uint8Array): number | undefined => readTlv(metadata)?.get('01')?.[0];
