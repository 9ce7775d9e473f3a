import type { ProfileSummary } from '../../../main/contract/profiles.ts';
import { keyAlgorithms } from '../../../main/domain/key/algorithm.ts';
import { messages } from '../../i18n/locale.ts';
import { algorithmName } from '../certificates/names.ts';
import { formatNumber, t, type MessageKey } from '../../i18n/translate.ts';

const attributeNames: Readonly<Record<string, string>> = messages['subject-part'];

const parts = /^smime-(mailbox|organization|sponsor|individual)-(multipurpose|strict)(?:-(sign|encrypt|dual))?$/;

/** What a profile makes, in words; one that is not among those that come with Keyward by its name. */
export function profileWords(name: string): string {
  const [, validation, generation, usage] = parts.exec(name) ?? [];
  if (validation === undefined) return directWords(name) ?? name;
  const family = t(`profiles.family.${validation as 'mailbox'}`);
  const words =
    usage === undefined ? family : t('profiles.for-use', { profile: family, use: t(`certificates.purpose.${usage as 'sign'}`) });
  return generation === 'strict' ? t('profiles.strict', { profile: words }) : words;
}

const direct = /^direct-(address|organization)(?:-(sign|encrypt|dual))?$/;

function directWords(name: string): string | undefined {
  const [, bound, usage] = direct.exec(name) ?? [];
  if (bound === undefined) return undefined;
  const family = t(`profiles.family.direct-${bound as 'address'}`);
  return usage === undefined ? family : t('profiles.for-use', { profile: family, use: t(`certificates.purpose.${usage as 'sign'}`) });
}

/** What a list calls it: an own profile by its title. */
export const profileTitle = ({ name, title }: Pick<ProfileSummary, 'name' | 'title'>): string => title ?? profileWords(name);

export const daysWords = (days: number): string => t('profiles.days', { count: days, days: formatNumber(days) });

/** Which keys: all of them need no list. */
export const keysWords = (algorithms: ProfileSummary['algorithms']): string =>
  algorithms === null || algorithms.length === keyAlgorithms.length ? t('profiles.keys.all') : algorithms.map(algorithmName).join(', ');

/** A part of the name in words, as far as there are any; its standard's word stands beside it. */
export const partWords = (attribute: string): string => attributeNames[attribute] ?? attribute;

/** Where an attribute of the subject comes from. */
export const sourceWords = ({ source, text }: ProfileSummary['subject'][number]): string =>
  source === 'text' ? t('profiles.source.text-of', { text: text ?? '' }) : t(`profiles.source.${source}` as MessageKey);
