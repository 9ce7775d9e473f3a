import { useState } from 'react';
import { applicationKinds, type ApplicationKind } from '../../../main/domain/people/application.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from '../../ui/panel-list.module.css';

export interface ApplyDialogProps {
  readonly person: string;
  readonly onClose: () => void;
}

const choices = applicationKinds.map((value) => ({ value, title: t(`own.${value}`), detail: t(`own.${value}-text`) }));

/** What somebody needs of a registrar, with a note if they like. */
export function ApplyDialog({ person, onClose }: ApplyDialogProps) {
  const [kind, setKind] = useState<ApplicationKind | null>(null);
  const [note, setNote] = useState('');
  const file = useCommand('applications.file');
  const announce = useAnnounce();
  const act = async () => {
    if (kind === null) return;
    const words = note.trim();
    if ((await file.run({ person, kind, ...(words === '' ? {} : { note: words }) })) === undefined) return;
    announce(t('own.applied'));
    onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('applications.not-now')}</ActionButton>
      <ActionButton kind="filled" isDisabled={kind === null} isWorking={file.isRunning} onClick={() => void act()}>
        {t('own.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('own.apply-title')} line={t('own.apply-line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {file.error !== undefined && <ErrorNotice error={file.error} />}
        <ChoiceCards label={t('own.kind')} choices={choices} value={kind} onChange={setKind} />
        <TextArea label={t('own.note')} hint={t('own.note-hint')} value={note} onChange={setNote} maxLength={500} />
      </div>
    </Dialog>
  );
}
