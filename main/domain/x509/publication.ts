import { hexEncode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { toAsciiDomain } from './domain-name.ts';

/** Where an authority's list and certificate are to be found: in what it issues, and in what `authority publish` writes. */
export interface Publication {
  /** Base address as `parsePublishUrl` gives it. */
  readonly url: string;
  readonly crlName: string;
  readonly certificateName: string;
  /** Where OCSP is answered, if it is. */
  readonly ocspUrl?: string;
}

const longestSlug = 40;
const longestUrl = 200;

/**
 * File names of an authority's CRL and certificate: its name in plain letters, and the first octets of its key identifier, because two
 * authorities may share a name (rollover, RFC 4210 section 4.4).
 */
export function publicationNames(authorityName: string, keyIdentifier: Uint8Array): { crlName: string; certificateName: string } {
  const slug = publicationSlug(authorityName, keyIdentifier);
  return { crlName: `${slug}.crl`, certificateName: `${slug}.crt` };
}

/** What these names begin with. */
export const publicationSlug = (authorityName: string, keyIdentifier: Uint8Array): string =>
  `${slugOf(authorityName)}-${hexEncode(keyIdentifier.subarray(0, 4))}`;

/** The publication of an authority under a base address. @throws AppError input.invalid as `parsePublishUrl` does */
export const publicationOf = (url: string, authorityName: string, keyIdentifier: Uint8Array): Publication => ({
  url: parsePublishUrl(url),
  ...publicationNames(authorityName, keyIdentifier),
});

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, longestSlug);
  return slug.replace(/^-+|-+$/g, '') || 'authority';
}

/**
 * A base address for CRLs and certificates, without a slash at its end. http alone (S/MIME BR section 7.1.2.3 b): what is fetched is
 * signed, and https would need a certificate checked to check a certificate (RFC 5280 section 8).
 * @throws AppError input.invalid with details {field: 'publishUrl', reason: 'not-http' | 'malformed'}
 */
export function parsePublishUrl(text: string): string {
  if (!/^http:\/\//i.test(text)) throw unfit('not-http', 'The address for revocation lists must begin with http:// (not https://).');
  const [, host = '', port = '', path = ''] = /^http:\/\/([^/:?#@\s]+)(:[0-9]{1,5})?((?:\/[A-Za-z0-9._~%-]+)*)\/*$/i.exec(text) ?? [];
  const name = hostOf(host);
  const url = `http://${name ?? ''}${port}${path}`;
  if (name === undefined || url.length > longestUrl) throw unfit('malformed', 'This is not an address for revocation lists.');
  return url;
}

/** A name of the DNS, a single label inside a practice's own network, or an IPv4 address. */
const hostOf = (text: string): string | undefined =>
  toAsciiDomain(text) ??
  (/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|[0-9]{1,3}(\.[0-9]{1,3}){3})$/i.test(text) ? text.toLowerCase() : undefined);

const unfit = (reason: string, sentence: string): AppError => new AppError('input.invalid', sentence, { field: 'publishUrl', reason });
