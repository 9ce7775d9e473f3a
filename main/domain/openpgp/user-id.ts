import { parseMailbox } from '../x509/mailbox.ts';

/** Whom an OpenPGP key is for, in the two parts that a mail program looks at. */
export interface UserId {
  readonly name: string;
  readonly email: string;
}

/**
 * What would make a program see another address than the one meant, or end the line: the brackets, and what is invisible,
 * but for the joiners that some scripts write with.
 */
const misleading = /[<>()\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{C}/gu;

/**
 * The user ID of a person's mailbox (RFC 9580 section 5.11): the name in NFC without brackets and invisible characters, the
 * address as in certificates, its domain in ASCII.
 * @throws AppError input.invalid for an address that is none
 */
export function userIdOf(name: string, address: string): UserId {
  const { normalized } = parseMailbox(address);
  return { name: name.normalize('NFC').replace(misleading, ' ').replace(/\s+/gu, ' ').trim(), email: normalized };
}

/** As it stands in the key: `Name <address>`, or the address alone in brackets where no name is left. */
export const userIdText = ({ name, email }: UserId): string => (name === '' ? `<${email}>` : `${name} <${email}>`);
