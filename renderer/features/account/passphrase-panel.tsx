import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { ChangePassphraseDialog } from './change-passphrase-dialog.tsx';
import styles from './account.module.css';

interface PassphrasePanelProps {
  readonly name: string;
  readonly practice: string;
}

/** What the passphrase does, and the way to another one. */
export function PassphrasePanel({ name, practice }: PassphrasePanelProps) {
  const [isAsking, setAsking] = useState(false);
  const [isChanged, setChanged] = useState(false);
  return (
    <Panel title={t('account.passphrase')}>
      <div className={styles.line}>
        <div className={styles.words}>
          <p>{t('account.passphrase-line')}</p>
          {isChanged && (
            <StatusText state="fine" isSentence>
              {t('change-passphrase.changed')}
            </StatusText>
          )}
        </div>
        <ActionButton onClick={() => setAsking(true)}>{t('account.change-passphrase')}</ActionButton>
      </div>
      {isAsking && (
        <ChangePassphraseDialog
          known={[name, practice]}
          onClose={() => setAsking(false)}
          onChanged={() => {
            setChanged(true);
            setAsking(false);
          }}
        />
      )}
    </Panel>
  );
}
