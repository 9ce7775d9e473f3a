import { IconUserMinus } from '@tabler/icons-react';
import type { PersonDetails } from '../../../main/contract/people.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';

export interface LeaveDialogProps {
  readonly person: PersonDetails;
  readonly onClose: () => void;
}

/** Says what leaving means before it is recorded. */
export function LeaveDialog({ person, onClose }: LeaveDialogProps) {
  const leave = useCommand('people.leave');
  const act = async () => {
    if ((await leave.run({ person: person.id })) !== undefined) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={<Sentence of="leave.title" with={{ name: <PersonName name={person.name} /> }} />}
      icon={<IconUserMinus size={26} stroke={1.6} aria-hidden />}
      consequences={
        <>
          <Consequence title={t('leave.stops')}>{t('leave.stops-text')}</Consequence>
          <Consequence title={t('leave.keeps')} items={[{ text: t('leave.keeps-keys') }, { text: t('leave.keeps-certificates') }]} />
        </>
      }
      act={t('leave.act')}
      onAct={() => void act()}
      isActing={leave.isRunning}
    >
      {leave.error !== undefined && <ErrorNotice error={leave.error} />}
      <p>{t('leave.question')}</p>
    </ConfirmDialog>
  );
}
