/**
 * Decodes base64 four letters at a time, as far as there is nothing but letters: most of any text, at a tenth of the cost of letter by
 * letter.
 * @param values what an octet stands for, below zero what is no letter
 * @param out has room for three octets for every four
 * @returns how many groups of four were decoded from `at` on, three octets each
 */
export function decodeQuads(piece: Uint8Array, at: number, values: Int8Array, out: Uint8Array, length: number): number {
  const end = piece.length - 3;
  let [from, to] = [at, length];
  for (; from < end; from += 4, to += 3) {
    const first = values[piece[from] ?? 0] ?? -1;
    const second = values[piece[from + 1] ?? 0] ?? -1;
    const third = values[piece[from + 2] ?? 0] ?? -1;
    const fourth = values[piece[from + 3] ?? 0] ?? -1;
    if ((first | second | third | fourth) < 0) break;
    out[to] = (first << 2) | (second >> 4);
    out[to + 1] = ((second & 15) << 4) | (third >> 2);
    out[to + 2] = ((third & 3) << 6) | fourth;
  }
  return (from - at) >> 2;
}
