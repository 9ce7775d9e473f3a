import { useState } from 'react';
import type { SinkView } from '../../../main/contract/sinks.ts';
import { formatFullDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { AddSinkDialog } from './add-sink-dialog.tsx';
import { errorWords } from './entry-words.ts';
import styles from './save-log-dialog.module.css';

/** Other systems that get the entries of the log, and whether they do. */
export function SinksDialog({ onClose }: { readonly onClose: () => void }) {
  const { data, error } = useQuery('sinks.list', {});
  const [isAdding, setAdding] = useState(false);
  if (isAdding) return <AddSinkDialog onClose={() => setAdding(false)} />;
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('sinks.close')}
      </ActionButton>
      <Permitted call="sinks.add">
        <ActionButton kind="filled" onClick={() => setAdding(true)}>
          {t('sinks.add')}
        </ActionButton>
      </Permitted>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('sinks.title')} line={t('sinks.line')} actions={actions} width={640}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        {data?.sinks.length === 0 && <p className={styles.text}>{t('sinks.none')}</p>}
        {(data?.sinks ?? []).map((sink) => (
          <Sink key={sink.name} sink={sink} />
        ))}
      </div>
    </Dialog>
  );
}

function Sink({ sink }: { readonly sink: SinkView }) {
  const { name, kind, place, waiting, failure } = sink;
  const test = useCommand('sinks.test');
  const remove = useCommand('sinks.remove');
  const announce = useAnnounce();
  const [isReached, setReached] = useState(false);
  const reach = async () => {
    setReached(false);
    if ((await test.run({ name })) === undefined) return;
    setReached(true);
    announce(t('sinks.reached', { name }));
  };
  const error = test.error ?? remove.error;
  return (
    <section aria-label={name}>
      <h3 className={styles.label}>{name}</h3>
      <p className={styles.text}>
        {t(`sinks.kind-${kind}`)} <bdi>{place}</bdi>
      </p>
      <StatusText state={failure === null ? 'fine' : 'stopped'} isSentence>
        {failure === null ? t('sinks.works', { count: waiting }) : failureWords(failure, waiting)}
      </StatusText>
      {isReached && <p className={styles.text}>{t('sinks.reached', { name })}</p>}
      {error !== undefined && <ErrorNotice error={error} />}
      <Permitted call="sinks.remove">
        <div className={styles.links}>
          <LinkButton onClick={() => void reach()}>{t('sinks.try', { name })}</LinkButton>
          <LinkButton onClick={() => void remove.run({ name })}>{t('sinks.remove', { name })}</LinkButton>
        </div>
      </Permitted>
    </section>
  );
}

const failureWords = ({ since, error }: NonNullable<SinkView['failure']>, waiting: number): string =>
  `${t('sinks.fails', { day: formatFullDay(since), count: waiting })} ${errorWords(error)}`;
