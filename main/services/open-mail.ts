import type { OpenedMail } from '../contract/viewer.ts';
import { FileContent } from '../contract/secret.ts';
import { concatenate } from '../domain/asn1/der-writer.ts';
import { wholeOf, type OctetSource } from '../domain/encoding/octet-source.ts';
import { AppError } from '../domain/errors.ts';
import { encryptedPartOf } from '../domain/mime/encrypted-part.ts';
import { readEntity } from '../domain/mime/entity.ts';
import { readableMail } from '../domain/mime/readable-mail.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { CardOrder } from './card-keys.ts';
import { recipientsHere, type RecipientParts } from './message-recipients.ts';
import { openFromVault, openMessage, type OpenMessageParts } from './open-message.ts';

export type Opened = Omit<OpenedMail, 'mail'>;

/** Octets of what is in it: longer ones are for `cms decrypt`. */
const longestMail = 64 << 20;

/**
 * Opens a mail with the key of a person it was encrypted to, in the vault, or on `card`.
 * @throws AppError input.invalid for a mail that is not encrypted, input.no-key-here, input.not-decryptable,
 * session.not-permitted, token.*
 */
export async function openMail(parts: OpenMessageParts, operator: UnlockedOperator, file: FileContent, card?: CardOrder): Promise<Opened> {
  const part = encryptedPartOf(file.octets);
  if (part === undefined) throw new AppError('input.invalid', 'This mail is not encrypted.', { field: 'file', rule: 'enveloped-data' });
  const { row, opened: message } = await openMessage(parts, operator, part, card);
  const content = asMail(file.octets, wholeOf(message.content, longestMail));
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
  parts: Omit<OpenMessageParts, 'tokens'>,
  operator: UnlockedOperator,
  file: FileContent,
  personId: string | null,
): Promise<Uint8Array | undefined> {
  const part = encryptedPartOf(file.octets);
  if (part === undefined) return undefined;
  const { opened } = await openFromVault(parts, operator, part, (row) => row.personId === personId);
  return asMail(file.octets, wholeOf(opened.content, longestMail));
}

/** Whether a mail is encrypted to a person, as far as it says. */
export async function isEncryptedTo(parts: RecipientParts, file: FileContent, personId: string): Promise<boolean> {
  const part = encryptedPartOf(file.octets);
  if (part === undefined) return false;
  for await (const row of recipientsHere(parts, part.recipients)) if (row.personId === personId) return true;
  return false;
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
