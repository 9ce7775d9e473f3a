import { useState } from 'react';
import type { ApplicationView } from '../../../main/contract/applications.ts';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { State } from '../../ui/status.ts';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { ApplicationDialog, type ApplicationDecision } from './application-dialog.tsx';
import { applicationWords } from './application-words.ts';
import styles from '../../ui/panel-list.module.css';

export interface ApplicationsPanelProps {
  /** Only what is about them. */
  readonly person?: string;
  /** For the person themselves: what was decided, too. */
  readonly isOwn?: boolean;
}

/** How many of their own somebody sees. */
const shown = 5;

/** What was applied for and waits; nothing where nothing does. */
export function ApplicationsPanel({ person, isOwn = false }: ApplicationsPanelProps) {
  const { data, error } = useQuery('applications.list', person === undefined ? {} : { person });
  const [asked, setAsked] = useState<{ readonly application: ApplicationView; readonly decision: ApplicationDecision }>();
  if (error !== undefined) return <ErrorNotice error={error} />;
  const all = data?.applications ?? [];
  const listed = isOwn ? all.slice(0, shown) : all.filter(({ state }) => state === 'filed');
  return (
    <>
      {listed.length > 0 && (
        <Panel title={t(isOwn ? 'applications.own-title' : 'applications.title')} hint={isOwn ? undefined : t('applications.hint')} isFlush>
          <ul className={styles.list}>
            {listed.map((application) => (
              <Row
                key={application.id}
                application={application}
                isOwn={isOwn}
                onDecide={(decision) => setAsked({ application, decision })}
              />
            ))}
          </ul>
        </Panel>
      )}
      {asked !== undefined && <ApplicationDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

interface RowProps {
  readonly application: ApplicationView;
  readonly isOwn: boolean;
  readonly onDecide: (decision: ApplicationDecision) => void;
}

function Row({ application, isOwn, onDecide }: RowProps) {
  const may = useMay();
  const { data: status } = useQuery('workspace.status', {});
  const { filedBy, person, state } = application;
  const isMine = filedBy === status?.signedIn?.name || person === status?.signedIn?.personId;
  const words = applicationWords(application, isOwn);
  const decisions: readonly ApplicationDecision[] =
    state !== 'filed' ? [] : isMine ? ['withdraw'] : may('applications.approve') ? ['approve', 'refuse'] : [];
  return (
    <li className={styles.row}>
      <TwoLines first={<bdi>{words}</bdi>} second={<Second application={application} isOwn={isOwn} />} />
      <span className={styles.acts}>
        {decisions.map((decision) => (
          <ActionButton key={decision} size="row" onClick={() => onDecide(decision)} label={`${t(`applications.${decision}`)}: ${words}`}>
            {t(`applications.${decision}`)}
          </ActionButton>
        ))}
      </span>
    </li>
  );
}

const states = { filed: 'waiting', approved: 'fine', refused: 'stopped', withdrawn: 'ended' } as const satisfies Readonly<
  Record<ApplicationView['state'], State>
>;

function Second({ application, isOwn }: Omit<RowProps, 'onDecide'>) {
  const { state, filedBy, filedAt, decidedBy, decidedAt, reason, note } = application;
  return (
    <>
      <StatusText state={states[state]}>
        <bdi>{t(`applications.${state}`, { who: decidedBy ?? '', reason: reason ?? '' })}</bdi>
      </StatusText>
      {' · '}
      <DateText of={decidedAt ?? filedAt} as="short" />
      {!isOwn && <bdi> · {t('applications.filed-by', { who: filedBy })}</bdi>}
      {note !== null && <bdi> · {note}</bdi>}
    </>
  );
}
