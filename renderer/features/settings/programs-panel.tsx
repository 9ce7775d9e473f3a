import { useState } from 'react';
import { deliverableKitIds, mailKitName } from '../../../main/domain/mail-client/kit/kits.ts';
import { mailClientIds, mailClientNames } from '../../../main/domain/mail-client/mail-client.ts';
import type { MailProgramId } from '../../../main/domain/mail-client/test-message.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SaveFoot } from './save-foot.tsx';
import styles from './settings.module.css';

const programs: readonly { readonly id: MailProgramId; readonly name: string }[] = [
  ...mailClientIds.map((id) => ({ id, name: mailClientNames[id] })),
  ...deliverableKitIds.filter((id) => id !== 'files').map((id) => ({ id, name: mailKitName(id) })),
];

/** Which mail programs the practice reads mail in: keys are made of a kind that all of them can use. */
export function ProgramsPanel({ policies }: { readonly policies: OutputFor<'policies.show'> }) {
  const [chosen, setChosen] = useState(policies.mailPrograms);
  const [isSaved, setSaved] = useState(false);
  const set = useCommand('policies.set');
  const announce = useAnnounce();
  const isChanged = chosen.length !== policies.mailPrograms.length || chosen.some((id) => !policies.mailPrograms.includes(id));
  const save = async () => {
    if ((await set.run({ mailPrograms: [...chosen] })) === undefined) return;
    setSaved(true);
    announce(t('settings.saved'));
  };
  const toggle = (id: MailProgramId, isChosen: boolean) => {
    setSaved(false);
    setChosen(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id));
  };
  return (
    <Panel title={t('settings.programs')}>
      <div className={styles.rows}>
        <p>{t('settings.programs-line')}</p>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        {programs.map(({ id, name }) => (
          <CheckField key={id} label={name} isChecked={chosen.includes(id)} onChange={(isChosen) => toggle(id, isChosen)} />
        ))}
        <SaveFoot
          label={t('settings.save-programs')}
          isChanged={isChanged}
          isWorking={set.isRunning}
          isSaved={isSaved}
          onSave={() => void save()}
        />
      </div>
    </Panel>
  );
}
