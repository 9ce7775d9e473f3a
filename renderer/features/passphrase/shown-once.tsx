import { IconPrinter } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useKeep, type KeepWords } from './use-keep.ts';
import styles from './shown-once.module.css';

export interface ShownOnceProps {
  readonly label: string;
  /** The secret in pieces that can be typed. */
  readonly groups: readonly string[];
  readonly layout: 'recovery-code' | 'factor-codes' | 'backup-key';
  /** The sheet that is saved: somewhere on the page, never shown. */
  readonly sheet: RefObject<HTMLDivElement | null>;
  readonly words: KeepWords;
  readonly save: string;
  readonly putAway: string;
  readonly isPutAway: boolean;
  readonly onPutAway: (isPutAway: boolean) => void;
  readonly error?: string | undefined;
}

/** A secret that is shown this once: to save for printing, and to say that it is put away. */
export function ShownOnce({ label, groups, layout, sheet, words, save, putAway, isPutAway, onPutAway, error }: ShownOnceProps) {
  const keep = useKeep(sheet, words);
  return (
    <>
      <ol className={styles.secret} data-layout={layout} aria-label={label}>
        {groups.map((group, index) => (
          <li key={index} className={styles.group}>
            {group}
          </li>
        ))}
      </ol>
      <div className={styles.ways}>
        <ActionButton icon={IconPrinter} isWorking={keep.isSaving} onClick={() => void keep.save()}>
          {save}
        </ActionButton>
      </div>
      <p className={styles.note}>{keep.note === null ? '' : t(keep.note)}</p>
      {keep.error !== undefined && <ErrorNotice error={keep.error} />}
      <CheckField label={putAway} isChecked={isPutAway} onChange={onPutAway} {...(error === undefined ? {} : { error })} />
    </>
  );
}
