import { encodePem } from '../../encoding/pem.ts';
import { utf8Encode } from '../../encoding/utf8.ts';
import type { MailCertificate, MailIssuer } from '../mail-client.ts';
import type { KitContainer, KitFile } from './kit.ts';

/** Lines as Windows wants them. */
export const windowsText = (lines: readonly string[]): Uint8Array => utf8Encode(lines.map((line) => `${line}\r\n`).join(''));

/** For PowerShell, between single quotes. */
export const quoted = (text: string): string => `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, (quote) => quote + quote)}'`;

/** File names of a person's first mailbox: letters, digits, and what no file system minds. */
export const stemOf = (mailboxes: readonly string[]): string => (mailboxes[0] ?? 'keys').replaceAll(/[^A-Za-z0-9@._-]/g, '_');

/** Authorities as DER files: roots first, each under a number. */
export function issuerFiles(issuers: readonly MailIssuer[], extension = 'cer'): { readonly roots: KitFile[]; readonly others: KitFile[] } {
  const named = (kind: string, some: readonly MailIssuer[]): KitFile[] =>
    some.map(({ der }, at) => ({ name: `${kind}-${at + 1}.${extension}`, content: der }));
  return {
    roots: named(
      'root',
      issuers.filter(({ isRoot }) => isRoot),
    ),
    others: named(
      'issuing',
      issuers.filter(({ isRoot }) => !isRoot),
    ),
  };
}

export const chainFile = (issuers: readonly MailIssuer[]): KitFile => ({
  name: 'authorities.pem',
  content: utf8Encode(issuers.map(({ der }) => encodePem('CERTIFICATE', der)).join('')),
});

/** What a container's first certificate is for, as part of a file's name. */
const useOf = ({ certificates }: KitContainer): MailCertificate['use'] => certificates[0]?.use ?? 'dual';

/** `ada@clinic.example-sign.p12`; those of older keys, which open old mail, under a number. */
export function containerNames(mailboxes: readonly string[], containers: readonly KitContainer[], extension: string): string[] {
  const stem = stemOf(mailboxes);
  return containers.map((container, at) => {
    const earlier = containers.slice(0, at).filter((other) => useOf(other) === useOf(container)).length;
    const kind = containers.length === 1 ? '' : `-${useOf(container)}${earlier === 0 ? '' : `-${earlier + 1}`}`;
    return `${stem}${kind}.${extension}`;
  });
}

export const containerFiles = (mailboxes: readonly string[], containers: readonly KitContainer[], extension: string): KitFile[] =>
  containerNames(mailboxes, containers, extension).map((name, at) => ({ name, content: containers[at]?.pfx ?? new Uint8Array() }));
