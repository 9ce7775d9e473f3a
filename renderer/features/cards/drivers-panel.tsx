import type { ModuleSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { Facts } from '../../ui/facts.tsx';
import { Folded } from '../../ui/folded.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { driverStates } from './driver-words.ts';
import styles from './drivers-panel.module.css';

/** The drivers that see cards: those that work quietly, the others with what to do. */
export function DriversPanel({ modules }: { readonly modules: readonly ModuleSummary[] }) {
  if (modules.length === 0) return null;
  return (
    <Panel title={t('drivers.title')}>
      <ul className={styles.list}>
        {modules.map((module) => (
          <Driver key={module.library} module={module} />
        ))}
      </ul>
    </Panel>
  );
}

function Driver({ module: { name, library, state, error } }: { readonly module: ModuleSummary }) {
  return (
    <li className={styles.driver}>
      <span className={styles.shape}>
        <StatusShape state={driverStates[state]} size={18} />
      </span>
      <div className={styles.words}>
        <p className={styles.name}>
          <bdi>{name}</bdi> <span className={styles.state}>{t(`drivers.${state}`)}</span>
        </p>
        <p className={styles.text}>{t(`drivers.${state}-text`)}</p>
        {error !== null && (
          <Folded title={t('drivers.for-it')}>
            <Facts
              rows={[
                { term: t('drivers.library'), value: <span className="mono">{library}</span> },
                { term: t('drivers.code'), value: `${error.message} (${error.code})` },
              ]}
            />
          </Folded>
        )}
      </div>
    </li>
  );
}
