import { AppError } from '../errors.ts';
import { base64Decode, base64Encode } from './base64.ts';
import { latin1Decode } from './latin1.ts';
import { plainBlocks } from './openssl-blocks.ts';

/** One object found in a file. */
export interface EncodedObject {
  /** The PEM label (RFC 7468), for example `CERTIFICATE`; absent when the file was bare DER or bare base64. */
  readonly label?: string;
  /** `Name: value` lines inside the block (RFC 1421), for example of an OpenSSL key that is encrypted the old way. */
  readonly headers: readonly string[];
  readonly der: Uint8Array;
}

/** What `readEncodedObjects` takes at most. */
export interface EncodedLimits {
  readonly maximumSize: number;
  readonly maximumObjects: number;
}

/** Holds a CRL of a million entries in base64, and every root store there is. */
const defaultLimits: EncodedLimits = { maximumSize: 96 << 20, maximumObjects: 10_000 };

/**
 * Finds the objects in a file by its content, never by its name: bare DER or BER (one object, not looked into), PEM
 * blocks with any text around them (RFC 7468, read laxly: any line length, either line ending), bare base64, or base64 behind `SPKAC=`.
 * @throws AppError input.empty; input.too-large; input.malformed-pem with the line; input.malformed-der when it is none of these.
 */
export function readEncodedObjects(bytes: Uint8Array, limits: EncodedLimits = defaultLimits): EncodedObject[] {
  if (bytes.length === 0) throw new AppError('input.empty', 'There is nothing in this file.');
  if (bytes.length > limits.maximumSize) {
    throw new AppError('input.too-large', 'This file is too large.', { size: bytes.length, limit: limits.maximumSize });
  }
  if (isDerStart(bytes)) return [{ headers: [], der: bytes }];
  const text = latin1Decode(bytes);
  const blocks = readBlocks(text, limits.maximumObjects);
  return blocks.length > 0 ? plainBlocks(blocks) : [readBareBase64(text)];
}

/** A SEQUENCE whose length fits: no text starts with `0` and then such an octet by chance and is still base64 or PEM. */
function isDerStart(bytes: Uint8Array): boolean {
  const [first, second = 0] = bytes;
  return first === 0x30 && (second >= 0x80 || second === bytes.length - 2);
}

function readBlocks(text: string, maximumObjects: number): EncodedObject[] {
  const blocks: EncodedObject[] = [];
  const boundary = /-----(BEGIN|END) ([A-Za-z0-9][A-Za-z0-9 .#/_]{0,63})-----/g;
  for (let begin = boundary.exec(text); begin !== null; begin = boundary.exec(text)) {
    const end = boundary.exec(text);
    const [, word, label = ''] = begin;
    if (word !== 'BEGIN' || end?.[1] !== 'END' || end[2] !== label)
      throw malformedPem('a BEGIN line without its END line', text, begin.index);
    if (blocks.length >= maximumObjects)
      throw new AppError('input.too-large', 'This file holds too many objects.', { limit: maximumObjects });
    blocks.push({ label, ...readBody(text, begin.index + begin[0].length, end.index) });
  }
  return blocks;
}

function readBody(text: string, start: number, end: number): Omit<EncodedObject, 'label'> {
  const body = text.slice(start, end);
  const headerEnd = body.includes(':') ? /\r?\n[ \t]*\r?\n/.exec(body.trimStart()) : null;
  const headers = headerEnd === null ? [] : body.trimStart().slice(0, headerEnd.index).split(/\r?\n/);
  const der = base64Decode(headerEnd === null ? body : body.trimStart().slice(headerEnd.index));
  if (der === undefined || der.length === 0) throw malformedPem('a block that is not base64', text, start);
  return { headers, der };
}

function readBareBase64(text: string): EncodedObject {
  const der = base64Decode(spkacIn(text) ?? text);
  if (der === undefined || der[0] !== 0x30) {
    throw new AppError('input.malformed-der', 'This is neither DER, nor PEM, nor base64 of DER.', { what: 'no known encoding', offset: 0 });
  }
  return { headers: [], der };
}

/** What OpenSSL has for a key and a challenge: `name=value` lines, one of them this. */
const spkacIn = (text: string): string | undefined => /^[ \t]*SPKAC[ \t]*=([A-Za-z0-9+/= \t]*)\r?$/m.exec(text)?.[1];

function malformedPem(what: string, text: string, at: number): AppError {
  const line = text.slice(0, at).split('\n').length;
  return new AppError('input.malformed-pem', `This PEM text cannot be read: ${what} at line ${line}.`, { what, line });
}

/** One PEM block (RFC 7468 section 3): lines of 64 characters, each with a line feed. A chain is such blocks one after another. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines = base64Encode(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
