import { useState } from 'react';
import type { SubmissionView } from '../../../main/contract/submission.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ServerForm } from './server-form.tsx';
import styles from './settings.module.css';

/** Where test messages come from, and the mail server that sends them. */
export function SubmissionPanel() {
  const { data, error } = useQuery('submission.show', {});
  return (
    <Panel title={t('submission.title')}>
      <div className={styles.rows}>
        <p>{t('submission.line')}</p>
        {error !== undefined && <ErrorNotice error={error} />}
        {data !== undefined && (
          <>
            <SenderRow view={data} />
            <ServerForm key={JSON.stringify(data.server)} server={data.server} />
          </>
        )}
      </div>
    </Panel>
  );
}

function SenderRow({ view: { sender } }: { readonly view: SubmissionView }) {
  const [address, setAddress] = useState(sender?.address ?? '');
  const set = useCommand('submission.setSender');
  const announce = useAnnounce();
  const save = async () => {
    if ((await set.run({ person: address })) !== undefined) announce(t('settings.saved'));
  };
  return (
    <>
      {set.error !== undefined && <ErrorNotice error={set.error} />}
      <TextField
        label={t('submission.sender')}
        hint={t('submission.sender-hint')}
        value={address}
        onChange={setAddress}
        maxLength={320}
        placeholder="keys@"
      />
      {(address.trim() !== (sender?.address ?? '') || sender === null) && (
        <div>
          <ActionButton isDisabled={address.trim() === ''} isWorking={set.isRunning} onClick={() => void save()}>
            {t('submission.choose')}
          </ActionButton>
        </div>
      )}
      {sender !== null && address.trim() === sender.address && (
        <StatusText state="fine" isSentence>
          {t('submission.chosen', { address: sender.address })}
        </StatusText>
      )}
    </>
  );
}
