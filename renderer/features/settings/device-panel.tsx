import type { OutputFor } from '../../api.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { State } from '../../ui/status.ts';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './settings.module.css';

type Status = OutputFor<'device.status'>;

const states: Readonly<Record<Status['state'], State>> = {
  off: 'ended',
  ready: 'fine',
  unusable: 'soon',
  emptied: 'stopped',
  replaced: 'stopped',
};

/** Whether this computer goes on with lists and OCSP responses while nobody is signed in. */
export function DevicePanel() {
  const { data: status, error } = useQuery('device.status', {});
  const enable = useCommand('device.enable');
  const disable = useCommand('device.disable');
  const isOff = status?.state === 'off';
  const command = isOff ? enable : disable;
  return (
    <Panel title={t('settings.device')}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <p>
          <Sentence of="settings.device-line" with={{ command: <code className="mono">keyward device run --out FOLDER</code> }} />
        </p>
        {status !== undefined && <Standing status={status} />}
        <Permitted call="device.enable">
          <div className={styles.foot}>
            <ActionButton
              isDisabled={status === undefined}
              isWorking={enable.isRunning || disable.isRunning}
              onClick={() => void command.run({})}
            >
              {t(isOff ? 'settings.device-enable' : 'settings.device-disable')}
            </ActionButton>
          </div>
        </Permitted>
      </div>
    </Panel>
  );
}

function Standing({ status: { state, device, lists } }: { readonly status: Status }) {
  return (
    <>
      <StatusText state={states[state]} isSentence>
        {t(`settings.device-${state}`, { machine: device?.machine ?? '' })}
      </StatusText>
      {lists.length > 0 && (
        <ul className={styles.lists}>
          {lists.map(({ authority, name, until }) => (
            <li key={authority}>
              <bdi>{name}</bdi>
              {': '}
              {until === null ? t('settings.device-needs') : t('settings.device-until')}{' '}
              {until !== null && <DateText of={until} as="short" />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
