/** One character for each octet, U+0000 to U+00FF (ISO 8859-1): for text whose ASCII alone matters. */
export function latin1Decode(bytes: Uint8Array): string {
  const chunks: string[] = [];
  // Handed over as they are: spread, each octet would be asked for by an iterator.
  for (let at = 0; at < bytes.length; at += 8192)
    chunks.push(Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + 8192)) as string);
  return chunks.join('');
}
