import { useState } from 'react';
import type { OperatorSummary } from '../../../main/contract/operators.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonPicker } from '../palette/person-picker.tsx';
import styles from './operators.module.css';

export interface OperatorPersonDialogProps {
  readonly operator: OperatorSummary;
  readonly onClose: () => void;
}

/** Which of the people of the practice an operator is: staff see and use what is theirs. */
export function OperatorPersonDialog({ operator: { id, name, person }, onClose }: OperatorPersonDialogProps) {
  const [isChoosing, setChoosing] = useState(person === null);
  const set = useCommand('operators.setPerson');
  const announce = useAnnounce();
  const act = async (chosen: { readonly id: string; readonly name: string } | null) => {
    setChoosing(false);
    if ((await set.run({ operator: id, person: chosen?.id ?? null })) === undefined) return;
    announce(chosen === null ? t('operator-person.cleared', { name }) : t('operator-person.changed', { name, person: chosen.name }));
    onClose();
  };
  if (isChoosing)
    return (
      <PersonPicker
        title={t('operator-person.title', { name })}
        line={t('operator-person.line')}
        label={t('operator-person.field')}
        placeholder={t('operator-person.search')}
        cancel={t('operators.not-now')}
        onChoose={(chosen) => void act(chosen)}
        onClose={onClose}
      />
    );
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('operators.not-now')}</ActionButton>
      {person !== null && (
        <ActionButton isWorking={set.isRunning} onClick={() => void act(null)}>
          {t('operator-person.clear')}
        </ActionButton>
      )}
      <ActionButton kind="filled" onClick={() => setChoosing(true)}>
        {t(person === null ? 'operator-person.choose' : 'operator-person.other')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('operator-person.title', { name })}
      line={t('operator-person.line')}
      actions={actions}
      width={540}
    >
      <div className={styles.fields}>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        <p>
          <bdi>{person === null ? t('operator-person.none', { name }) : t('operator-person.is', { name, person: person.name })}</bdi>
        </p>
      </div>
    </Dialog>
  );
}
