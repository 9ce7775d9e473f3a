import { readEncodedObjects } from '../encoding/pem.ts';
import { AppError } from '../errors.ts';
import { readEntity } from './entity.ts';
import { decodedBody } from './transfer-encoding.ts';

/**
 * The CMS object of a file: DER, BER, PEM, base64, or a mail that is nothing but one (application/pkcs7-mime).
 * @throws AppError input.empty, input.malformed-der, input.too-large
 */
export function cmsIn(bytes: Uint8Array): Uint8Array {
  return firstObject(mailBody(bytes) ?? bytes);
}

/**
 * The first object of a file or of a decoded body: DER or BER as it stands, PEM or base64, which some senders put there.
 * @throws AppError input.empty, input.malformed-der, input.too-large
 */
export function firstObject(bytes: Uint8Array): Uint8Array {
  const [first] = readEncodedObjects(bytes);
  if (first === undefined) throw new AppError('input.empty', 'There is nothing in this file.');
  return first.der;
}

/** Of an entity that is one CMS object (RFC 8551 section 3.2). */
export const cmsTypes: readonly string[] = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];

/** Undefined for what is no such mail. */
function mailBody(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] === 0x30 || bytes[0] === 0x2d) return undefined;
  try {
    const entity = readEntity(bytes);
    return cmsTypes.includes(entity.contentType.type) ? decodedBody(entity) : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
