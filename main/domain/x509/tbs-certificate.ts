import { time } from '../asn1/der-time.ts';
import { bitString, context, header, integer, lengthOf, sequence, tag, tlvOf, unsignedInteger } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';

/** What a TBSCertificate of version 3 is made of (RFC 5280 section 4.1); octets are DER unless said otherwise. */
export interface TbsCertificateFields {
  /** The serial number's magnitude, big-endian: what `serialNumberFrom` gives. */
  readonly serialNumber: Uint8Array;
  /** AlgorithmIdentifier the issuer signs with. */
  readonly signatureAlgorithm: Uint8Array;
  /** Name, exactly the octets of the issuer's own subject. */
  readonly issuer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: Uint8Array;
  readonly subjectPublicKeyInfo: Uint8Array;
  /** Extensions, each alone or several in a row. */
  readonly extensions: readonly Uint8Array[];
}

const version3 = context(0, integer(2));

/** TBSCertificate, DER: the octets the issuer signs. */
export function encodeTbsCertificate(fields: TbsCertificateFields): Uint8Array {
  const extensions = header(tag.sequence, lengthOf(fields.extensions));
  return tlvOf(tag.sequence, [
    version3,
    unsignedInteger(fields.serialNumber),
    fields.signatureAlgorithm,
    fields.issuer,
    sequence(time(fields.notBefore), time(fields.notAfter)),
    fields.subject,
    fields.subjectPublicKeyInfo,
    header(0xa3, extensions.length + lengthOf(fields.extensions)),
    extensions,
    ...fields.extensions,
  ]);
}

/**
 * Certificate, DER: what was signed, the algorithm it was signed with, the signature (RFC 5280 section 4.1.1). A CertificateList is put
 * together in the same way (section 5.1.1). An ECDSA signature comes as its DER Ecdsa-Sig-Value.
 */
export const encodeCertificate = (tbsCertificate: Uint8Array, signatureAlgorithm: Uint8Array, signature: Uint8Array): Uint8Array =>
  sequence(tbsCertificate, signatureAlgorithm, bitString(signature));

/** Random octets a serial number is made from. */
export const serialNumberSize = 14;

const timeOctets = 6;

/**
 * A serial number: 48 bits of milliseconds, then 14 random octets; positive, below 2^159, always 20 octets long (RFC 5280
 * section 4.1.2.2; S/MIME BR section 7.1 asks for 64 bits from a CSPRNG, here are 112). Those made later sort later, which
 * keeps the index over hundreds of thousands of them compact; `time` tells nothing that notBefore does not.
 * @throws AppError internal when it is handed another number of octets
 */
export function serialNumberFrom(random: Uint8Array, time: Date): Uint8Array {
  if (random.length !== serialNumberSize) throw new AppError('internal', 'A serial number is made from 14 random octets.');
  const serialNumber = new Uint8Array(timeOctets + serialNumberSize);
  let left = time.getTime();
  for (let at = timeOctets - 1; at >= 0; at--) {
    serialNumber[at] = left % 256;
    left = Math.floor(left / 256);
  }
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0x3f) | 0x40;
  serialNumber.set(random, timeOctets);
  return serialNumber;
}
