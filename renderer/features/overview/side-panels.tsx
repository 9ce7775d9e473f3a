import { IconShieldCheck } from '@tabler/icons-react';
import type { Overview } from '../../../main/contract/reports.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useSignInNews } from '../../state/sign-in-news.ts';
import { useNow } from '../../ui/clock.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './side-panels.module.css';

/** How long the log is and when its total was signed. */
export function AuditPanel({ audit }: { readonly audit: Overview['audit'] }) {
  const go = useGo();
  const signedEntries = useSignInNews((news) => news.signedEntries);
  const open = (
    <LinkButton label={t('overview.open-audit')} onClick={() => go({ name: 'audit' })}>
      {t('overview.open')}
    </LinkButton>
  );
  return (
    <Panel title={t('overview.audit')} action={open}>
      <div className={styles.seal}>
        <IconShieldCheck className={styles.shield} size={32} stroke={1.5} aria-hidden />
        <div>
          <p className={styles.strong}>{t('overview.audit-entries', { count: audit.entries })}</p>
          <p className={styles.small}>
            {audit.signedAt === null ? (
              t('overview.audit-unsigned')
            ) : (
              <Sentence of="overview.audit-signed" with={{ ago: <DateText of={audit.signedAt} as="ago" /> }} />
            )}
          </p>
        </div>
      </div>
      {signedEntries > 0 && <p className={styles.more}>{t('overview.audit-tail', { count: signedEntries })}</p>}
    </Panel>
  );
}

/** How many of those who should be able to sign and open secure mail are. */
export function CoveredPanel({ people, covered, left, todo }: Pick<Overview, 'people' | 'covered' | 'left' | 'todo'>) {
  const go = useGo();
  const toGo = people - covered;
  const label = t('overview.covered-label');
  const action =
    toGo === 0 ? undefined : (
      <LinkButton onClick={() => go({ name: 'people', filter: todo.some(({ kind }) => kind === 'uncovered') ? 'uncovered' : 'attention' })}>
        {t('overview.people-to-go')}
      </LinkButton>
    );
  return (
    <Panel title={t('overview.covered')} action={action}>
      <div className={styles.line}>
        <span>{label}</span>
        <span className={styles.aside}>{t('overview.to-go', { count: toGo })}</span>
      </div>
      <div className={styles.measure}>
        <ProgressBar label={label} total={people} done={covered} height={6} />
        <span className={styles.aside}>
          <Sentence of="overview.of" with={{ done: <strong className={styles.strong}>{covered}</strong>, total: people }} />
        </span>
      </div>
      {left > 0 && <p className={styles.more}>{t('overview.left', { count: left })}</p>}
    </Panel>
  );
}

/** Each authority's newest list of revoked certificates. */
export function ListsPanel({ lists }: Pick<Overview, 'lists'>) {
  const now = useNow();
  return (
    <Panel title={t('overview.lists')}>
      <ul className={styles.lists}>
        {lists.map((list) => (
          <li key={list.authority} className={styles.list}>
            <bdi className={styles.strong}>{list.name}</bdi>
            <span className={styles.small}>
              {list.nextUpdate === null ? (
                <StatusText state="waiting">{t('overview.list-none')}</StatusText>
              ) : (
                <ListEnd nextUpdate={list.nextUpdate} isOver={new Date(list.nextUpdate) <= now} />
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.more}>{t('overview.lists-hint')}</p>
    </Panel>
  );
}

function ListEnd({ nextUpdate, isOver }: { readonly nextUpdate: string; readonly isOver: boolean }) {
  return (
    <StatusText state={isOver ? 'stopped' : 'fine'}>
      <Sentence of={isOver ? 'overview.list-over' : 'overview.list-good'} with={{ date: <DateText of={nextUpdate} /> }} />
    </StatusText>
  );
}
