import { useState } from 'react';
import type { WaitingAuthority } from '../../../main/contract/offline.ts';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useQuery } from '../../state/use-query.ts';
import { Panel } from '../../ui/panel.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { algorithmName } from '../certificates/names.ts';
import { WaitingRow } from '../requests/waiting-row.tsx';
import { WithdrawDialog } from '../requests/withdraw-dialog.tsx';
import { AcceptAuthorityDialog } from './accept-authority-dialog.tsx';
import styles from '../requests/waiting.module.css';

/** What its key is and where. */
const keyWords = ({ algorithm, keyToken }: WaitingAuthority): string =>
  keyToken === null
    ? t('authorities.key.vault', { algorithm: algorithmName(algorithm) })
    : t('carried.key-card', { algorithm: algorithmName(algorithm), ending: cardEnding({ serialNumber: keyToken }) });

/** Authorities here that wait for their certificate, for whoever may do something about it. */
export function WaitingAuthorities() {
  return useMay()('offline.requests') ? <Waiting /> : null;
}

function Waiting() {
  const { data } = useQuery('offline.requests', {});
  const [isAnswered, setAnswered] = useState(false);
  const [withdrawn, setWithdrawn] = useState<WaitingAuthority>();
  const waiting = data?.requests ?? [];
  return (
    <>
      {waiting.length > 0 && (
        <Panel title={t('carried.waiting')}>
          <ul className={styles.list}>
            {waiting.map((authority) => (
              <WaitingRow
                key={authority.request}
                request={authority.request}
                fileCall="offline.requestFile"
                name={authority.name}
                about={keyWords(authority)}
                createdAt={authority.createdAt}
                canAct
                onAnswer={() => setAnswered(true)}
                onWithdraw={() => setWithdrawn(authority)}
              />
            ))}
          </ul>
        </Panel>
      )}
      {isAnswered && <AcceptAuthorityDialog onClose={() => setAnswered(false)} />}
      {withdrawn !== undefined && (
        <WithdrawDialog
          call="offline.withdraw"
          request={withdrawn.request}
          title={t('withdraw.title', { name: withdrawn.name })}
          onClose={() => setWithdrawn(undefined)}
        />
      )}
    </>
  );
}
