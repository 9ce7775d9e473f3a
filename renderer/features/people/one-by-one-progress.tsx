import { Sentence } from '../../i18n/sentence.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import type { OneByOne } from './use-one-by-one.ts';
import styles from './renew-people-dialog.module.css';

export interface OneByOneProgressProps {
  readonly going: OneByOne;
  readonly total: number;
  readonly words: {
    readonly progress: string;
    readonly count: (done: number) => string;
    readonly working: string;
    readonly done: (count: number) => string;
    readonly failed: (count: number) => string;
  };
}

/** How far it is, and for whom it did not work. */
export function OneByOneProgress({ going: { stage, done, failures, error }, total, words }: OneByOneProgressProps) {
  return (
    <div className={styles.progress}>
      {error !== undefined && <ErrorNotice error={error} />}
      <ProgressBar label={words.progress} total={total} done={done} needsYou={failures.length} />
      {stage === 'work' ? (
        <p>
          <strong>{words.count(done + failures.length)}</strong> {words.working}
        </p>
      ) : (
        done > 0 && <StatusText state="fine">{words.done(done)}</StatusText>
      )}
      {failures.length > 0 && (
        <>
          <StatusText state="stopped">{words.failed(failures.length)}</StatusText>
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
