import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { formatDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TurnOffDialog } from './turn-off-dialog.tsx';
import { TurnOnDialog } from './turn-on-dialog.tsx';
import styles from './account.module.css';

interface SecondFactorPanelProps {
  readonly name: string;
  readonly practice: string;
}

/** Whether the sign-in asks for a code as well, and the way to the other. */
export function SecondFactorPanel(names: SecondFactorPanelProps) {
  const query = useQuery('account.secondFactor', {});
  const begin = useCommand('account.beginSecondFactor');
  const [begun, setBegun] = useState<OutputFor<'account.beginSecondFactor'>>();
  const [isTurningOff, setTurningOff] = useState(false);
  const turnOn = async () => setBegun(await begin.run({}));
  const done = () => {
    begun?.uri.wipe();
    begun?.secret.wipe();
    setBegun(undefined);
  };
  if (query.data === undefined) return query.error === undefined ? null : <ErrorNotice error={query.error} />;
  const { since, codesLeft } = query.data;
  return (
    <Panel title={t('account.second-factor')}>
      <div className={styles.line}>
        <div className={styles.words}>
          <p>{t('account.second-factor-line')}</p>
          <Standing since={since} codesLeft={codesLeft} />
          {begin.error !== undefined && <ErrorNotice error={begin.error} />}
        </div>
        {since === null ? (
          <ActionButton isWorking={begin.isRunning} onClick={() => void turnOn()}>
            {t('account.turn-on')}
          </ActionButton>
        ) : (
          <ActionButton onClick={() => setTurningOff(true)}>{t('account.turn-off')}</ActionButton>
        )}
      </div>
      {begun !== undefined && <TurnOnDialog begun={begun} {...names} onClose={done} />}
      {isTurningOff && <TurnOffDialog onClose={() => setTurningOff(false)} />}
    </Panel>
  );
}

function Standing({ since, codesLeft }: { readonly since: string | null; readonly codesLeft: number }) {
  const now = useNow();
  if (since === null) return <p className={styles.quiet}>{t('account.factor-off')}</p>;
  return (
    <>
      <StatusText state="fine" isSentence>
        {t('account.factor-on', { day: formatDay(since, now) })}
      </StatusText>
      <StatusText state={codesLeft > 2 ? 'fine' : 'soon'} isSentence>
        {t('account.codes-left', { count: codesLeft })}
      </StatusText>
    </>
  );
}
