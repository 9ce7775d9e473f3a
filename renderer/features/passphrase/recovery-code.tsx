import { useRef, useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { RecoverySheet, type CodeWords } from './recovery-sheet.tsx';
import { ShownOnce } from './shown-once.tsx';

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
  return (
    <>
      <ShownOnce
        label={t(`${words}.label`)}
        groups={groups}
        layout={words}
        sheet={sheet}
        words={{ sheet: `${words}.sheet-title`, file: `${words}.file`, save: `${words}.save-title` }}
        save={t(`${words}.save`)}
        putAway={t(`${words}.put-away`)}
        isPutAway={isPutAway}
        onPutAway={onPutAway}
        error={isMissed && !isPutAway ? t(`${words}.first`) : undefined}
      />
      <RecoverySheet ref={sheet} words={words} groups={groups} practice={practice} operator={operator} />
    </>
  );
}
