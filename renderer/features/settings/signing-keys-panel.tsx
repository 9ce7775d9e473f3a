import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SaveFoot } from './save-foot.tsx';
import styles from './settings.module.css';

/** Whether the vault keeps signing keys that people's mail programs are proved to have. */
export function SigningKeysPanel({ policies }: { readonly policies: OutputFor<'policies.show'> }) {
  const [keepSigningKeys, setKeep] = useState(policies.keepSigningKeys);
  const [isSaved, setSaved] = useState(false);
  const set = useCommand('policies.set');
  const announce = useAnnounce();
  const isChanged = keepSigningKeys !== policies.keepSigningKeys;
  const save = async () => {
    if ((await set.run({ keepSigningKeys })) === undefined) return;
    setSaved(true);
    announce(t('settings.saved'));
  };
  return (
    <Panel title={t('settings.signing-keys')}>
      <div className={styles.rows}>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        <CheckField
          label={t('settings.keep-signing-keys')}
          hint={t('settings.keep-signing-keys-hint')}
          isChecked={keepSigningKeys}
          onChange={(isKept) => {
            setSaved(false);
            setKeep(isKept);
          }}
        />
        <SaveFoot
          label={t('settings.save-signing-keys')}
          isChanged={isChanged}
          isWorking={set.isRunning}
          isSaved={isSaved}
          onSave={() => void save()}
        />
      </div>
    </Panel>
  );
}
