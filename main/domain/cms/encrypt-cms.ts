import { readDer } from '../asn1/der-reader.ts';
import { bitString, concatenate, context, integer, nullValue, octetString, oid, sequence, setOf, tlv } from '../asn1/der-writer.ts';
import { countOctets, octetsMade, octetsOf, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import { algorithmOid, contentEncryptionOid } from '../x509/oid.ts';
import { purposesOf } from '../x509/path-validation/purpose.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { isValidAt } from '../x509/validity.ts';
import { readSubjectPublicKeyInfo, type SubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import { headersAround } from './headers-around.ts';
import { issuerAndSerialNumber } from './issuer-and-serial-number.ts';
import type { WritingPrimitives } from './message-primitives.ts';
import { agreementOid, wrapOid } from './oid.ts';
import { deriveX963, sharedInfo } from './open-key.ts';

const smallestRsa = 2048;

/**
 * EnvelopedData (RFC 5652 section 6, RFC 8551) for these certificates, DER: AES-256-CBC, because Thunderbird and gpgsm read
 * nothing newer; the key by PKCS #1 v1.5 for RSA, by a fresh key pair with ECDH for P-256 to P-521 or X25519.
 * @throws AppError input.invalid for a certificate that is not for encryption, or not valid at that time; input.unsupported-algorithm; input.weak-key
 */
export function encryptCms(content: Uint8Array, recipients: readonly Certificate[], time: Date, primitives: WritingPrimitives): Uint8Array {
  const envelope = encryptPieces(octetsOf(content), recipients, time, primitives);
  return concatenate([...envelope.pieces()]);
}

/** As `encryptCms`, of content of any length: made as it is read. The key is kept as long as it can be. */
export function encryptPieces(
  content: OctetSource,
  recipients: readonly Certificate[],
  time: Date,
  primitives: WritingPrimitives,
): OctetSource {
  const [key, iv] = [primitives.randomBytes(32), primitives.randomBytes(16)];
  const infos = recipients.map((certificate) => recipientInfo(certificate, key, time, primitives));
  const version = recipients.every(({ subjectPublicKeyInfo }) => subjectPublicKeyInfo.rsa !== undefined) ? 0 : 2;
  const length = (Math.floor(countOctets(content) / blockLength) + 1) * blockLength;
  const front = concatenate([oid(contentTypes.data), sequence(oid(contentEncryptionOid.aes256Cbc), octetString(iv))]);
  const headers = headersAround(length, [
    { tag: 0x30, before: oid(contentTypes.envelopedData) },
    { tag: 0xa0 },
    { tag: 0x30, before: concatenate([integer(version), setOf(...infos)]) },
    { tag: 0x30, before: front },
    { tag: 0x80 },
  ]);
  return octetsMade(function* () {
    yield headers;
    const cipher = primitives.encipherCbc('aes-256-cbc', key, iv);
    for (const piece of content.pieces()) yield cipher.update(piece);
    yield cipher.finish();
  });
}

const blockLength = 16;

function recipientInfo(certificate: Certificate, key: Uint8Array, time: Date, primitives: WritingPrimitives): Uint8Array {
  const info = certificate.subjectPublicKeyInfo;
  if (!purposesOf(certificate).includes('smime-encrypt'))
    throw new AppError('input.invalid', 'This certificate is not for encrypting mail.', { field: 'to', rule: 'purpose' });
  if (!isValidAt(certificate, time))
    throw new AppError('input.invalid', 'This certificate is not valid now: its key may be gone.', { field: 'to', rule: 'validity' });
  if (info.rsa !== undefined && (info.keySize ?? 0) < smallestRsa)
    throw new AppError('input.weak-key', 'This certificate has a key that is too short.', { algorithm: `rsa-${info.keySize ?? 0}` });
  return info.rsa === undefined ? agreed(certificate, info, key, primitives) : transported(certificate, info, key, primitives);
}

const transported = (certificate: Certificate, info: SubjectPublicKeyInfo, key: Uint8Array, primitives: WritingPrimitives): Uint8Array =>
  sequence(
    integer(0),
    issuerAndSerialNumber(certificate),
    sequence(oid(algorithmOid.rsaEncryption), nullValue()),
    octetString(primitives.encryptPkcs1(info.der, key)),
  );

/** What a kind of key agrees by (RFC 5753 section 7.1.4, RFC 8418 section 2). */
const agreements = new Map<string, { readonly oid: string; readonly digest: 'sha256' | 'sha384' | 'sha512'; readonly isHkdf: boolean }>([
  ['p256', { oid: agreementOid.stdDhSha256, digest: 'sha256', isHkdf: false }],
  ['p384', { oid: agreementOid.stdDhSha384, digest: 'sha384', isHkdf: false }],
  ['p521', { oid: agreementOid.stdDhSha512, digest: 'sha512', isHkdf: false }],
  ['x25519', { oid: agreementOid.stdDhHkdfSha256, digest: 'sha256', isHkdf: true }],
]);

/** KeyAgreeRecipientInfo (RFC 5652 section 6.2.2) with an ephemeral originator. */
function agreed(certificate: Certificate, info: SubjectPublicKeyInfo, key: Uint8Array, primitives: WritingPrimitives): Uint8Array {
  const kind = info.curve ?? info.algorithm.name;
  const agreement = agreements.get(kind);
  if (agreement === undefined)
    throw new AppError('input.unsupported-algorithm', 'Nothing is encrypted to keys of this kind here.', { algorithm: kind });
  const { publicKeyInfo, secret } = primitives.agreeEphemeral(info.der);
  const wrapping = sequence(oid(wrapOid.aes256));
  const shared = sharedInfo(wrapping, 32, undefined);
  const wrappingKey = agreement.isHkdf
    ? primitives.hkdf(agreement.digest, secret, shared, 32)
    : deriveX963(agreement.digest, secret, shared, 32, primitives);
  const encryptedKey = sequence(issuerAndSerialNumber(certificate), octetString(primitives.wrapKey(wrappingKey, key)));
  return tlv(
    0xa1,
    integer(3),
    context(0, originatorKey(publicKeyInfo, info)),
    sequence(oid(agreement.oid), wrapping),
    sequence(encryptedKey),
  );
}

/** OriginatorPublicKey, `[1]` IMPLICIT: the algorithm without its curve for EC (RFC 5753 section 3.1.1). */
function originatorKey(publicKeyInfo: Uint8Array, { curve }: SubjectPublicKeyInfo): Uint8Array {
  const { algorithm, publicKey } = readSubjectPublicKeyInfo(readDer(publicKeyInfo));
  return tlv(0xa1, curve === undefined ? algorithm.der : sequence(oid(algorithmOid.ecPublicKey)), bitString(publicKey));
}
