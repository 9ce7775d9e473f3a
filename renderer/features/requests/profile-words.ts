import { t } from '../../i18n/translate.ts';

const parts = /^smime-(mailbox|organization|sponsor|individual)-(multipurpose|strict)-(sign|encrypt|dual)$/;

/** What a profile makes, in words; one that is not among those that come with Keyward by its name. */
export function profileWords(id: string): string {
  const [, validation, generation, usage] = parts.exec(id) ?? [];
  if (validation === undefined || usage === undefined) return id;
  const words = t(`request.profile.${validation as 'mailbox'}`, { use: t(`certificates.purpose.${usage as 'sign'}`) });
  return generation === 'strict' ? t('request.profile.strict', { profile: words }) : words;
}
