import { readSigned } from '../cms/verify-cms.ts';
import { latin1Decode } from '../encoding/latin1.ts';
import { countOctets, firstOctets, type OctetSource } from '../encoding/octet-source.ts';
import { utf8Decode } from '../encoding/utf8.ts';
import { cmsTypes, firstObject } from './cms-in.ts';
import { readableHeader } from './encoded-words.ts';
import { firstOf, readEntity, type Entity } from './entity.ts';
import { readParts } from './multipart.ts';
import { textOfHtml } from './text-of-html.ts';
import { decodedBody } from './transfer-encoding.ts';

/** A mail as a person reads it: its words, and the names of what else is in it. Nothing of it is ever carried out. */
export interface ReadableMail {
  readonly text: string;
  /** The words were taken out of HTML, because the sender wrote no others. */
  readonly isFromHtml: boolean;
  /** There was more of it than is shown. */
  readonly isCut: boolean;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  /** Null where the sender gave it none. */
  readonly name: string | null;
  /** `application/pdf` */
  readonly type: string;
  /** Octets. */
  readonly size: number;
}

interface Reading {
  readonly plain: string[];
  readonly html: string[];
  readonly attachments: Attachment[];
  partsLeft: number;
}

const longestText = 200_000;
const longestName = 200;
const maximumParts = 200;
const maximumDepth = 10;

/**
 * Reads the words of a MIME entity (RFC 2045, RFC 2046), through the signed layers around them. Text in a set of characters
 * that is not known here is read as Latin-1.
 * @throws AppError input.malformed-mail, input.malformed-der, input.too-large
 */
export function readableMail(bytes: Uint8Array): ReadableMail {
  const reading: Reading = { plain: [], html: [], attachments: [], partsLeft: maximumParts };
  visit(reading, readEntity(bytes), 0);
  const isFromHtml = reading.plain.length === 0 && reading.html.length > 0;
  const text = (isFromHtml ? reading.html.map(textOfHtml) : reading.plain).join('\n\n');
  return { text: text.slice(0, longestText), isFromHtml, isCut: text.length > longestText, attachments: reading.attachments };
}

function visit(reading: Reading, entity: Entity, depth: number): void {
  if (reading.partsLeft-- <= 0 || depth > maximumDepth) return;
  const { type, parameters } = entity.contentType;
  if (type.startsWith('multipart/')) {
    const parts = readParts(entity.body, parameters.get('boundary'));
    for (const part of type === 'multipart/signed' ? parts.slice(0, 1) : parts) visit(reading, readEntity(part), depth + 1);
    return;
  }
  const inside = cmsTypes.includes(type) ? signedContent(decodedBody(entity)) : undefined;
  if (inside === undefined) keep(reading, entity);
  else visit(reading, readEntity(inside), depth + 1);
}

const signedContent = (body: OctetSource): OctetSource | undefined => readSigned(firstObject(body)).data?.content;

function keep(reading: Reading, entity: Entity): void {
  const { type, parameters } = entity.contentType;
  const disposition = firstOf(entity.headers, 'content-disposition') ?? '';
  const isText = type === 'text/plain' || type === 'text/html';
  if (isText && !/^\s*attachment\b/i.test(disposition)) {
    const text = decodeText(firstOctets(decodedBody(entity), 4 * longestText), parameters.get('charset')).replaceAll('\r\n', '\n');
    (type === 'text/plain' ? reading.plain : reading.html).push(text.slice(0, 2 * longestText));
    return;
  }
  const name = /filename="?([^";]+)/i.exec(disposition)?.[1] ?? parameters.get('name');
  const readable = name === undefined ? null : readableHeader(name.trim()).slice(0, longestName);
  reading.attachments.push({ name: readable, type, size: countOctets(decodedBody(entity)) });
}

function decodeText(octets: Uint8Array, charset: string | undefined): string {
  const isLatin = /^(iso-8859-1|windows-1252|latin1)$/i.test(charset ?? '');
  return (isLatin ? undefined : utf8Decode(octets)) ?? latin1Decode(octets);
}
