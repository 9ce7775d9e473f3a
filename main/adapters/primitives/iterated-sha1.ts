import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** Rounds between two breaths of the event loop: a few milliseconds. */
const roundsAtOnce = 20_000;

/**
 * SHA-1 of SHA-1 of ... of `input`, `iterations` times. From the second round on each is one block of 20 octets; done here, because
 * the way into OpenSSL and back costs three times as much as the block, and files with 600,000 rounds are written today.
 */
export async function iterateSha1(input: Uint8Array, iterations: number): Promise<Uint8Array> {
  const first = hash('sha1', input, 'buffer');
  const view = new DataView(first.buffer, first.byteOffset, first.length);
  const state = Int32Array.from({ length: 5 }, (_, word) => view.getInt32(word * 4));
  const schedule = new Int32Array(80);
  for (let done = 1; done < iterations; done++) {
    if (done % roundsAtOnce === 0) await setImmediate();
    digestInPlace(state, schedule);
  }
  state.forEach((word, at) => view.setInt32(at * 4, word));
  schedule.fill(0);
  state.fill(0);
  return first;
}

/** The compression function (FIPS 180-4 section 6.1.2) on the one padded block that 20 octets make; four loops, because one that asks is slower. */
function digestInPlace(state: Int32Array, w: Int32Array): void {
  w.set(state);
  w[5] = 0x80000000 | 0;
  w.fill(0, 6, 15);
  w[15] = 160;
  for (let at = 16; at < 80; at++) {
    const mixed = word(w, at - 3) ^ word(w, at - 8) ^ word(w, at - 14) ^ word(w, at - 16);
    w[at] = (mixed << 1) | (mixed >>> 31);
  }
  let a = 0x67452301;
  let b = 0xefcdab89 | 0;
  let c = 0x98badcfe | 0;
  let d = 0x10325476;
  let e = 0xc3d2e1f0 | 0;
  let next = 0;
  for (let at = 0; at < 20; at++) {
    next = (((a << 5) | (a >>> 27)) + ((d ^ (b & (c ^ d))) | 0) + e + 0x5a827999 + word(w, at)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let at = 20; at < 40; at++) {
    next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + 0x6ed9eba1 + word(w, at)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let at = 40; at < 60; at++) {
    next = (((a << 5) | (a >>> 27)) + ((b & c) | (d & (b | c))) + e - 0x70e44324 + word(w, at)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let at = 60; at < 80; at++) {
    next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e - 0x359d3e2a + word(w, at)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = (a + 0x67452301) | 0;
  state[1] = (b + 0xefcdab89) | 0;
  state[2] = (c + 0x98badcfe) | 0;
  state[3] = (d + 0x10325476) | 0;
  state[4] = (e + 0xc3d2e1f0) | 0;
}

const word = (words: Int32Array, at: number): number => words[at] as number;
