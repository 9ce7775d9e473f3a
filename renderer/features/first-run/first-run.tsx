import { IconLifebuoy, IconShieldLock, IconUserPlus, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { DoorLayout } from '../../shell/door-layout.tsx';
import { StepLadder, type LadderStep } from '../../ui/step-ladder.tsx';
import type { Feature, FirstRunProps } from '../feature.ts';
import { RestoreStep } from '../backup/restore-step.tsx';
import { RecoveryCodeStep } from '../passphrase/recovery-code-step.tsx';
import { CertificateStep } from './certificate-step.tsx';
import { OperatorStep } from './operator-step.tsx';
import { emptyDraft, type PracticeDraft } from './practice-draft.ts';
import { PracticeStep } from './practice-step.tsx';
import styles from './first-run.module.css';

const ladder = (): readonly LadderStep[] => [
  { icon: IconWorld, title: t('first-run.practice'), detail: t('first-run.practice-detail') },
  { icon: IconShieldLock, title: t('first-run.operator'), detail: t('first-run.operator-detail') },
  { icon: IconLifebuoy, title: t('first-run.code'), detail: t('first-run.code-detail') },
  { icon: IconUserPlus, title: t('first-run.certificate'), detail: t('first-run.certificate-detail') },
];

/** From nothing to the first working certificate. */
function FirstRun({ onFinished }: FirstRunProps) {
  const [step, setStep] = useState(0);
  const [isRestoring, setRestoring] = useState(false);
  const steps = ladder();
  const beside = isRestoring ? <RestoreOrientation /> : <Orientation steps={steps} current={step} />;
  return (
    <DoorLayout orientation={beside} promise={t('first-run.promise')}>
      {isRestoring ? (
        <RestoreStep onBack={() => setRestoring(false)} onFinished={onFinished} />
      ) : (
        <Questions step={step} of={steps.length} onStep={setStep} onRestore={() => setRestoring(true)} onFinished={onFinished} />
      )}
    </DoorLayout>
  );
}

function Orientation({ steps, current }: { readonly steps: readonly LadderStep[]; readonly current: number }) {
  return (
    <>
      <h1>{t('first-run.headline')}</h1>
      <p className={styles.lead}>{t('first-run.lead')}</p>
      <div className={styles.ladder}>
        <StepLadder label={t('first-run.steps')} steps={steps} current={current} />
      </div>
    </>
  );
}

function RestoreOrientation() {
  return (
    <>
      <h1>{t('restore.headline')}</h1>
      <p className={styles.lead}>{t('restore.lead')}</p>
    </>
  );
}

interface QuestionsProps extends FirstRunProps {
  readonly step: number;
  readonly of: number;
  readonly onStep: (step: number) => void;
  readonly onRestore: () => void;
}

function Questions({ step, of, onStep, onRestore, onFinished }: QuestionsProps) {
  const [draft, setDraft] = useState<PracticeDraft>(emptyDraft);
  const [operator, setOperator] = useState('');
  const [code, setCode] = useState<Secret>();
  const change = (changed: Partial<PracticeDraft>) => setDraft((before) => ({ ...before, ...changed }));
  const words = t('first-run.step', { step: step + 1, of });
  if (step === 0) return <PracticeStep step={words} draft={draft} onChange={change} onNext={() => onStep(1)} onRestore={onRestore} />;
  if (code === undefined) {
    const created = (made: { readonly recoveryCode: Secret }) => {
      setCode(made.recoveryCode);
      onStep(2);
    };
    return (
      <OperatorStep step={words} draft={draft} operator={operator} onOperator={setOperator} onBack={() => onStep(0)} onCreated={created} />
    );
  }
  if (step === 2) {
    return (
      <RecoveryCodeStep
        step={words}
        title={t('first-run.code-question')}
        line={t('first-run.code-lead')}
        next={t('first-run.next-certificate')}
        code={code}
        practice={draft.name.trim()}
        operator={operator.trim()}
        onNext={() => onStep(3)}
      />
    );
  }
  return <CertificateStep step={words} operator={operator.trim()} mailDomain={draft.mailDomain.trim()} onFinished={onFinished} />;
}

export const firstRun: Feature = { firstRun: FirstRun };
