import { IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { formatFullDay } from '../../i18n/dates.ts';
import { formatNumber, t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PlaceField } from '../backup/place-field.tsx';
import { fileIn } from './sink-draft.ts';
import styles from './save-log-dialog.module.css';

/** Moves the contents of old entries into a file, and says where earlier ones went. */
export function ArchiveDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const announce = useAnnounce();
  const day = useNow().toISOString().slice(0, 10);
  const { data, reload } = useQuery('audit.archives', {}, { isStill: true });
  const { data: policy } = useQuery('incidents.policy', {});
  const command = useCommand('audit.archive');
  const [folder, setFolder] = useState<string>();
  const [unlocated, setUnlocated] = useState<unknown>();
  const move = async () => {
    if (folder === undefined) return;
    const made = await command.run({ path: fileIn(folder, t('archive.file', { day })) });
    if (made === undefined) return;
    announce(t('archive.done', { count: made.to - made.from }));
    await reload();
  };
  const error = command.error ?? unlocated;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning}>
        {t('archive.close')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void move()} isWorking={command.isRunning} isDisabled={folder === undefined}>
        {t('archive.act')}
      </ActionButton>
    </>
  );
  const line = policy === undefined ? '' : t('archive.line', { count: policy.retentionYears });
  return (
    <Dialog isOpen onClose={onClose} title={t('archive.title')} line={line} actions={actions} width={600}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <p className={styles.text}>{t('archive.what')}</p>
        <PlaceField
          label={t('archive.folder')}
          icon={IconFolder}
          act={t('archive.choose')}
          path={folder}
          choose={async () => (await api.shell('chooseFolder', { title: t('archive.folder') })).folder?.path ?? null}
          onPath={setFolder}
          onError={setUnlocated}
        />
        {(data?.archives ?? []).map(({ from, to, path, createdAt }) => (
          <Notice
            key={from}
            state="fine"
            title={t('archive.one', { from: formatNumber(from), to: formatNumber(to - 1), day: formatFullDay(createdAt) })}
          >
            <bdi>{path}</bdi>
          </Notice>
        ))}
      </div>
    </Dialog>
  );
}
