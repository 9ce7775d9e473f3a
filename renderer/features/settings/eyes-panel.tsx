import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { fourEyesActs, type FourEyesAct } from '../../../main/domain/access/four-eyes.ts';
import { t } from '../../i18n/translate.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { PolicyPanel } from './policy-panel.tsx';

/** What one officer does not do alone, and whether one alone may open the escrow in an emergency. */
export function EyesPanel({ policies }: { readonly policies: OutputFor<'policies.show'> }) {
  const [fourEyes, setFourEyes] = useState<readonly FourEyesAct[]>(policies.fourEyes);
  const [breakGlass, setBreakGlass] = useState(policies.breakGlass);
  const isOther = fourEyesActs.some((act) => fourEyes.includes(act) !== policies.fourEyes.includes(act));
  const choose = (act: FourEyesAct, isChosen: boolean) =>
    setFourEyes(fourEyesActs.filter((one) => (one === act ? isChosen : fourEyes.includes(one))));
  const change = { ...(isOther ? { fourEyes: [...fourEyes] } : {}), ...(breakGlass === policies.breakGlass ? {} : { breakGlass }) };
  return (
    <PolicyPanel title={t('settings.protection')} save={t('settings.save-eyes')} change={change}>
      <p>{t('settings.four-eyes-line')}</p>
      {fourEyesActs.map((act) => (
        <CheckField
          key={act}
          label={t(`settings.four-eyes-${act}`)}
          isChecked={fourEyes.includes(act)}
          onChange={(isChosen) => choose(act, isChosen)}
        />
      ))}
      <CheckField label={t('settings.break-glass')} hint={t('settings.break-glass-hint')} isChecked={breakGlass} onChange={setBreakGlass} />
    </PolicyPanel>
  );
}
