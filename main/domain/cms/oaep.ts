import { concatenate } from '../asn1/der-writer.ts';
import type { DigestName } from '../x509/algorithm-identifier.ts';

export interface OaepScheme {
  readonly digest: DigestName;
  readonly maskDigest: DigestName;
  readonly label: Uint8Array;
}

type Digest = (name: DigestName, bytes: Uint8Array) => Uint8Array;

/**
 * EME-OAEP decoding (RFC 8017 section 7.1.2 step 3) of a whole encoded message, with digests for label and mask that may
 * differ, which the engine does not offer. Everything is looked at before anything is answered, and one answer stands for
 * all that can be wrong.
 */
export function decodeOaep(encoded: Uint8Array, { digest, maskDigest, label }: OaepScheme, hash: Digest): Uint8Array | undefined {
  const labelHash = hash(digest, label);
  const size = labelHash.length;
  if (encoded.length < 2 * size + 2) return undefined;
  const maskedBlock = encoded.subarray(1 + size);
  const seed = exclusiveOr(encoded.subarray(1, 1 + size), mask(maskedBlock, size, maskDigest, hash));
  const block = exclusiveOr(maskedBlock, mask(seed, maskedBlock.length, maskDigest, hash));
  let wrong = encoded[0] ?? 1;
  for (let at = 0; at < size; at++) wrong |= (block[at] ?? 0) ^ (labelHash[at] ?? 0);
  let [start, isFound] = [0, 0];
  for (let at = size; at < block.length; at++) {
    const octet = block[at] ?? 0;
    const isOne = Number(octet === 1) & (1 - isFound);
    wrong |= Number(octet > 1) & (1 - isFound);
    start += isOne * (at + 1);
    isFound |= isOne;
  }
  return wrong === 0 && isFound === 1 ? block.subarray(start) : undefined;
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function mask(seed: Uint8Array, length: number, digest: DigestName, hash: Digest): Uint8Array {
  const rounds: Uint8Array[] = [];
  for (let octets = 0, counter = 0; octets < length; counter++) {
    const round = hash(digest, concatenate([seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)]));
    rounds.push(round);
    octets += round.length;
  }
  return concatenate(rounds).subarray(0, length);
}

const exclusiveOr = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((octet, at) => octet ^ (b[at] ?? 0));
