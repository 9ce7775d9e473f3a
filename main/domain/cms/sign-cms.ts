import { concatenate, context, integer, nullValue, octetString, oid, sequence, setOf, tlv, compareOctets } from '../asn1/der-writer.ts';
import { time as derTime } from '../asn1/der-time.ts';
import { asSource, countOctets, octetsMade, octetsOf, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import { keyAlgorithmOf } from '../key/subject-public-key-info.ts';
import { familyOf, signatureAlgorithmOf, type KeyAlgorithm } from '../key/algorithm.ts';
import { algorithmOid, digestOid } from '../x509/oid.ts';
import { purposesOf } from '../x509/path-validation/purpose.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { isValidAt } from '../x509/validity.ts';
import { headersAround } from './headers-around.ts';
import { issuerAndSerialNumber } from './issuer-and-serial-number.ts';
import type { WritingPrimitives } from './message-primitives.ts';
import { attributeTypes } from './signed-attributes.ts';

/** What is to be signed, and as whose. */
export interface MessageToSign {
  readonly content: Uint8Array | OctetSource;
  readonly certificate: Certificate;
  /** Goes into the file behind the signer's. */
  readonly chain: readonly Certificate[];
  /** The signer's own for mail back to them, where it is another; goes into the file as well. */
  readonly encryptionCertificate?: Certificate;
  readonly isDetached: boolean;
  readonly time: Date;
}

export interface SigningRequest extends MessageToSign {
  /** PrivateKeyInfo; stays the caller's to wipe. */
  readonly pkcs8: Uint8Array;
}

/** A message that waits for its signature, which a key may make wherever it is. */
export interface PreparedMessage {
  /** Of the key. */
  readonly algorithm: KeyAlgorithm;
  /** What is signed, as a token or the vault signs it: with the digest of `signatureAlgorithmOf`. */
  readonly attributes: Uint8Array;
  /** The whole message, with the signature over the attributes. */
  withSignature(signature: Uint8Array): OctetSource;
}

/**
 * SignedData with one signer (RFC 5652, RFC 8551), DER: contentType, messageDigest, signingTime and signing-certificate-v2
 * signed, and which certificate answers are encrypted to (RFC 8551 section 2.5.3); PKCS #1 v1.5 for RSA, because that is what every client reads.
 * @throws AppError input.invalid when the key is not that of the certificate, or the certificate is not for signing mail, or not valid then;
 * input.unsupported-algorithm
 */
export const signCms = (request: SigningRequest, primitives: WritingPrimitives): Uint8Array =>
  concatenate([...signPieces(request, primitives).pieces()]);

/** As `signCms`, of content of any length: it is read once for its digest, and again when the message is. */
export function signPieces(request: SigningRequest, primitives: WritingPrimitives): OctetSource {
  const info = primitives.publicKeyInfoOf(request.pkcs8);
  if (info === undefined || compareOctets(info, request.certificate.subjectPublicKeyInfo.der) !== 0)
    throw new AppError('input.invalid', 'The key is not that of the certificate.', { field: 'key', rule: 'match' });
  const prepared = prepareMessage(request, primitives);
  const { digest } = signatureAlgorithmOf(prepared.algorithm);
  return prepared.withSignature(primitives.sign(request.pkcs8, digest, prepared.attributes));
}

/**
 * All of a message but its signature: for a key that is somewhere else, and answers later.
 * @throws AppError input.invalid when the certificate is not for signing mail, or not valid then; input.unsupported-algorithm
 */
export function prepareMessage(message: MessageToSign, primitives: Pick<WritingPrimitives, 'digest' | 'digestPieces'>): PreparedMessage {
  const algorithm = requireSigner(message);
  const scheme = schemeOf(algorithm);
  const attributes = signedAttributes(message, scheme.digest, primitives);
  const withSignature = (signature: Uint8Array) => assemble(message, scheme, signerInfoOf(message, scheme, attributes, signature));
  return { algorithm, attributes, withSignature };
}

function assemble(
  { certificate, chain, encryptionCertificate, isDetached, ...message }: MessageToSign,
  scheme: Scheme,
  signerInfo: Uint8Array,
): OctetSource {
  const content = asSource(message.content);
  const digestAlgorithm = sequence(oid(digestOid[scheme.digest]));
  const own = encryptionCertificate === undefined ? [certificate] : [certificate, encryptionCertificate];
  const certificates = tlv(0xa0, ...[...own, ...chain].map(({ der }) => der).sort(compareOctets));
  const behind = concatenate([certificates, setOf(signerInfo)]);
  const before = concatenate([integer(1), setOf(digestAlgorithm)]);
  if (isDetached) {
    const data = sequence(before, sequence(oid(contentTypes.data)), behind);
    return octetsOf(sequence(oid(contentTypes.signedData), context(0, data)));
  }
  const headers = headersAround(countOctets(content), [
    { tag: 0x30, before: oid(contentTypes.signedData) },
    { tag: 0xa0 },
    { tag: 0x30, before, behind },
    { tag: 0x30, before: oid(contentTypes.data) },
    { tag: 0xa0 },
    { tag: 0x04 },
  ]);
  return octetsMade(function* () {
    yield headers;
    yield* content.pieces();
    yield behind;
  });
}

const signerInfoOf = ({ certificate }: MessageToSign, scheme: Scheme, attributes: Uint8Array, signature: Uint8Array): Uint8Array =>
  sequence(
    integer(1),
    issuerAndSerialNumber(certificate),
    sequence(oid(digestOid[scheme.digest])),
    tlv(0xa0, attributes.subarray(headerLength(attributes))),
    scheme.algorithm,
    octetString(signature),
  );

interface Scheme {
  readonly digest: 'sha256' | 'sha384' | 'sha512';
  readonly algorithm: Uint8Array;
}

function requireSigner({ certificate, time }: MessageToSign): KeyAlgorithm {
  const own = certificate.subjectPublicKeyInfo;
  if (!purposesOf(certificate).includes('smime-sign'))
    throw new AppError('input.invalid', 'This certificate is not for signing mail.', { field: 'certificate', rule: 'purpose' });
  if (!isValidAt(certificate, time))
    throw new AppError('input.invalid', 'This certificate is not valid now: nobody would take the signature.', {
      field: 'certificate',
      rule: 'validity',
    });
  const algorithm = keyAlgorithmOf(own.der);
  if (algorithm === undefined)
    throw new AppError('input.unsupported-algorithm', 'Keys of this kind do not sign here.', { algorithm: own.algorithm.name });
  return algorithm;
}

/** Ed25519 signs the attributes themselves, and their digest of the content is SHA-512 (RFC 8419 section 3). */
function schemeOf(algorithm: KeyAlgorithm): Scheme {
  const { digest, algorithmIdentifier } = signatureAlgorithmOf(algorithm);
  const named = familyOf(algorithm) === 'rsa' ? sequence(oid(algorithmOid.rsaEncryption), nullValue()) : algorithmIdentifier;
  return { digest: digest ?? 'sha512', algorithm: named };
}

/** Under the tag of a SET, as they are signed. */
function signedAttributes(
  { content, certificate, encryptionCertificate, time }: MessageToSign,
  digest: Scheme['digest'],
  primitives: Pick<WritingPrimitives, 'digest' | 'digestPieces'>,
): Uint8Array {
  const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf(value));
  const named = sequence(octetString(primitives.digest('sha256', certificate.der)));
  return setOf(
    attribute(attributeTypes.contentType, oid(contentTypes.data)),
    attribute(attributeTypes.messageDigest, octetString(primitives.digestPieces(digest, asSource(content).pieces()))),
    attribute(attributeTypes.signingTime, derTime(time)),
    attribute(attributeTypes.signingCertificateV2, sequence(sequence(named))),
    ...(encryptionCertificate === undefined
      ? []
      : [attribute(encryptionKeyPreference, implicitly(issuerAndSerialNumber(encryptionCertificate)))]),
  );
}

/** SMIMEEncryptionKeyPreference (RFC 8551 section 2.5.3). */
const encryptionKeyPreference = '1.2.840.113549.1.9.16.2.11';

/** issuerAndSerialNumber [0] of it. */
const implicitly = (value: Uint8Array): Uint8Array => tlv(0xa0, value.subarray(headerLength(value)));

/** Of a value whose header this file wrote. */
function headerLength(value: Uint8Array): number {
  const first = value[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}
