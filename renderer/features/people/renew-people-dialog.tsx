import { useRef, useState } from 'react';
import type { PersonSummary } from '../../../main/contract/people.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { areasTouchedBy, refreshAreas } from '../../state/refresh.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { wordingOf } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './renew-people-dialog.module.css';

export interface RenewPeopleDialogProps {
  readonly people: readonly PersonSummary[];
  readonly onClose: () => void;
}

interface Failure {
  readonly person: PersonSummary;
  readonly reason: string;
}

interface Renewal {
  readonly stage: 'ask' | 'work' | 'done';
  readonly done: number;
  readonly failures: readonly Failure[];
}

/** Renews one person after the other, each a change of its own in the log. */
function useRenewal(people: readonly PersonSummary[]) {
  const api = useApi();
  const announce = useAnnounce();
  const isStopping = useRef(false);
  const [renewal, setRenewal] = useState<Renewal>({ stage: 'ask', done: 0, failures: [] });
  const start = async () => {
    let done = 0;
    const failures: Failure[] = [];
    setRenewal({ stage: 'work', done, failures });
    for (const person of people) {
      if (isStopping.current) break;
      await api.call('certificates.renew', { person: person.id }).then(
        () => done++,
        (error: unknown) => failures.push({ person, reason: wordingOf(error).text }),
      );
      setRenewal({ stage: 'work', done, failures: [...failures] });
    }
    refreshAreas(api.cache, areasTouchedBy('certificates.renew'));
    setRenewal({ stage: 'done', done, failures: [...failures] });
    announce(t('renewal.done', { count: done }));
  };
  return { renewal, start, stop: () => (isStopping.current = true) };
}

/** Asks, renews and says line by line what could not be done. */
export function RenewPeopleDialog({ people, onClose }: RenewPeopleDialogProps) {
  const [asked] = useState(people);
  const count = asked.length;
  const { renewal, start, stop } = useRenewal(asked);
  const close = renewal.stage === 'work' ? () => undefined : onClose;
  const actions = {
    ask: (
      <>
        <ActionButton onClick={onClose} takesFocus>
          {t('renewal.not-now')}
        </ActionButton>
        <ActionButton kind="filled" onClick={() => void start()}>
          {t('renewal.start', { count })}
        </ActionButton>
      </>
    ),
    work: <ActionButton onClick={stop}>{t('renewal.stop')}</ActionButton>,
    done: (
      <ActionButton kind="filled" onClick={onClose} takesFocus>
        {t('renewal.close')}
      </ActionButton>
    ),
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('renewal.title', { count })}
      line={t('renewal.line')}
      actions={actions[renewal.stage]}
      width={520}
    >
      {renewal.stage !== 'ask' && <RenewalProgress renewal={renewal} total={count} />}
    </Dialog>
  );
}

function RenewalProgress({ renewal: { stage, done, failures }, total }: { readonly renewal: Renewal; readonly total: number }) {
  return (
    <div className={styles.progress}>
      <ProgressBar label={t('renewal.progress')} total={total} done={done} needsYou={failures.length} />
      {stage === 'work' ? (
        <p>
          <strong>{t('renewal.count', { done: done + failures.length, total })}</strong> {t('renewal.working')}
        </p>
      ) : (
        <StatusText state="fine">{t('renewal.done', { count: done })}</StatusText>
      )}
      {failures.length > 0 && (
        <>
          <StatusText state="stopped">{t('renewal.failed', { count: failures.length })}</StatusText>
          <ul className={styles.failures}>
            {failures.map(({ person, reason }) => (
              <li key={person.id}>
                <Sentence of="renewal.failure" with={{ name: <PersonName name={person.name} />, reason }} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
