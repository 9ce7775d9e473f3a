import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { cardEnding } from './card-names.ts';
import styles from './card-dialogs.module.css';

export interface TakeBackDialogProps {
  /** Serial number. */
  readonly token: string;
  readonly onClose: () => void;
}

/** Takes back a card that was lost: what that does, and what it does not. */
export function TakeBackDialog({ token, onClose }: TakeBackDialogProps) {
  const { run, isRunning, error } = useCommand('tokens.takeBack');
  const announce = useAnnounce();
  const act = async () => {
    if ((await run({ token })) === undefined) return;
    announce(t('take-back.done'));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('take-back.title', { ending: cardEnding({ serialNumber: token }) })}
      actions={
        <>
          <ActionButton onClick={onClose} takesFocus>
            {t('take-back.cancel')}
          </ActionButton>
          <ActionButton kind="filled" onClick={() => void act()} isWorking={isRunning}>
            {t('take-back.act')}
          </ActionButton>
        </>
      }
    >
      <div className={styles.form}>
        {error !== undefined && <ErrorNotice error={error} />}
        <p>{t('take-back.text')}</p>
        <p className={styles.small}>{t('take-back.if')}</p>
      </div>
    </Dialog>
  );
}
