/** Forty hexadecimal digits in groups of four, as people compare them (RFC 9580 section 5.5.4.2, version 4). */
export const groupFingerprint = (fingerprint: string): string => (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');

/** A fingerprint as somebody types it, with or without groups and a leading 0x, as it is stored: lower case, nothing between. */
export const normalizeFingerprint = (text: string): string => text.replace(/\s+/g, '').replace(/^0x/i, '').toLowerCase();
