import { t } from '../../i18n/translate.ts';
import { Steps } from '../../ui/steps.tsx';

const steps = ['choose', 'check', 'issue', 'hand-over'] as const;
export type EnrolStep = (typeof steps)[number];

/** Where one is on the way from a file to keys handed over. */
export function EnrolSteps({ current }: { readonly current: EnrolStep }) {
  return <Steps label={t('enrol.steps')} steps={steps.map((step) => t(`enrol.step.${step}`))} current={steps.indexOf(current)} />;
}
