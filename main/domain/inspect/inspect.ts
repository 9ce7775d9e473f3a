import type { EncodedObject } from '../encoding/pem.ts';
import { readEncodedObjects } from '../encoding/pem.ts';
import { AppError } from '../errors.ts';
import { pemEncryptionOf } from '../pkcs8/pem-encryption.ts';
import type { Digest } from './inspect-certificate.ts';
import { inspectCertificate, inspectRequest } from './inspect-certificate.ts';
import { inspectCertificateList } from './inspect-certificate-list.ts';
import { inspectOcsp } from './inspect-ocsp.ts';
import { inspectPkcs12 } from './inspect-pkcs12.ts';
import { inspectPkcs7 } from './inspect-pkcs7.ts';
import { inspectPrivateKey } from './inspect-private-key.ts';
import { inspectPublicKey } from './inspect-public-key.ts';
import { inspectSpkac } from './inspect-spkac.ts';
import type { JsonObject } from './json.ts';
import type { InspectType } from './recognise.ts';
import { recognise } from './recognise.ts';

const inspectors: Readonly<Record<InspectType, (der: Uint8Array, digest: Digest) => JsonObject>> = {
  certificate: inspectCertificate,
  crl: inspectCertificateList,
  csr: inspectRequest,
  pkcs7: inspectPkcs7,
  pkcs12: inspectPkcs12,
  pkcs8: inspectPrivateKey,
  ocsp: inspectOcsp,
  'public-key': inspectPublicKey,
  spkac: inspectSpkac,
};

/** Objects described from one file at most. */
const maximumObjects = 1000;

/**
 * A full reading of a file as JSON, in the words of the RFCs: instants as RFC 3339, octets in lower-case hexadecimal,
 * never a private key. One object is `{type, ...}`; a PEM file of several is `{type: "bundle", objects: [...]}`.
 * Without a type the content decides. `digest` makes the fingerprints.
 * @throws AppError input.empty, input.too-large, input.malformed-pem, input.malformed-der; unsupported for other kinds
 */
export function inspect(bytes: Uint8Array, digest: Digest, options: { readonly type?: InspectType } = {}): JsonObject {
  const objects = readEncodedObjects(bytes);
  if (objects.length > maximumObjects) {
    throw new AppError('input.too-large', 'This file holds too many objects.', { limit: maximumObjects });
  }
  const described = objects.map((object) => inspectObject(object, digest, options.type));
  const [only] = described;
  return described.length === 1 && only !== undefined ? only : { type: 'bundle', objects: described };
}

/** One object of a file. @throws AppError as `inspect` */
export function inspectObject({ der, label, headers }: EncodedObject, digest: Digest, type?: InspectType): JsonObject {
  const old = pemEncryptionOf(headers);
  if (old !== undefined) return { type: 'pkcs8', form: 'openssl', isEncrypted: true, encryption: { scheme: 'pem', cipher: old.name } };
  return inspectors[type ?? recognise(der, label)](der, digest);
}
