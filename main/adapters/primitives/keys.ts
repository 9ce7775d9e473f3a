import { createECDH, createPrivateKey, createPublicKey, ECDH } from 'node:crypto';
import { integer, octetString, oid, sequence } from '../../domain/asn1/der-writer.ts';
import type { KeyCheckPrimitives } from '../../domain/key/check-private-key.ts';
import { algorithmOid } from '../../domain/x509/oid.ts';

/** Curves by Node's OpenSSL. */
export const keyCheckPrimitives: KeyCheckPrimitives = {
  publicPoint: (curve, scalar) => {
    const pair = createECDH(curve);
    return attempt(() => {
      pair.setPrivateKey(scalar);
      return pair.getPublicKey();
    });
  },
  uncompressedPoint: (curve, point) => attempt(() => Buffer.from(ECDH.convertKey(point, curve, undefined, undefined, 'uncompressed'))),
  publicKeyOf: (algorithm, octets) => {
    const pkcs8 = sequence(integer(0), sequence(oid(algorithmOid[algorithm])), octetString(octetString(octets)));
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    const info = createPublicKey(key).export({ format: 'der', type: 'spki' });
    return info.subarray(info.length - octets.length);
  },
};

/** OpenSSL throws on a scalar or point that the curve does not have. */
function attempt(act: () => Uint8Array): Uint8Array | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
