const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 (RFC 4648 section 6) without padding, as authenticator apps read it. ASCII octets, so that the caller can wipe them. */
export function base32Encode(octets: Uint8Array): Uint8Array {
  const text = new Uint8Array(Math.ceil((octets.length * 8) / 5));
  for (let at = 0; at < text.length; at++) {
    const bit = at * 5;
    const pair = ((octets[bit >> 3] ?? 0) << 8) | (octets[(bit >> 3) + 1] ?? 0);
    text[at] = letters.charCodeAt((pair >> (11 - (bit & 7))) & 31);
  }
  return text;
}
