import type { TreeValue } from '../../../main/domain/inspect/value-tree.ts';

export interface HexLine {
  /** Four digits at least. */
  readonly offset: string;
  readonly octets: readonly { readonly text: string; readonly part: 'header' | 'content' | 'other' }[];
}

const perLine = 16;
/** Lines before the value, and lines in all. */
const linesBefore = 1;
const maximumLines = 40;

export const octetsFrom = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The octets around the beginning of a value, with what is its tag and length and what its content. */
export function hexLines(octets: Uint8Array, { offset, header, length }: Pick<TreeValue, 'offset' | 'header' | 'length'>) {
  const first = Math.max(0, Math.floor(offset / perLine) - linesBefore) * perLine;
  const last = Math.min(octets.length, offset + header + length + perLine, first + maximumLines * perLine);
  const partOf = (at: number): 'header' | 'content' | 'other' => {
    if (at < offset || at >= offset + header + length) return 'other';
    return at < offset + header ? 'header' : 'content';
  };
  const lines: HexLine[] = [];
  for (let start = first; start < last; start += perLine) {
    const cells = Array.from(octets.subarray(start, start + perLine), (octet, at) => ({
      text: octet.toString(16).padStart(2, '0').toUpperCase(),
      part: partOf(start + at),
    }));
    lines.push({ offset: start.toString(16).padStart(4, '0'), octets: cells });
  }
  return { lines, isBeyond: offset >= octets.length };
}
