import { useState } from 'react';
import type { OpenRequest } from '../../../main/contract/requests.ts';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useQuery } from '../../state/use-query.ts';
import { Panel } from '../../ui/panel.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import { WaitingRow } from './waiting-row.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';
import styles from './waiting.module.css';

type Asked = { readonly act: 'answer' } | { readonly act: 'withdraw'; readonly request: OpenRequest };

/** The requests to authorities outside that wait: all of them, or one person's. Nothing where none does. */
export function WaitingRequests({ person }: { readonly person?: string }) {
  const { data } = useQuery('requests.open', {});
  const may = useMay();
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const waiting = (data?.requests ?? []).filter((request) => person === undefined || request.person === person);
  return (
    <>
      {waiting.length > 0 && (
        <Panel title={t('waiting.title')}>
          <ul className={styles.list}>
            {waiting.map((request) => (
              <WaitingRow
                key={request.request}
                request={request.request}
                fileCall="requests.file"
                name={t(`outside.purpose.${request.purpose}`)}
                about={request.emails.join(', ')}
                createdAt={request.createdAt}
                canAct={may('requests.accept')}
                onAnswer={() => setAsked({ act: 'answer' })}
                onWithdraw={() => setAsked({ act: 'withdraw', request })}
              />
            ))}
          </ul>
        </Panel>
      )}
      {asked?.act === 'answer' && <AnswerDialog onClose={close} />}
      {asked?.act === 'withdraw' && (
        <WithdrawDialog
          call="requests.withdraw"
          request={asked.request.request}
          title={t('withdraw.title', { name: asked.request.emails.join(', ') })}
          onClose={close}
        />
      )}
    </>
  );
}
