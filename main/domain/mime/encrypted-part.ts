import { readEnvelopedData } from '../cms/read-enveloped-data.ts';
import { readSignedData, type SignerIdentifier } from '../cms/read-signed-data.ts';
import { readMessageIn } from '../cms/verify-cms.ts';
import type { OctetSource } from '../encoding/octet-source.ts';
import { contentTypes } from '../inspect/oid-names.ts';
import { AppError } from '../errors.ts';
import { cmsIn, cmsTypes, firstObject } from './cms-in.ts';
import { firstOf, readEntity, type Entity } from './entity.ts';
import { readParts } from './multipart.ts';
import { decodedBody } from './transfer-encoding.ts';

/** An encrypted layer of a mail: the CMS object, and the recipients it names. */
export interface EncryptedPart {
  /** ContentInfo, BER or DER. */
  readonly message: OctetSource;
  readonly recipients: readonly SignerIdentifier[];
}

/** Signed layers looked through on the way. */
const maximumDepth = 5;

/**
 * The encrypted layer of a mail (RFC 8551 section 3.3), beneath the signed ones that may be around it (section 3.7).
 * Undefined where the mail is not encrypted.
 * @throws AppError input.malformed-mail, input.malformed-der, input.too-large
 */
export function encryptedPartOf(bytes: Uint8Array | OctetSource, depth = 0): EncryptedPart | undefined {
  if (depth > maximumDepth) throw new AppError('input.too-large', 'This message has more layers than any has.', { limit: maximumDepth });
  const entity = readEntity(bytes);
  const { type, parameters } = entity.contentType;
  if (type === 'multipart/signed') {
    const [content] = readParts(entity.body, parameters.get('boundary'));
    return content === undefined ? undefined : encryptedPartOf(content, depth + 1);
  }
  if (!cmsTypes.includes(type) && !isNamedP7m(entity)) return undefined;
  return partIn(firstObject(decodedBody(entity)), depth);
}

/**
 * The encrypted message of a file that is one: DER, BER, PEM, base64, or a mail that is nothing but one; beneath what signs it.
 * @throws AppError input.invalid for a file that is not encrypted, input.malformed-der, input.malformed-mail, input.too-large
 */
export function sealedMessageIn(file: OctetSource): EncryptedPart {
  const part = partIn(cmsIn(file), 0);
  if (part === undefined)
    throw new AppError('input.invalid', 'This is not an encrypted message.', { field: 'file', rule: 'enveloped-data' });
  return part;
}

function partIn(message: OctetSource, depth: number): EncryptedPart | undefined {
  const { contentType, content, octets } = readMessageIn(message);
  if (content === undefined) return undefined;
  if (contentType === contentTypes.signedData) {
    const inside = readSignedData(content, octets).content;
    return inside === undefined ? undefined : encryptedPartOf(inside, depth + 1);
  }
  const isAuthenticated = contentType === contentTypes.authEnvelopedData;
  if (contentType !== contentTypes.envelopedData && !isAuthenticated) return undefined;
  const { recipients } = readEnvelopedData(content, isAuthenticated, octets);
  return { message, recipients: recipients.flatMap(identifiersOf) };
}

function identifiersOf(recipient: ReturnType<typeof readEnvelopedData>['recipients'][number]): SignerIdentifier[] {
  if (recipient.kind === 'transport') return [recipient.recipient];
  return recipient.kind === 'agreement' ? recipient.keys.map((key) => key.recipient) : [];
}

/** Gateways that do not know the type leave the name (RFC 8551 section 3.2.1). */
export function isNamedP7m({ contentType, headers }: Entity): boolean {
  if (contentType.type !== 'application/octet-stream') return false;
  return /\.p7m"?\s*(;|$)/i.test(`${contentType.parameters.get('name') ?? ''};${firstOf(headers, 'content-disposition') ?? ''}`);
}
