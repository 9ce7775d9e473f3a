import { latin1Decode } from '../encoding/latin1.ts';
import { asSource, firstOctets, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';

/** One header field: its name in small letters, its value with folds undone. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** A MIME entity (RFC 2045): headers, and the body as it stands. */
export interface Entity {
  readonly headers: readonly HeaderField[];
  readonly body: OctetSource;
  readonly contentType: ContentType;
}

export interface ContentType {
  /** `multipart/signed`, in small letters. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const maximumHeaderOctets = 1 << 20;
/** The longest end of a line. */
const lineEnd = 2;
const maximumFields = 2000;

/**
 * Reads an entity: header fields up to the empty line, then the body. Line ends may be CRLF or LF. Octets beyond ASCII in
 * headers are taken one by one; nothing that is decided here depends on them.
 * @throws AppError input.malformed-mail with the line; input.too-large
 */
export function readEntity(octets: Uint8Array | OctetSource): Entity {
  const source = asSource(octets);
  const bytes = firstOctets(source, maximumHeaderOctets + lineEnd);
  const { headerEnd, bodyStart } = findBody(bytes);
  if (headerEnd > maximumHeaderOctets)
    throw new AppError('input.too-large', 'The headers of this message are too long.', { limit: maximumHeaderOctets });
  const headers = readFields(latin1Decode(bytes.subarray(0, headerEnd)));
  requireOnce(headers);
  return { headers, body: source.slice(bodyStart), contentType: readContentType(firstOf(headers, 'content-type')) };
}

/** Two of these, and one program reads another message than the next. */
function requireOnce(headers: readonly HeaderField[]): void {
  for (const name of ['content-type', 'content-transfer-encoding']) {
    if (headers.filter((field) => field.name === name).length > 1) throw malformedMail('a header that is there twice', 1);
  }
}

/** The value of the first field of this name. */
export const firstOf = (headers: readonly HeaderField[], name: string): string | undefined =>
  headers.find((field) => field.name === name)?.value;

function findBody(bytes: Uint8Array): { headerEnd: number; bodyStart: number } {
  for (let line = 0; line < bytes.length;) {
    const lineFeed = bytes.indexOf(0x0a, line);
    if (lineFeed < 0) break;
    const isEmpty = lineFeed === line || (lineFeed === line + 1 && bytes[line] === 0x0d);
    if (isEmpty) return { headerEnd: line, bodyStart: lineFeed + 1 };
    line = lineFeed + 1;
  }
  return { headerEnd: bytes.length, bodyStart: bytes.length };
}

function readFields(text: string): HeaderField[] {
  const fields: HeaderField[] = [];
  let current: { name: string; value: string[] } | undefined;
  const keep = (): void => void (current !== undefined && fields.push({ name: current.name, value: current.value.join('').trim() }));
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue;
    if (/^[ \t]/.test(line)) {
      if (current === undefined) throw malformedMail('a header that begins in the middle', at + 1);
      current.value.push(line);
      continue;
    }
    keep();
    current = readField(line, at + 1);
    if (fields.length > maximumFields)
      throw new AppError('input.too-large', 'This message has too many headers.', { limit: maximumFields });
  }
  keep();
  return fields;
}

function readField(line: string, number: number): { name: string; value: string[] } | undefined {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase();
  // The line some mailbox files put in front.
  if (number === 1 && line.startsWith('From ')) return undefined;
  if (!/^[!-9;-~]+$/.test(name)) throw malformedMail('a line that is no header', number);
  return { name, value: [line.slice(colon + 1)] };
}

/** @param what for people; `line` counts from one, within the entity */
export const malformedMail = (what: string, line: number): AppError =>
  new AppError('input.malformed-mail', `This message cannot be read: ${what} in line ${line}.`, { what, line });

/** Content-Type (RFC 2045 section 5.1); plain text where it is missing or cannot be read. The first of two equal parameters counts. */
function readContentType(value: string | undefined): ContentType {
  const match = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+)/.exec(value ?? '');
  if (match?.[1] === undefined || value === undefined) return { type: 'text/plain', parameters: new Map() };
  return { type: match[1].toLowerCase(), parameters: readParameters(value.slice(match[0].length)) };
}

/** `; name=value` and `; name="value"`; comments are passed over. */
function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  const parameter = /;\s*(?:\([^()]*\)\s*)*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"()]+))/g;
  for (const [, name = '', quoted, plain = ''] of text.slice(0, 10_000).matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'));
  }
  return parameters;
}
