import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { fourEyesActs, type FourEyesAct } from '../../../main/domain/access/four-eyes.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SaveFoot } from './save-foot.tsx';
import styles from './settings.module.css';

type Policies = OutputFor<'policies.show'>;

/** What one officer does not do alone, and whether one alone may open the escrow in an emergency. */
export function EyesPanel({ policies }: { readonly policies: Policies }) {
  const [fourEyes, setFourEyes] = useState<readonly FourEyesAct[]>(policies.fourEyes);
  const [breakGlass, setBreakGlass] = useState(policies.breakGlass);
  const [isSaved, setSaved] = useState(false);
  const set = useCommand('policies.set');
  const announce = useAnnounce();
  const isOther = fourEyesActs.some((act) => fourEyes.includes(act) !== policies.fourEyes.includes(act));
  const isChanged = isOther || breakGlass !== policies.breakGlass;
  const choose = (act: FourEyesAct, isChosen: boolean) => {
    setSaved(false);
    setFourEyes(fourEyesActs.filter((one) => (one === act ? isChosen : fourEyes.includes(one))));
  };
  const save = async () => {
    const change = { ...(isOther ? { fourEyes: [...fourEyes] } : {}), ...(breakGlass === policies.breakGlass ? {} : { breakGlass }) };
    if ((await set.run(change)) === undefined) return;
    setSaved(true);
    announce(t('settings.saved'));
  };
  return (
    <Panel title={t('settings.protection')}>
      <div className={styles.rows}>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        <p>{t('settings.four-eyes-line')}</p>
        {fourEyesActs.map((act) => (
          <CheckField
            key={act}
            label={t(`settings.four-eyes-${act}`)}
            isChecked={fourEyes.includes(act)}
            onChange={(isChosen) => choose(act, isChosen)}
          />
        ))}
        <CheckField
          label={t('settings.break-glass')}
          hint={t('settings.break-glass-hint')}
          isChecked={breakGlass}
          onChange={(isChosen) => {
            setSaved(false);
            setBreakGlass(isChosen);
          }}
        />
        <SaveFoot
          label={t('settings.save-eyes')}
          isChanged={isChanged}
          isWorking={set.isRunning}
          isSaved={isSaved}
          onSave={() => void save()}
        />
      </div>
    </Panel>
  );
}
