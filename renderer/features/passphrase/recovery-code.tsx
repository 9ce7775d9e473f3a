import { IconPrinter } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { FileContent, type Secret } from '../../../main/contract/client.ts';
import type { Api } from '../../api.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RecoverySheet, sheetDocument, type CodeWords } from './recovery-sheet.tsx';
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
  const keep = useKeep(words, sheet);
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

interface Keep {
  readonly save: () => Promise<void>;
  readonly isSaving: boolean;
  readonly note: MessageKey | null;
  readonly error: unknown;
}

function useKeep(words: CodeWords, sheet: { readonly current: HTMLElement | null }): Keep {
  const api = useApi();
  const announce = useAnnounce();
  const [note, setNote] = useState<MessageKey | null>(null);
  const [error, setError] = useState<unknown>();
  const [isSaving, setSaving] = useState(false);
  const tell = (done: MessageKey) => {
    setNote(done);
    announce(t(done));
  };
  const attempt = async (act: () => Promise<MessageKey | null>) => {
    setError(undefined);
    const done = await act().catch((reason: unknown) => {
      setError(reason);
      return null;
    });
    if (done !== null) tell(done);
  };
  const save = async () => {
    if (sheet.current === null) return;
    const bytes = sheetDocument(words, sheet.current);
    setSaving(true);
    await attempt(async () => ((await savePdf(api, words, bytes)) ? (`${words}.saved` as const) : null));
    setSaving(false);
  };
  return { save, isSaving, note, error };
}

/** False when the person chose no place for it. */
async function savePdf(api: Api, words: CodeWords, html: Uint8Array): Promise<boolean> {
  const printed = await api.shell('printToPdf', { files: [new FileContent(`${t(`${words}.file`)}.html`, html)] });
  const files = printed.files.map(({ name, bytes }) => new FileContent(name, bytes));
  const saved = await api.shell('saveFiles', { title: t(`${words}.save-title`), files });
  return saved.path !== null;
}
