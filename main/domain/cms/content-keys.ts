import { readDer } from '../asn1/der-reader.ts';
import { compareOctets } from '../asn1/der-writer.ts';
import { nameKey } from '../x509/compare-name.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { readSubjectPublicKeyInfo, type SubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import type { DecryptionKey, MessagePrimitives } from './message-primitives.ts';
import { openAgreed, openTransported, originatorKeyInfo } from './open-key.ts';
import type { EnvelopedData, RecipientInfo } from './read-enveloped-data.ts';
import type { SignerIdentifier } from './read-signed-data.ts';

/** A key that may open a message. Without a certificate every recipient it could be is tried. */
export interface MessageKey {
  readonly key: DecryptionKey;
  readonly publicKeyInfo: Uint8Array;
  readonly certificate?: Certificate;
}

/** Keys of the content this key gives for this recipient: none where it is somebody else. */
export function contentKeys(
  data: EnvelopedData,
  recipient: RecipientInfo,
  own: MessageKey,
  length: number,
  primitives: MessagePrimitives,
): Uint8Array[] {
  const info = readSubjectPublicKeyInfo(readDer(own.publicKeyInfo));
  const isOwn = (identifier: SignerIdentifier): boolean => isRecipient(identifier, own, info, primitives);
  if (recipient.kind === 'transport') {
    if (info.rsa === undefined || !isOwn(recipient.recipient)) return [];
    // A key of the wrong length is replaced by one that opens nothing, and goes the same way.
    const substitute = primitives.randomBytes(length);
    const key = openTransported(recipient, own.key, primitives);
    return [key?.length === length ? key : substitute];
  }
  if (recipient.kind !== 'agreement' || info.rsa !== undefined) return [];
  const originator = originatorInfo(data, recipient, info);
  if (originator === undefined) return [];
  return recipient.keys
    .filter((each) => isOwn(each.recipient))
    .map(({ encryptedKey }) => {
      const key = openAgreed(recipient, encryptedKey, originator, own.key, primitives);
      return key?.length === length ? key : primitives.randomBytes(length);
    });
}

function isRecipient(
  identifier: SignerIdentifier,
  { certificate }: MessageKey,
  info: SubjectPublicKeyInfo,
  primitives: MessagePrimitives,
): boolean {
  if ('subjectKeyIdentifier' in identifier) {
    const own = certificate?.extensions.subjectKeyIdentifier ?? primitives.digest('sha1', info.publicKey);
    return certificate === undefined || compareOctets(own, identifier.subjectKeyIdentifier) === 0;
  }
  if (certificate === undefined) return true;
  return certificate.serialNumber === identifier.serialNumber && nameKey(certificate.issuer) === nameKey(identifier.issuer);
}

/** The public key an agreement was made with: fresh, or of a certificate that the message brings. */
function originatorInfo(
  { originators }: EnvelopedData,
  { originator }: Extract<RecipientInfo, { kind: 'agreement' }>,
  own: SubjectPublicKeyInfo,
): Uint8Array | undefined {
  if ('publicKey' in originator) return originatorKeyInfo(originator.algorithm, originator.publicKey, own.algorithm);
  const named = originator.certificate;
  return originators.find((certificate) => {
    if ('subjectKeyIdentifier' in named)
      return compareOctets(certificate.extensions.subjectKeyIdentifier ?? new Uint8Array(0), named.subjectKeyIdentifier) === 0;
    return certificate.serialNumber === named.serialNumber && nameKey(certificate.issuer) === nameKey(named.issuer);
  })?.subjectPublicKeyInfo.der;
}
