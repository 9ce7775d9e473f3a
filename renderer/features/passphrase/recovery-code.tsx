import { IconPrinter } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RecoverySheet, type CodeWords } from './recovery-sheet.tsx';
import { useKeep } from './use-keep.ts';
import styles from './recovery-code.module.css';

export interface RecoveryCodeProps {
  readonly words?: CodeWords;
  /** As the core gave it, UTF-8. Whoever shows it wipes it afterwards. */
  readonly code: Secret;
  readonly practice: string;
  readonly operator: string;
  readonly isPutAway: boolean;
  readonly onPutAway: (isPutAway: boolean) => void;
  /** Somebody wanted to go on before it was. */
  readonly isMissed?: boolean;
}

/** The recovery code, this once: to save for printing, and to say that it is put away. */
export function RecoveryCode({
  words = 'recovery-code',
  code,
  practice,
  operator,
  isPutAway,
  onPutAway,
  isMissed = false,
}: RecoveryCodeProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [groups] = useState(() => new TextDecoder().decode(code.reveal()).split(words === 'recovery-code' ? '-' : '\n'));
  const keep = useKeep(sheet, { sheet: `${words}.sheet-title`, file: `${words}.file`, save: `${words}.save-title` });
  return (
    <>
      <ol className={styles.code} data-words={words} aria-label={t(`${words}.label`)}>
        {groups.map((group, index) => (
          <li key={index} className={styles.group}>
            {group}
          </li>
        ))}
      </ol>
      <div className={styles.ways}>
        <ActionButton icon={IconPrinter} isWorking={keep.isSaving} onClick={() => void keep.save()}>
          {t(`${words}.save`)}
        </ActionButton>
      </div>
      <p className={styles.note}>{keep.note === null ? '' : t(keep.note)}</p>
      {keep.error !== undefined && <ErrorNotice error={keep.error} />}
      <CheckField
        label={t(`${words}.put-away`)}
        isChecked={isPutAway}
        onChange={onPutAway}
        {...(isMissed && !isPutAway ? { error: t(`${words}.first`) } : {})}
      />
      <RecoverySheet ref={sheet} className={styles.sheet} words={words} groups={groups} practice={practice} operator={operator} />
    </>
  );
}
