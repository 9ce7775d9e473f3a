import { base64Decode } from '../encoding/base64.ts';
import { latin1Decode } from '../encoding/latin1.ts';
import { utf8Decode } from '../encoding/utf8.ts';

const word = /=\?([\w-]+)\?([BQbq])\?([^?\s]*)\?=/g;
const spaceBetweenWords = /(\?=)\s+(?==\?)/g;

/** A header as people read it (RFC 2047, in UTF-8, ASCII and Latin-1; RFC 6532). What is in another set stays as it stands. */
export function readableHeader(value: string): string {
  const text = utf8Decode(Uint8Array.from(value, (character) => character.charCodeAt(0) & 0xff)) ?? value;
  return text.replace(spaceBetweenWords, '$1').replace(word, (whole, set: string, way: string, content: string) => {
    const octets = way.toUpperCase() === 'B' ? base64Decode(content) : quotedOctets(content);
    return (octets === undefined ? undefined : textIn(set.toLowerCase(), octets)) ?? whole;
  });
}

function textIn(set: string, octets: Uint8Array): string | undefined {
  if (set === 'utf-8' || set === 'us-ascii') return utf8Decode(octets);
  return set === 'iso-8859-1' ? latin1Decode(octets) : undefined;
}

function quotedOctets(content: string): Uint8Array {
  const decoded = content
    .replace(/_/g, ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(decoded, (character) => character.charCodeAt(0) & 0xff);
}
