import { useState } from 'react';
import type { ApprovalView } from '../../../main/contract/approvals.ts';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { sentenceOf } from './approval-words.ts';
import { ApprovalDialog, type ApprovalDecision } from './approval-dialog.tsx';
import styles from '../../ui/panel-list.module.css';

/** Acts that wait for a second officer; nothing where none does. */
export function ApprovalsPanel() {
  const { data, error } = useQuery('approvals.list', {});
  const { data: status } = useQuery('workspace.status', {});
  const [asked, setAsked] = useState<{ readonly approval: ApprovalView; readonly decision: ApprovalDecision }>();
  const isOfficer = useMay()('approvals.approve');
  if (error !== undefined) return <ErrorNotice error={error} />;
  const open = data?.approvals.filter(({ state }) => state === 'asked' || state === 'approved') ?? [];
  const me = status?.signedIn?.name;
  return (
    <>
      {open.length > 0 && (
        <Panel title={t('approvals.title')} hint={t('approvals.hint')} isFlush>
          <ul className={styles.list}>
            {open.map((approval) => (
              <li key={approval.id} className={styles.row}>
                <TwoLines first={<bdi>{sentenceOf(approval)}</bdi>} second={<Second approval={approval} />} />
                <span className={styles.acts}>
                  {isOfficer &&
                    decisionsOf(approval, me).map((decision) => (
                      <ActionButton
                        key={decision}
                        size="row"
                        onClick={() => setAsked({ approval, decision })}
                        label={`${t(`approvals.${decision}`)}: ${sentenceOf(approval)}`}
                      >
                        {t(`approvals.${decision}`)}
                      </ActionButton>
                    ))}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {asked !== undefined && <ApprovalDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

const decisionsOf = ({ askedBy, state }: ApprovalView, me: string | undefined): readonly ApprovalDecision[] =>
  askedBy === me || state === 'approved' ? ['take-back'] : ['approve', 'refuse'];

function Second({ approval: { askedBy, state, decidedBy, expiresAt } }: { readonly approval: ApprovalView }) {
  const words =
    state === 'approved'
      ? t('approvals.approved-by', { who: decidedBy ?? '', asking: askedBy })
      : t('approvals.asked-by', { who: askedBy });
  return (
    <>
      <StatusText state={state === 'approved' ? 'working' : 'waiting'}>
        <bdi>{words}</bdi>
      </StatusText>
      {' · '}
      {t('approvals.until')} <DateText of={expiresAt} as="short" />
    </>
  );
}
