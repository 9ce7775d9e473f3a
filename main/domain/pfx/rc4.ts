/** RC4, to read old files only; the same both ways. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, at) => at);
  const swap = (a: number, b: number): void => {
    const kept = state[a] ?? 0;
    state[a] = state[b] ?? 0;
    state[b] = kept;
  };
  for (let at = 0, j = 0; at < 256; at++) {
    j = (j + (state[at] ?? 0) + (key[at % key.length] ?? 0)) & 0xff;
    swap(at, j);
  }
  let [i, j] = [0, 0];
  return data.map((octet) => {
    i = (i + 1) & 0xff;
    j = (j + (state[i] ?? 0)) & 0xff;
    swap(i, j);
    return octet ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 0xff] ?? 0);
  });
}
