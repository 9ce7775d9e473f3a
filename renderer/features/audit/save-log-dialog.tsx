import { useState } from 'react';
import { eventFormats, type EventFormat } from '../../../main/domain/audit-formats/event-files.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { useNow } from '../../ui/clock.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { saveLog, type SavedLog, type SaveOrder, type SelectionFilters } from './save-log.ts';
import styles from './save-log-dialog.module.css';

export interface SaveLogDialogProps {
  /** What the page shows. */
  readonly filters: SelectionFilters;
  readonly onClose: () => void;
}

type Part = SaveOrder['part'];

/** Saves the log for somebody who verifies it: first what of it, then what came of it. */
export function SaveLogDialog({ filters, onClose }: SaveLogDialogProps) {
  const [part, setPart] = useState<Part>('whole');
  const [format, setFormat] = useState<EventFormat>('jsonl');
  const [saved, setSaved] = useState<SavedLog>();
  const { save, progress, error } = useSaveLog(filters);
  if (saved !== undefined) return <Saved part={part} saved={saved} onClose={onClose} />;
  const choose = async () => setSaved(await save(part, format));
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={progress !== undefined}>
        {t('save-log.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void choose()} isWorking={progress !== undefined} takesFocus>
        {t('save-log.choose')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('save-log.title')} line={t('save-log.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <ChoiceCards label={t('save-log.what')} choices={choices()} value={part} onChange={setPart} />
        {part === 'events' && (
          <SelectField
            label={t('save-log.format')}
            value={format}
            options={eventFormats.map((value) => ({ value, label: t(`save-log.format-${value}`) }))}
            onChange={setFormat}
          />
        )}
        {progress !== undefined && progress.total > 0 && (
          <ProgressBar label={t('save-log.progress')} done={progress.done} total={progress.total} />
        )}
      </div>
    </Dialog>
  );
}

const choices = () =>
  (['whole', 'selection', 'events'] as const).map((value) => ({
    value,
    title: t(`save-log.${value}`),
    detail: t(`save-log.${value}-text`),
  }));

interface Progress {
  readonly done: number;
  readonly total: number;
}

function useSaveLog(filters: SelectionFilters) {
  const api = useApi();
  const now = useNow();
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const save = async (part: Part, format: EventFormat): Promise<SavedLog | undefined> => {
    const day = now.toISOString().slice(0, 10);
    const words = { title: t('save-log.where'), name: t(`save-log.folder-${part}`, { day }) };
    setError(undefined);
    setProgress({ done: 0, total: 0 });
    try {
      const order: SaveOrder =
        part === 'whole' ? { ...words, part } : part === 'events' ? { ...words, part, filters, format } : { ...words, part, filters };
      return await saveLog(api, order, (done, total) => setProgress({ done, total }));
    } catch (reason) {
      setError(reason);
      return undefined;
    } finally {
      setProgress(undefined);
    }
  };
  return { save, progress, error };
}

interface SavedProps {
  readonly part: Part;
  readonly saved: SavedLog;
  readonly onClose: () => void;
}

function Saved({ part, saved: { path, entries, unsigned, sealed, vkey }, onClose }: SavedProps) {
  const announce = useAnnounce();
  const close = () => {
    announce(t('save-log.done'));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t(`save-log.saved-${part}`, { count: entries })}
      line={<bdi>{path}</bdi>}
      actions={
        <ActionButton kind="filled" onClick={close} takesFocus>
          {t('save-log.close')}
        </ActionButton>
      }
      width={560}
    >
      <div className={styles.rows}>
        {unsigned > 0 && (
          <Notice state="waiting" title={t('save-log.unsigned', { count: unsigned })}>
            {t('save-log.unsigned-text')}
          </Notice>
        )}
        {sealed > 0 && (
          <Notice state="waiting" title={t('save-log.sealed', { count: sealed })}>
            {t('save-log.sealed-text')}
          </Notice>
        )}
        <p className={styles.text}>{t('save-log.care')}</p>
        {vkey !== null && (
          <div>
            <h3 className={styles.label}>{t('save-log.key')}</h3>
            <p className={styles.text}>{t('save-log.key-text')}</p>
            <CopyText text={vkey} label={t('save-log.key')} isMono />
          </div>
        )}
      </div>
    </Dialog>
  );
}
