import { useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { RecoveryCode } from './recovery-code.tsx';

export interface RecoveryCodeStepProps {
  readonly step?: string;
  readonly title: string;
  readonly line: string;
  readonly next: string;
  readonly level?: 1 | 2;
  readonly code: Secret;
  readonly practice: string;
  readonly operator: string;
  readonly onNext: () => void;
}

/** The recovery code, until somebody says that it is put away. The code is wiped then. */
export function RecoveryCodeStep({ step, title, line, next, level = 2, code, practice, operator, onNext }: RecoveryCodeStepProps) {
  const [isPutAway, setPutAway] = useState(false);
  const goOn = () => {
    if (!isPutAway) return;
    code.wipe();
    onNext();
  };
  return (
    <DoorForm
      {...(step === undefined ? {} : { step })}
      title={title}
      line={line}
      level={level}
      takesFocus
      onSubmit={goOn}
      actions={
        <ActionButton kind="filled" size="door" goesOn submits isDisabled={!isPutAway}>
          {next}
        </ActionButton>
      }
    >
      <RecoveryCode code={code} practice={practice} operator={operator} isPutAway={isPutAway} onPutAway={setPutAway} />
    </DoorForm>
  );
}
