import { bitString, context, integer, octetString, oid, sequence } from '../../domain/asn1/der-writer.ts';
import { curveOid, algorithmOid } from '../../domain/x509/oid.ts';

export type Curve = 'p256' | 'p384' | 'p521';

/** Octets of a private scalar and of an uncompressed point (SEC 1 section 2.3). */
const scalarOctets: Readonly<Record<Curve, number>> = { p256: 32, p384: 48, p521: 66 };

interface Layout {
  readonly template: Uint8Array;
  readonly scalarAt: number;
  readonly pointAt: number;
}

const layouts: Readonly<Record<Curve, Layout>> = { p256: layoutOf('p256'), p384: layoutOf('p384'), p521: layoutOf('p521') };

/** Everything around scalar and point has a fixed length, so a whole key is one template with two gaps. */
function layoutOf(curve: Curve): Layout {
  const scalar = new Uint8Array(scalarOctets[curve]).fill(0xaa);
  const point = new Uint8Array(1 + 2 * scalar.length).fill(0xbb);
  const algorithm = sequence(oid(algorithmOid.ecPublicKey), oid(curveOid[curve]));
  const ecPrivateKey = sequence(integer(1), octetString(scalar), context(1, bitString(point)));
  const template = sequence(integer(0), algorithm, octetString(ecPrivateKey));
  const text = Buffer.from(template);
  return { template, scalarAt: text.indexOf(scalar), pointAt: text.indexOf(point) };
}

/**
 * PKCS #8 (RFC 5958) around an ECPrivateKey (RFC 5915). The scalar is padded on the left: libraries drop leading zeros.
 * The result is a buffer of its own, never a slice of a pool, so that wiping it wipes all of it.
 */
export function ecPkcs8(curve: Curve, scalar: Uint8Array, point: Uint8Array): Uint8Array {
  const { template, scalarAt, pointAt } = layouts[curve];
  const out = template.slice();
  const length = scalarOctets[curve];
  out.fill(0, scalarAt, scalarAt + length);
  out.set(scalar, scalarAt + length - scalar.length);
  out.set(point, pointAt);
  return out;
}
