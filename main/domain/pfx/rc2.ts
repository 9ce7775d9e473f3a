/** RC2 (RFC 2268), to read old files only: 40 bits of it are broken by hand. */

const piTable = permutation();

/**
 * PITABLE (RFC 2268 section 2): the octets 0 to 255 in an order taken from the digits of pi, written in hexadecimal.
 */
function permutation(): Uint8Array {
  const rows = [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2',
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec',
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9',
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  ].join('');
  return Uint8Array.from({ length: 256 }, (_, at) => Number.parseInt(rows.slice(at * 2, at * 2 + 2), 16));
}

const pi = (at: number): number => piTable[at & 0xff] ?? 0;

/** Key expansion (section 2) to 64 words of 16 bits. */
function expand(key: Uint8Array, effectiveBits: number): Uint16Array {
  const octets = new Uint8Array(128);
  octets.set(key);
  const at = (index: number): number => octets[index] ?? 0;
  for (let next = key.length; next < 128; next++) octets[next] = pi(at(next - 1) + at(next - key.length));
  const effectiveOctets = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effectiveOctets - effectiveBits);
  octets[128 - effectiveOctets] = pi(at(128 - effectiveOctets) & mask);
  for (let next = 127 - effectiveOctets; next >= 0; next--) octets[next] = pi(at(next + 1) ^ at(next + effectiveOctets));
  return Uint16Array.from({ length: 64 }, (_, word) => at(word * 2) | (at(word * 2 + 1) << 8));
}

const rotations = [1, 2, 3, 5] as const;

/** One block (section 4): five mixing rounds, a mashing, six, a mashing, five; all backwards. */
function decryptBlock(keys: Uint16Array, block: Uint16Array): void {
  const r = (at: number): number => block[at & 3] ?? 0;
  const key = (at: number): number => keys[at & 63] ?? 0;
  let next = 63;
  const unmix = (): void => {
    for (let at = 3; at >= 0; at--, next--) {
      const turn = rotations[at as 0 | 1 | 2 | 3];
      const turned = ((r(at) >> turn) | (r(at) << (16 - turn))) & 0xffff;
      block[at] = turned - key(next) - (r(at - 1) & r(at - 2)) - (~r(at - 1) & r(at - 3));
    }
  };
  const unmash = (): void => {
    for (let at = 3; at >= 0; at--) block[at] = r(at) - key(r(at - 1));
  };
  for (let round = 0; round < 16; round++) {
    unmix();
    if (round === 4 || round === 10) unmash();
  }
}

/** CBC with the padding of RFC 8018; undefined where that is wrong. */
export function decryptRc2Cbc(key: Uint8Array, effectiveBits: number, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined {
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) return undefined;
  const keys = expand(key, effectiveBits);
  const out = new Uint8Array(ciphertext.length);
  const block = new Uint16Array(4);
  for (let start = 0; start < ciphertext.length; start += 8) {
    for (let word = 0; word < 4; word++) block[word] = (ciphertext[start + word * 2] ?? 0) | ((ciphertext[start + word * 2 + 1] ?? 0) << 8);
    decryptBlock(keys, block);
    for (let at = 0; at < 8; at++) {
      const before = start === 0 ? iv[at] : ciphertext[start - 8 + at];
      out[start + at] = (((block[at >> 1] ?? 0) >> (8 * (at & 1))) & 0xff) ^ (before ?? 0);
    }
  }
  return withoutPadding(out);
}

function withoutPadding(out: Uint8Array): Uint8Array | undefined {
  const padding = out.at(-1) ?? 0;
  if (padding < 1 || padding > 8 || out.subarray(-padding).some((octet) => octet !== padding)) return undefined;
  return out.subarray(0, out.length - padding);
}
