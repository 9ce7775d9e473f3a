import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { PersonName } from '../../ui/person-name.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { HandedPassword } from '../people/handed-password.tsx';
import type { Making } from './use-making.ts';
import styles from '../people/person-dialogs.module.css';

/** How far it is, where everything lies, and for whom it did not work. */
export function MakingProgress({ making: { stage, total, done, failures, places, password } }: { readonly making: Making }) {
  return (
    <>
      <ProgressBar label={t('packages.progress')} total={total} done={done} needsYou={failures.length} />
      {stage === 'work' && <p>{t('packages.working', { done: done + failures.length, total })}</p>}
      {stage === 'done' && done > 0 && (
        <StatusText state="fine" isSentence>
          {t('packages.made', { count: done })}
        </StatusText>
      )}
      {stage === 'done' && places !== undefined && done > 0 && (
        <div className={styles.rows}>
          <p>{t('packages.packages-in', { path: places.packages })}</p>
          {places.passwords !== undefined && <p>{t('packages.passwords-in', { path: places.passwords })}</p>}
        </div>
      )}
      {stage === 'done' && password !== undefined && <HandedPassword password={password.secret} name={password.name} />}
      {failures.length > 0 && (
        <>
          <StatusText state="stopped">{t('packages.failed', { count: failures.length })}</StatusText>
          <ul>
            {failures.map(({ id, name, reason }) => (
              <li key={id}>
                <Sentence of="renewal.failure" with={{ name: <PersonName name={name} />, reason }} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
