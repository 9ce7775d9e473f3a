import { longObject } from '../encoding/long-object.ts';
import { asSource, firstOctets, octetsOf, shortMessage, type OctetSource } from '../encoding/octet-source.ts';
import { readEncodedObjects } from '../encoding/pem.ts';
import { AppError } from '../errors.ts';
import { readEntity } from './entity.ts';
import { decodedBody } from './transfer-encoding.ts';

/**
 * The CMS object of a file: DER, BER, PEM, base64, or a mail that is nothing but one (application/pkcs7-mime).
 * @throws AppError input.empty, input.malformed-der, input.malformed-mail, input.too-large
 */
export function cmsIn(octets: Uint8Array | OctetSource): OctetSource {
  const source = asSource(octets);
  return firstObject(mailBody(source) ?? source);
}

/**
 * The first object of a file or of a decoded body: DER or BER as it stands, PEM or base64, which some senders put there. What is long is
 * decoded while it is read.
 * @throws AppError input.empty, input.malformed-der, input.too-large
 */
export function firstObject(source: OctetSource): OctetSource {
  const short = source.wholeUpTo(shortMessage);
  if (short === undefined) return longObject(source);
  const [first] = readEncodedObjects(short);
  if (first === undefined) throw new AppError('input.empty', 'There is nothing in this file.');
  return octetsOf(first.der);
}

/** Of an entity that is one CMS object (RFC 8551 section 3.2). */
export const cmsTypes: readonly string[] = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];

/** Undefined for what is no such mail. */
function mailBody(source: OctetSource): OctetSource | undefined {
  const [first] = firstOctets(source, 1);
  if (first === 0x30 || first === 0x2d) return undefined;
  try {
    const entity = readEntity(source);
    return cmsTypes.includes(entity.contentType.type) ? decodedBody(entity) : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
