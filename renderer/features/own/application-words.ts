import type { ApplicationView } from '../../../main/contract/applications.ts';
import { t } from '../../i18n/translate.ts';

/** What was applied for: for whom it is, unless they read it themselves. */
export function applicationWords({ kind, personName }: ApplicationView, isOwn: boolean): string {
  const words = t(`application-kind.${kind}`);
  return isOwn ? words.charAt(0).toUpperCase() + words.slice(1) : t('applications.sentence', { name: personName, kind: words });
}
