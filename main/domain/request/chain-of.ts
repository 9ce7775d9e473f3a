import { compareOctets } from '../asn1/der-writer.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';
import { isSignedBy } from '../x509/signed-by.ts';
import type { Certificate } from '../x509/read-certificate.ts';

/** Longer chains are not followed. */
const longestChain = 8;

/** Who signed a certificate, and who signed that one, as far as the pool goes: the nearest first, a root that signed itself last. */
export function chainOf(
  certificate: Certificate,
  pool: readonly Certificate[],
  primitives: Pick<SignaturePrimitives, 'verify'>,
): readonly Certificate[] {
  const chain: Certificate[] = [];
  for (let below = certificate; chain.length < longestChain && !isSignedBy(below, below, primitives);) {
    const issuer = pool.find((candidate) => compareOctets(candidate.der, below.der) !== 0 && isSignedBy(below, candidate, primitives));
    if (issuer === undefined) break;
    chain.push(issuer);
    below = issuer;
  }
  return chain;
}
