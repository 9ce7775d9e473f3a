import { IconDownload, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { formatExact } from '../../i18n/dates.ts';
import { formatNumber, t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { useQuery } from '../../state/use-query.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Folded } from '../../ui/folded.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { CollectButton } from '../incidents/collect-button.tsx';
import { changesOf } from './changes.ts';
import { EntryProof } from './entry-proof.tsx';
import { errorWords, whoDid } from './entry-words.ts';
import { EntryLinks } from './entry-links.tsx';
import { EntryTitle } from './log-entries.tsx';
import { loggedEntry, proofFile, type ShownEntry } from './proof-file.ts';
import styles from './entry-panel.module.css';

export interface EntryPanelProps {
  readonly index: number;
  readonly onClose: () => void;
}

/** One entry beside the list: what was done, by whom, why, and the proof that it is in the log. */
export function EntryPanel({ index, onClose }: EntryPanelProps) {
  const query = useQuery('audit.show', { index });
  const panel = useRef<HTMLElement>(null);
  const isThere = query.data !== undefined;
  // Where it stands below the list, nobody would see that it opened.
  useEffect(() => {
    if (isThere && globalThis.matchMedia('(max-width: 999.98px)').matches) panel.current?.scrollIntoView();
  }, [isThere]);
  return (
    <section ref={panel} className={styles.panel} aria-label={t('entry.number', { number: index })}>
      <div className={styles.head}>
        <span className={styles.number}>{t('entry.number', { number: index })}</span>
        <IconButton icon={IconX} label={t('window.close')} onClick={onClose} size={28} />
      </div>
      <AnswerOf query={query}>{(entry) => <OpenEntry entry={entry} />}</AnswerOf>
    </section>
  );
}

function OpenEntry({ entry }: { readonly entry: ShownEntry }) {
  return (
    <>
      <h2 className={styles.title}>
        <EntryTitle entry={entry} />
      </h2>
      <Facts rows={factsOf(entry)} />
      <EntryLinks entry={entry} />
      <CollectButton evidence={{ entry: entry.index }} words={t('incidents.add-entry')} />
      <EntryProof entry={entry} />
      {entry.proof !== null && <SaveProof entry={entry} />}
      <Folded title={t('entry.exactly')}>
        <pre className={styles.exactly}>{JSON.stringify(loggedEntry(entry), null, 2)}</pre>
      </Folded>
    </>
  );
}

function factsOf(entry: ShownEntry) {
  const { outcome, reason, origin } = entry;
  const changes = changesOf(entry);
  const why = reason === null ? [] : [{ term: t('entry.why'), value: <bdi>{reason}</bdi> }];
  const result =
    outcome === 'success'
      ? { term: t('entry.changed'), value: <Changes lines={changes} /> }
      : { term: t('entry.outcome'), value: t(`entry.outcome.${outcome}`, { error: errorWords(entry.error) }) };
  return [
    { term: t('entry.when'), value: <time dateTime={entry.time}>{formatExact(entry.time)}</time> },
    { term: t('entry.who'), value: <PersonName name={whoDid(entry)} /> },
    { term: t('entry.where'), value: t(`entry.where.${origin.host}`, { machine: origin.machine }) },
    ...why,
    result,
  ];
}

function Changes({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return t('changed.nothing');
  return lines.map((line) => <div key={line}>{line}</div>);
}

function SaveProof({ entry }: { readonly entry: ShownEntry }) {
  const { save, isSaving, error } = useSaveFiles();
  const announce = useAnnounce();
  const saveProof = async () => {
    const path = await save(t('entry.save-proof-title', { number: formatNumber(entry.index) }), [proofFile(entry)]);
    if (path !== undefined) announce(t('entry.proof-saved'));
  };
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <div>
        <ActionButton size="row" icon={IconDownload} isWorking={isSaving} onClick={() => void saveProof()}>
          {t('entry.save-proof')}
        </ActionButton>
      </div>
    </>
  );
}
