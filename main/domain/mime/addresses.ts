/**
 * The addresses of a From header (RFC 5322 section 3.4): what stands in angle brackets, or alone. Names, comments and
 * quoted text, which can look like addresses and are none, are left out; nothing is decoded. An item that could be read
 * two ways comes back as it stands, so that it is nobody's address.
 */
export function addressesIn(value: string): string[] {
  return withoutComments(value)
    .split(/[,;]/)
    .map((item) => item.replace(/^[^<>]*:/, ''))
    .filter((item) => item.trim() !== '')
    .map(addressOf);
}

function addressOf(item: string): string {
  const [, address] = /^[^<>]*<([^<>]*)>\s*$/.exec(item) ?? [];
  if (address !== undefined) return address.replace(/^@[^:]*:/, '').trim();
  return item.trim();
}

/** Without comments, which nest, and without quoted text unless it is the local part of an address. */
function withoutComments(value: string): string {
  let out = '';
  let comments = 0;
  for (let at = 0; at < value.length; at++) {
    const character = value.charAt(at);
    if (comments > 0) {
      if (character === '\\') at++;
      else if (character === '(') comments++;
      else if (character === ')') comments--;
    } else if (character === '(') comments = 1;
    else if (character === '"') {
      const { text, end } = quotedText(value, at + 1);
      if (value.charAt(end + 1) === '@') out += text;
      at = end;
    } else out += character;
  }
  return out;
}

/** Up to the closing quote; separators inside become what no address has. */
function quotedText(value: string, start: number): { text: string; end: number } {
  let text = '';
  let at = start;
  for (; at < value.length && value.charAt(at) !== '"'; at++) {
    if (value.charAt(at) === '\\') at++;
    text += value.charAt(at);
  }
  return { text: text.replace(/[,;:<>]/g, ' '), end: at };
}
