import { t } from '../../i18n/translate.ts';
import { Steps } from '../../ui/steps.tsx';

/** The three steps of a key out of the vault. */
export const OfflineSteps = ({ current }: { readonly current: 0 | 1 | 2 }) => (
  <Steps
    label={t('take-offline.steps')}
    steps={[t('take-offline.step-password'), t('take-offline.step-save'), t('take-offline.step-prove')]}
    current={current}
  />
);
