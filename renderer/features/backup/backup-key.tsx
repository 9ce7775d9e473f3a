import { useRef, useState, type Ref } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { formatFullDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { useNow } from '../../ui/clock.tsx';
import { ShownOnce } from '../passphrase/shown-once.tsx';
import type { KeepWords } from '../passphrase/use-keep.ts';
import styles from '../../ui/panel-list.module.css';

export interface BackupKeyProps {
  /** As the core gave it, ASCII. Whoever shows it wipes it afterwards. */
  readonly secret: Secret;
  readonly isPutAway: boolean;
  readonly onPutAway: (isPutAway: boolean) => void;
}

const words: KeepWords = { sheet: 'backup-key.sheet-title', file: 'backup-key.file', save: 'backup-key.save-title' };
const beginning = 'AGE-SECRET-KEY-1';
const groupLength = 6;

/** The backup key, this once: to save for printing, and to say that it is put away. */
export function BackupKey({ secret, isPutAway, onPutAway }: BackupKeyProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [text] = useState(() => new TextDecoder().decode(secret.reveal()));
  const groups = groupsOf(text);
  return (
    <div className={styles.rows}>
      <ShownOnce
        label={t('backup-key.label')}
        groups={groups}
        layout="backup-key"
        sheet={sheet}
        words={words}
        save={t('recovery-code.save')}
        putAway={t('backup-key.put-away')}
        isPutAway={isPutAway}
        onPutAway={onPutAway}
      />
      <BackupSheet ref={sheet} text={text} groups={groups} />
    </div>
  );
}

/** What is the same for every key, then what is not, in pieces that can be typed. */
function groupsOf(text: string): readonly string[] {
  const rest = text.slice(beginning.length);
  const count = Math.ceil(rest.length / groupLength);
  return [beginning, ...Array.from({ length: count }, (_, at) => rest.slice(at * groupLength, (at + 1) * groupLength))];
}

interface SheetProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly text: string;
  readonly groups: readonly string[];
}

const typed = { fontSize: '15pt', lineHeight: 1.6, fontFamily: 'monospace' } as const;
const oneLine = { fontSize: '9.5pt', fontFamily: 'monospace' } as const;

/** What is on the sheet: plain paragraphs, never shown here, made into a document of its own. */
function BackupSheet({ ref, text, groups: [first, ...rest] }: SheetProps) {
  const made = formatFullDay(useNow());
  const { data: status } = useQuery('workspace.status', {});
  const lines = [rest.slice(0, 5), rest.slice(5)].map((line) => line.join('  '));
  return (
    <div ref={ref} hidden>
      <h1>{t('backup-key.sheet-title')}</h1>
      <p>
        <bdi>{t('backup-key.sheet-for', { practice: status?.practiceName ?? '' })}</bdi>
        <br />
        {t('backup-key.sheet-made', { date: made })}
      </p>
      <pre style={typed}>{[first, ...lines].join('\n')}</pre>
      <p>{t('backup-key.sheet-what')}</p>
      <p>{t('backup-key.sheet-keep')}</p>
      <p>{t('backup-key.sheet-use')}</p>
      <p>{t('backup-key.sheet-without')}</p>
      <pre style={oneLine}>{`${text}\n\n${t('backup-key.sheet-command')}`}</pre>
    </div>
  );
}
