import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';
import { useKeep, type KeepWords } from './use-keep.ts';
import styles from './recovery-code.module.css';

export interface RecoveryCodeProps {
  /** As the core gave it, UTF-8. Whoever shows it wipes it afterwards. */
  readonly code: Secret;
  readonly practice: string;
  readonly operator: string;
  readonly isPutAway: boolean;
  readonly onPutAway: (isPutAway: boolean) => void;
}

const words: KeepWords = {
  sheet: 'recovery-code.sheet-title',
  file: 'recovery-code.file',
  save: 'recovery-code.save-title',
};

/** The recovery code, this once: to save for printing, to copy, and to say that it is put away. */
export function RecoveryCode({ code, practice, operator, isPutAway, onPutAway }: RecoveryCodeProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [groups] = useState(() => new TextDecoder().decode(code.reveal()).split('-'));
  const keep = useKeep(groups.join('-'), sheet, words);
  return (
    <>
      <ol className={styles.code} aria-label={t('recovery-code.label')}>
        {groups.map((group, index) => (
          <li key={index} className={styles.group}>
            {group}
          </li>
        ))}
      </ol>
      <div className={styles.ways}>
        <ActionButton icon={IconPrinter} isWorking={keep.isSaving} onClick={() => void keep.save()}>
          {t('recovery-code.save')}
        </ActionButton>
        <ActionButton icon={IconCopy} onClick={keep.copy}>
          {t('recovery-code.copy')}
        </ActionButton>
      </div>
      <p className={styles.note}>{keep.note === null ? '' : t(keep.note)}</p>
      {keep.error !== undefined && <ErrorNotice error={keep.error} />}
      <CheckField label={t('recovery-code.put-away')} isChecked={isPutAway} onChange={onPutAway} />
      <RecoverySheet ref={sheet} className={styles.sheet} groups={groups} practice={practice} operator={operator} />
    </>
  );
}
