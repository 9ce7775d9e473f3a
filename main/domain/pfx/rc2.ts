/** PITABLE (RFC 2268 section 2), hexadecimal. */
const table = Uint8Array.from(
  (
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad'
  ).match(/../g) ?? [],
  (digits) => Number.parseInt(digits, 16),
);

const blockOctets = 8;

/**
 * Decrypts RC2 in CBC (RFC 2268), which old PKCS #12 files hide certificates with and OpenSSL no longer knows; the padding stays on.
 * Nothing secret is kept by it: with 40 bits it never did.
 */
export function decryptRc2Cbc(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const words = expandKey(key);
  const plaintext = new Uint8Array(ciphertext.length);
  for (let at = 0; at + blockOctets <= ciphertext.length; at += blockOctets) {
    const before = at === 0 ? iv : ciphertext.subarray(at - blockOctets, at);
    const block = decryptBlock(words, ciphertext.subarray(at, at + blockOctets));
    block.forEach((octet, index) => (plaintext[at + index] = octet ^ (before[index] ?? 0)));
  }
  return plaintext;
}

/** 64 words from a key whose effective length is its own (section 2). */
function expandKey(key: Uint8Array): Uint16Array {
  const octets = new Uint8Array(128);
  octets.set(key);
  const at = (index: number): number => octets[index] ?? 0;
  for (let i = key.length; i < 128; i++) octets[i] = table[(at(i - 1) + at(i - key.length)) & 0xff] ?? 0;
  octets[128 - key.length] = table[at(128 - key.length)] ?? 0;
  for (let i = 127 - key.length; i >= 0; i--) octets[i] = table[at(i + 1) ^ at(i + key.length)] ?? 0;
  return Uint16Array.from({ length: 64 }, (_, i) => at(2 * i) | (at(2 * i + 1) << 8));
}

const rotations = [1, 2, 3, 5];
/** Rounds of mixing between the two of mashing, backwards (section 4). */
const mixings = [5, 6, 5];

function decryptBlock(words: Uint16Array, block: Uint8Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => (block[2 * i] ?? 0) | ((block[2 * i + 1] ?? 0) << 8));
  let next = 63;
  mixings.forEach((rounds, turn) => {
    for (let round = 0; round < rounds; round++, next -= 4) unmix(r, words, next);
    if (turn < 2) for (let i = 3; i >= 0; i--) r[i] = of(r, i) - (words[of(r, i + 3) & 63] ?? 0);
  });
  return Uint8Array.from({ length: blockOctets }, (_, i) => (of(r, i >> 1) >> (8 * (i & 1))) & 0xff);
}

const of = (r: Uint16Array, index: number): number => r[index & 3] ?? 0;

function unmix(r: Uint16Array, words: Uint16Array, last: number): void {
  for (let i = 3; i >= 0; i--) {
    const turn = rotations[i] ?? 0;
    const rotated = (of(r, i) >> turn) | (of(r, i) << (16 - turn));
    r[i] = rotated - (words[last - 3 + i] ?? 0) - (of(r, i + 3) & of(r, i + 2)) - (~of(r, i + 3) & of(r, i + 1));
  }
}
