import { readEncodedObjects } from '../encoding/pem.ts';
import { AppError } from '../errors.ts';
import { firstOf, readEntity } from './entity.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/**
 * The CMS object of a file: DER, BER, PEM, base64, or a mail that is nothing but one (application/pkcs7-mime).
 * @throws AppError input.empty, input.malformed-der, input.too-large
 */
export function cmsIn(bytes: Uint8Array): Uint8Array {
  const body = mailBody(bytes);
  const [first] = body?.[0] === 0x30 ? [{ der: body }] : readEncodedObjects(body ?? bytes);
  if (first === undefined) throw new AppError('input.empty', 'There is nothing in this file.');
  return first.der;
}

/** Undefined for what is no such mail. */
function mailBody(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] === 0x30 || bytes[0] === 0x2d) return undefined;
  try {
    const { headers, body, contentType } = readEntity(bytes);
    const isCms = /^application\/(x-)?pkcs7-mime$/.test(contentType.type);
    return isCms ? decodeTransfer(body, firstOf(headers, 'content-transfer-encoding')) : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
