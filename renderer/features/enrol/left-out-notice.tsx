import { t } from '../../i18n/translate.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useStaffListDraft } from './staff-list-draft.ts';
import styles from './issue-step.module.css';

/** The rows a list left out, until the window is closed: saved, or still to be saved. */
export function LeftOutNotice({ job }: { readonly job: string }) {
  const { leftOut, finish } = useStaffListDraft();
  const { save, isSaving } = useSaveFiles();
  if (leftOut === null || leftOut.job !== job) return null;
  const saveRows = async () => {
    const path = await save(t('check.save-left-out'), [leftOut.file]);
    if (path !== undefined) finish({ ...leftOut, path });
  };
  const action = (
    <ActionButton size="row" onClick={() => void saveRows()} isWorking={isSaving}>
      {t('issuing.left-out-save')}
    </ActionButton>
  );
  return (
    <div className={styles.progress}>
      <Notice
        state={leftOut.path === undefined ? 'soon' : 'kept'}
        title={t('issuing.left-out', { count: leftOut.count })}
        {...(leftOut.path === undefined ? { action } : {})}
      >
        {leftOut.path === undefined ? t('issuing.left-out-text') : t('issuing.left-out-saved', { path: leftOut.path })}
      </Notice>
    </div>
  );
}
