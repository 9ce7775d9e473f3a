import { AppError } from '../errors.ts';
import { parseMailbox } from '../x509/mailbox.ts';

/**
 * What somebody most likely meant by an address that is none: without the wrapping of mail programs, spaces and stray
 * punctuation, with dots for commas, and with the @ before one of the usual domains (most usual first).
 * `undefined` where nothing is obvious. The answer is always a good address.
 */
export function repairAddress(text: string, usualDomains: readonly string[]): string | undefined {
  const bare = unwrap(text);
  const repaired = [bare, ...usualDomains.flatMap((domain) => withDomain(bare, domain))].find(isAddress);
  return repaired === text ? undefined : repaired;
}

function unwrap(text: string): string {
  const inner = /<\s*([^<>]*[^<>\s])\s*>/u.exec(text)?.[1] ?? text;
  const compact = inner
    .replace(/^mailto:/iu, '')
    .replace(/\s*[([{]\s*(?:at|ät)\s*[)\]}]\s*|\uff20/giu, '@')
    .replace(/\s*[([{]\s*(?:dot|punkt)\s*[)\]}]\s*/giu, '.')
    .replace(/\s+/gu, '')
    .replace(/^["'<(]+|["'>).,;:]+$/gu, '')
    .replace(/@{2,}/gu, '@')
    .replace(/\.{2,}/gu, '.');
  const at = compact.lastIndexOf('@');
  return at < 0 ? compact : compact.slice(0, at) + compact.slice(at).replaceAll(',', '.').replace(/^@\./u, '@');
}

function withDomain(text: string, domain: string): string[] {
  if (text.endsWith('@')) return [text + domain];
  if (text.includes('@') || !text.toLowerCase().endsWith(domain)) return [];
  return [`${text.slice(0, -domain.length).replace(/[.,]+$/u, '')}@${domain}`];
}

function isAddress(text: string): boolean {
  try {
    parseMailbox(text);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
