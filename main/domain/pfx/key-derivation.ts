import type { PfxDigest, PfxPrimitives } from './primitives.ts';

/** What the derived octets are for: the ID octet of RFC 7292 appendix B.3. */
export const purpose = { encryptionKey: 1, initialisationVector: 2, macKey: 3 } as const;

export interface Derivation {
  readonly digest: PfxDigest;
  readonly purpose: (typeof purpose)[keyof typeof purpose];
  /** As `bmpPassword` gives it. */
  readonly bmpPassword: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Octets wanted. */
  readonly length: number;
}

/** The digests' block length "v" in octets. */
const blockLengths: Readonly<Record<PfxDigest, number>> = { sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 };

/**
 * How the sums of step 6C are written. `whole` is the standard's way. `shortened` is the way of GnuPG up to 2.2: the zero
 * octets that a sum begins with are left out, and what stood at the end of the block stays there. One key of 3DES in 128
 * comes out otherwise by it.
 */
export type Sums = 'whole' | 'shortened';

/** Derives octets from a password the way of PKCS #12 (RFC 7292 appendix B.2). To be wiped by the caller. */
export async function derivePkcs12(
  derivation: Derivation,
  primitives: Pick<PfxPrimitives, 'iterateDigest'>,
  sums: Sums = 'whole',
): Promise<Uint8Array> {
  const { digest, iterations, length } = derivation;
  const blockOctets = blockLengths[digest];
  const derived = new Uint8Array(length);
  const input = firstInput(derivation, blockOctets);
  for (let at = 0; at < length;) {
    const round = await primitives.iterateDigest(digest, input, iterations);
    derived.set(round.subarray(0, length - at), at);
    at += round.length;
    if (at < length) advance(input.subarray(blockOctets), round, blockOctets, sums);
    round.fill(0);
  }
  input.fill(0);
  return derived;
}

/** D || I: a block of the ID octet, then salt and password, each repeated to whole blocks. */
function firstInput({ purpose: id, salt, bmpPassword }: Derivation, blockOctets: number): Uint8Array {
  const whole = (octets: Uint8Array): number => Math.ceil(octets.length / blockOctets) * blockOctets;
  const input = new Uint8Array(blockOctets + whole(salt) + whole(bmpPassword)).fill(id, 0, blockOctets);
  repeatInto(input.subarray(blockOctets, blockOctets + whole(salt)), salt);
  repeatInto(input.subarray(blockOctets + whole(salt)), bmpPassword);
  return input;
}

function repeatInto(target: Uint8Array, octets: Uint8Array): void {
  for (let at = 0; at < target.length; at++) target[at] = octets[at % octets.length] ?? 0;
}

/** Adds the repeated round plus one to each block of I, modulo two to the bits of a block (step 6C). */
function advance(blocks: Uint8Array, round: Uint8Array, blockOctets: number, sums: Sums): void {
  for (let start = 0; start < blocks.length; start += blockOctets) {
    const block = blocks.subarray(start, start + blockOctets);
    const sum = sumOf(block, round);
    block.set(sums === 'whole' ? sum : sum.subarray(zerosAtTheBeginning(sum)));
    sum.fill(0);
  }
}

function sumOf(block: Uint8Array, round: Uint8Array): Uint8Array {
  const sum = new Uint8Array(block.length);
  let carry = 1;
  for (let at = block.length - 1; at >= 0; at--) {
    const value = (block[at] ?? 0) + (round[at % round.length] ?? 0) + carry;
    sum[at] = value & 0xff;
    carry = value >> 8;
  }
  return sum;
}

function zerosAtTheBeginning(octets: Uint8Array): number {
  const first = octets.findIndex((octet) => octet !== 0);
  return first < 0 ? octets.length : first;
}
