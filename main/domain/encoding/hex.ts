const digits = '0123456789abcdef';

/** Lower-case hexadecimal, two digits an octet. */
export function hexEncode(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (digits[byte >> 4] ?? '') + (digits[byte & 15] ?? '');
  return text;
}

/** Reads hexadecimal of either case; anything else, or an odd length, gives `undefined`. */
export function hexDecode(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}
