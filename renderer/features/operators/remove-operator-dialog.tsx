import { IconUserMinus } from '@tabler/icons-react';
import type { OperatorSummary } from '../../../main/contract/operators.ts';
import { compartmentsOf } from '../../../main/domain/access/compartment-access.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';

interface RemoveOperatorDialogProps {
  readonly operator: OperatorSummary;
  readonly onClose: () => void;
}

/** Says what removing means before it is done. */
export function RemoveOperatorDialog({ operator: { id, name, role }, onClose }: RemoveOperatorDialogProps) {
  const remove = useCommand('operators.remove');
  const announce = useAnnounce();
  const act = async () => {
    if ((await remove.run({ operator: id })) === undefined) return;
    announce(t('operator-remove.removed', { name }));
    onClose();
  };
  const couldOpen = compartmentsOf(role).length > 0;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={<Sentence of="operator-remove.title" with={{ name: <PersonName name={name} /> }} />}
      icon={<IconUserMinus size={26} stroke={1.6} aria-hidden />}
      consequences={
        <>
          <Consequence
            title={t('operator-remove.stops')}
            items={[{ text: t('operator-remove.stops-sign-in') }, ...(couldOpen ? [{ text: t('operator-remove.stops-locks') }] : [])]}
          />
          <Consequence
            title={t('operator-remove.keeps')}
            items={[
              { text: t('operator-remove.keeps-records') },
              ...(couldOpen ? [{ text: t('operator-remove.keeps-work') }, { text: t('operator-remove.keeps-known') }] : []),
            ]}
          />
        </>
      }
      act={t('operator-remove.act', { name })}
      onAct={() => void act()}
      isActing={remove.isRunning}
    >
      {remove.error !== undefined && <ErrorNotice error={remove.error} />}
      <p>{t('operator-remove.question')}</p>
    </ConfirmDialog>
  );
}
