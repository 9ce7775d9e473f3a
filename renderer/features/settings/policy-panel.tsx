import { useState, type ReactNode } from 'react';
import type { InputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SaveFoot } from './save-foot.tsx';
import styles from './settings.module.css';

interface PolicyPanelProps {
  readonly title: string;
  /** What the button that saves it says. */
  readonly save: string;
  /** What is other than what holds; nothing while nothing is. */
  readonly change: InputFor<'policies.set'>;
  readonly children: ReactNode;
}

/** Some of the practice's policies, saved together. */
export function PolicyPanel({ title, save, change, children }: PolicyPanelProps) {
  const [isSaved, setSaved] = useState(false);
  const set = useCommand('policies.set');
  const announce = useAnnounce();
  const isChanged = Object.keys(change).length > 0;
  const keep = async () => {
    if ((await set.run(change)) === undefined) return;
    setSaved(true);
    announce(t('settings.saved'));
  };
  return (
    <Panel title={title}>
      <div className={styles.rows}>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        {children}
        <SaveFoot label={save} isChanged={isChanged} isWorking={set.isRunning} isSaved={isSaved} onSave={() => void keep()} />
      </div>
    </Panel>
  );
}
