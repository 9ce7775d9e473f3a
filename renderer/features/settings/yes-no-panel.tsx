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

interface YesNoPanelProps {
  readonly policies: OutputFor<'policies.show'>;
  readonly policy: 'keepSigningKeys' | 'listsNamePoint';
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  /** What the button that saves it says. */
  readonly save: string;
}

/** One policy that is a matter of yes or no. */
export function YesNoPanel({ policies, policy, title, label, hint, save }: YesNoPanelProps) {
  const [isWanted, setWanted] = useState(policies[policy]);
  const [isSaved, setSaved] = useState(false);
  const set = useCommand('policies.set');
  const announce = useAnnounce();
  const keep = async () => {
    if ((await set.run({ [policy]: isWanted })) === undefined) return;
    setSaved(true);
    announce(t('settings.saved'));
  };
  return (
    <Panel title={title}>
      <div className={styles.rows}>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        <CheckField
          label={label}
          hint={hint}
          isChecked={isWanted}
          onChange={(isChecked) => {
            setSaved(false);
            setWanted(isChecked);
          }}
        />
        <SaveFoot
          label={save}
          isChanged={isWanted !== policies[policy]}
          isWorking={set.isRunning}
          isSaved={isSaved}
          onSave={() => void keep()}
        />
      </div>
    </Panel>
  );
}
