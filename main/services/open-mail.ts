import type { OpenedMail } from '../contract/viewer.ts';
import { FileContent } from '../contract/secret.ts';
import { decryptWithKeys, type OpenedMessage } from '../domain/cms/decrypt-cms.ts';
import { concatenate } from '../domain/asn1/der-writer.ts';
import { wholeOf, type OctetSource } from '../domain/encoding/octet-source.ts';
import { AppError } from '../domain/errors.ts';
import { encryptedPartOf, type EncryptedPart } from '../domain/mime/encrypted-part.ts';
import { readEntity } from '../domain/mime/entity.ts';
import { readableMail } from '../domain/mime/readable-mail.ts';
import { nameKey } from '../domain/x509/compare-name.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import { derOf } from './certificate-export.ts';
import type { KeyAccess } from './key-access.ts';
import { messageKeyOf } from './message-tools.ts';

export interface OpenMailParts {
  readonly read: () => ReadStores;
  readonly keyAccess: Pick<KeyAccess, 'withPrivateKey'>;
  readonly toolPrimitives: ToolPrimitives;
}

export type Opened = Omit<OpenedMail, 'mail'>;

/** Recipients looked up: a mail to hundreds costs no more. */
const maximumLookedUp = 200;
/** Octets of what is in it: longer ones are for `cms decrypt`. */
const longestMail = 64 << 20;

/**
 * Opens a mail with the key of a person it was encrypted to. Keys on cards and keys that are not here open nothing.
 * @throws AppError input.invalid for a mail that is not encrypted, input.no-key-here, input.not-decryptable,
 * session.not-permitted
 */
export async function openMail(parts: OpenMailParts, operator: UnlockedOperator, file: FileContent): Promise<Opened> {
  const part = encryptedPartOf(file.octets);
  if (part === undefined) throw new AppError('input.invalid', 'This mail is not encrypted.', { field: 'file', rule: 'enveloped-data' });
  const row = await recipientHere(parts, part);
  const { message, content } = await openPart(parts, operator, file, row, part);
  const person = row.personId === null ? undefined : await parts.read().people.find(row.personId);
  return {
    file: new FileContent('opened.eml', content),
    words: readableMail(content),
    certificate: row.id,
    person: row.personId ?? '',
    personName: person?.name ?? '',
    encryption: message.encryption,
  };
}

/**
 * What is in a mail to one person, with the headers around it; undefined for a mail that is not encrypted. One that is encrypted to others
 * stays closed.
 * @throws AppError as `openMail`
 */
export async function openFor(
  parts: OpenMailParts,
  operator: UnlockedOperator,
  file: FileContent,
  personId: string | null,
): Promise<Uint8Array | undefined> {
  const part = encryptedPartOf(file.octets);
  if (part === undefined) return undefined;
  const row = await recipientHere(parts, part, (candidate) => candidate.personId === personId);
  return (await openPart(parts, operator, file, row, part)).content;
}

/** Whether a mail is encrypted to a person, as far as it says. */
export async function isEncryptedTo(parts: Pick<OpenMailParts, 'read'>, file: FileContent, personId: string): Promise<boolean> {
  const part = encryptedPartOf(file.octets);
  if (part === undefined) return false;
  return (await rowsHere(parts, part, (row) => row.personId === personId)).length > 0;
}

async function openPart(parts: OpenMailParts, operator: UnlockedOperator, file: FileContent, row: CertificateRow, part: EncryptedPart) {
  const message = await openWith(parts, operator, row, part);
  return { message, content: asMail(file.octets, wholeOf(message.content, longestMail)) };
}

async function openWith(
  { read, keyAccess, toolPrimitives }: OpenMailParts,
  operator: UnlockedOperator,
  row: CertificateRow,
  { message }: EncryptedPart,
): Promise<OpenedMessage> {
  const certificate = readCertificate(await derOf(read(), row));
  return keyAccess.withPrivateKey(operator, row.keyId, 'people', (pkcs8) =>
    decryptWithKeys(message, [messageKeyOf(pkcs8, [certificate], toolPrimitives)], toolPrimitives),
  );
}

/** The first certificate the mail is encrypted to whose key is in the vault. */
async function recipientHere(
  parts: Pick<OpenMailParts, 'read'>,
  part: EncryptedPart,
  isAsked: (row: CertificateRow) => boolean = () => true,
): Promise<CertificateRow> {
  const rows = await rowsHere(parts, part, isAsked);
  const row = rows.find(({ keyStore }) => keyStore === 'vault');
  if (row !== undefined) return row;
  const isOnToken = rows.some(({ keyStore }) => keyStore === 'token');
  throw new AppError('input.no-key-here', 'No key that is kept here opens this mail.', { isOnToken });
}

/** The certificates of people here it is encrypted to; no further than the first whose key is in the vault. */
async function rowsHere(
  { read }: Pick<OpenMailParts, 'read'>,
  { recipients }: EncryptedPart,
  isAsked: (row: CertificateRow) => boolean,
): Promise<readonly CertificateRow[]> {
  const rows: CertificateRow[] = [];
  for (const recipient of recipients.slice(0, maximumLookedUp)) {
    if (!('issuer' in recipient)) continue;
    for (const row of await read().certificates.findByPrefix(recipient.serialNumber))
      if (isAsked(row) && (await isIssuedBy(read(), row, recipient))) rows.push(row);
    if (rows.some(({ keyStore }) => keyStore === 'vault')) return rows;
  }
  return rows;
}

async function isIssuedBy(
  stores: ReadStores,
  row: CertificateRow,
  { issuer, serialNumber }: Extract<EncryptedPart['recipients'][number], { readonly serialNumber: string }>,
): Promise<boolean> {
  if (row.serialNumber !== serialNumber || row.personId === null) return false;
  return nameKey(readCertificate(await derOf(stores, row)).issuer) === nameKey(issuer);
}

/**
 * What was inside with the headers from outside that say who wrote to whom, so that its signatures are held to its sender.
 * What it has of these itself stays beside them: both are held to.
 */
function asMail(outer: OctetSource, content: Uint8Array): Uint8Array {
  const kept = readEntity(outer).headers.filter(({ name }) => ['from', 'to', 'cc', 'date', 'subject', 'message-id'].includes(name));
  const lines = kept.map(({ name, value }) => `${name[0]?.toUpperCase()}${name.slice(1)}: ${value}\r\n`);
  const head = Uint8Array.from(lines.join(''), (character) => character.charCodeAt(0) & 0xff);
  return concatenate(isEntity(content) ? [head, content] : [head, lineEnd, content]);
}

const lineEnd = Uint8Array.of(0x0d, 0x0a);

/** Some encrypt a text as it stands, without the headers of a MIME entity. */
function isEntity(content: Uint8Array): boolean {
  try {
    return readEntity(content).headers.length > 0;
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.malformed-mail') return false;
    throw error;
  }
}
