import { createPrivateKey, sign } from 'node:crypto';
import { bitString, nullValue, oid, sequence } from '../../main/domain/asn1/der-writer.ts';
import { algorithmOid } from '../../main/domain/x509/oid.ts';

/**
 * A certificate around what stands in it (TBSCertificate), changed or not, signed by an issuer's RSA key: what a forger with an authority of
 * their own could send. With a signature that is wrong, nothing behind it would be looked at.
 */
export function signedAgain(toBeSigned: Uint8Array, issuerKeyPem: Uint8Array): Uint8Array {
  const signature = sign('sha256', toBeSigned, createPrivateKey(Buffer.from(issuerKeyPem)));
  return sequence(toBeSigned, sequence(oid(algorithmOid.sha256WithRSAEncryption), nullValue()), bitString(new Uint8Array(signature)));
}
