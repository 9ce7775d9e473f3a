import type { BackupVerdict } from '../../../main/contract/backup.ts';
import { t } from '../../i18n/translate.ts';
import type { State } from '../../ui/status.ts';

/** What a check of a backup found, and what that means. */
export function verdictWords({ verdict, behind, ahead }: BackupVerdict): {
  readonly state: State;
  readonly title: string;
  readonly why: string;
} {
  if (verdict === 'other-workspace') return { state: 'unknown', title: t('backup-check.other'), why: t('backup-check.other-why') };
  if (ahead > 0) return { state: 'soon', title: t('backup-check.good'), why: t('backup-check.good-ahead', { count: ahead }) };
  const why = behind === 0 ? t('backup-check.good-now') : t('backup-check.good-behind', { count: behind });
  return { state: 'fine', title: t('backup-check.good'), why };
}
