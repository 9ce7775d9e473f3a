import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readIa5, readOid, readString } from '../asn1/read-value.ts';
import { otherNameOid } from './oid.ts';
import type { Name } from './read-name.ts';
import { readName } from './read-name.ts';

/** GeneralName (RFC 5280 section 4.2.1.6), each form under the word its definition gives it. */
export type GeneralName =
  | { readonly form: 'otherName'; readonly typeId: string; readonly value: Uint8Array }
  | { readonly form: 'smtpUtf8Mailbox'; readonly value: string }
  | { readonly form: 'userPrincipalName'; readonly value: string }
  | { readonly form: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  | { readonly form: 'x400Address' | 'ediPartyName'; readonly value: Uint8Array }
  | { readonly form: 'directoryName'; readonly value: Name }
  | { readonly form: 'iPAddress'; readonly value: Uint8Array }
  | { readonly form: 'registeredID'; readonly value: string };

/** More names than this in one list are refused: an attack on whoever compares them. */
const maximumNames = 10_000;

/**
 * GeneralNames: at least one.
 * @throws AppError input.malformed-der
 */
export function readGeneralNames(node: DerNode): GeneralName[] {
  const names: GeneralName[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    if (names.length >= maximumNames) throw malformed('too many names', node.offset);
    names.push(readGeneralName(cursor.next()));
  }
  if (names.length === 0) throw malformed('an empty list of names', node.offset);
  return names;
}

/**
 * One GeneralName by its context tag. An SmtpUTF8Mailbox (RFC 9598) and a Windows user principal name are taken out of
 * their otherName; any other otherName keeps its value as DER.
 * @throws AppError input.malformed-der
 */
export function readGeneralName(node: DerNode): GeneralName {
  switch (node.tag) {
    case 0xa0:
      return readOtherName(node);
    case 0x81:
      return { form: 'rfc822Name', value: readIa5(node) };
    case 0x82:
      return { form: 'dNSName', value: readIa5(node) };
    case 0xa3:
      return { form: 'x400Address', value: node.whole };
    case 0xa4:
      return { form: 'directoryName', value: readName(only(node)) };
    case 0xa5:
      return { form: 'ediPartyName', value: node.whole };
    case 0x86:
      return { form: 'uniformResourceIdentifier', value: readIa5(node) };
    case 0x87:
      return { form: 'iPAddress', value: node.content };
    case 0x88:
      return { form: 'registeredID', value: readOid(node) };
    default:
      throw malformed('a form of name that does not exist', node.offset);
  }
}

function readOtherName(node: DerNode): GeneralName {
  const cursor = new DerCursor(node);
  const typeId = readOid(cursor.next(tag.oid));
  const value = only(cursor.next(0xa0));
  cursor.finish();
  if (typeId === otherNameOid.smtpUtf8Mailbox) {
    if (value.tag !== tag.utf8String) throw malformed('an SmtpUTF8Mailbox that is no UTF8String', value.offset);
    return { form: 'smtpUtf8Mailbox', value: readString(value) };
  }
  if (typeId === otherNameOid.userPrincipalName && value.tag === tag.utf8String)
    return { form: 'userPrincipalName', value: readString(value) };
  return { form: 'otherName', typeId, value: value.whole };
}
