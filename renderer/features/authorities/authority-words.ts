import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { parseMailDomain } from '../../../main/domain/profile/compose-authority.ts';
import { t } from '../../i18n/translate.ts';
import { algorithmName } from '../certificates/names.ts';

/** For whom an authority vouches, in words. */
export function domainWords(domains: readonly string[]): string {
  if (domains.length === 0) return t('authorities.domains.any');
  return domains
    .map((domain) => (domain.startsWith('.') ? t('authorities.domains.hosts', { domain: domain.slice(1) }) : domain))
    .join(', ');
}

/** What its key is and where. */
export const keyWords = ({ keyStore, algorithm }: Pick<AuthoritySummary, 'keyStore' | 'algorithm'>): string =>
  t(`authorities.key.${keyStore}`, { algorithm: algorithmName(algorithm) });

/** Mail domains as people type them: with spaces or commas, perhaps an @ in front. */
export const splitDomains = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((domain) => domain.replace(/^@/, ''))
    .filter((domain) => domain !== '');

/** The first that is no mail domain. */
export const faultyDomain = (text: string): string | undefined => splitDomains(text).find((domain) => !isMailDomain(domain));

function isMailDomain(domain: string): boolean {
  try {
    parseMailDomain(domain);
    return true;
  } catch {
    return false;
  }
}
