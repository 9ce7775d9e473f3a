import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { AcceptedAnswer } from '../../../main/contract/requests.ts';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TakeInDialog } from './take-in-dialog.tsx';
import styles from './request-dialog.module.css';

/** Takes in what an authority outside has made of a request; which one it answers is told by its key. */
export function AnswerDialog({ onClose }: { readonly onClose: () => void }) {
  const accept = useCommand('requests.accept');
  const [accepted, setAccepted] = useState<AcceptedAnswer>();
  if (accepted !== undefined) return <Accepted accepted={accepted} onClose={onClose} />;
  const takeIn = async (files: FileContent[]) => setAccepted(await accept.run({ files }));
  return <TakeInDialog title={t('answer.title')} command={accept} onTakeIn={(files) => void takeIn(files)} onClose={onClose} />;
}

/** It is taken in: what is in it, and what is not although it was asked for. */
function Accepted({ accepted, onClose }: { readonly accepted: AcceptedAnswer; readonly onClose: () => void }) {
  const { certificate, emails, missing, findings } = accepted;
  const go = useGo();
  const remarks = findings.filter(({ severity }) => severity !== 'notice');
  const open = (
    <ActionButton kind="quiet" onClick={() => go({ name: 'certificate', id: certificate })}>
      {t('request.open')}
    </ActionButton>
  );
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('request.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('answer.done')} width={560} aside={open} actions={close}>
      <div className={styles.rows} role="status">
        <StatusText state="fine" isSentence>
          {t('answer.for', { emails: emails.join(', ') })}
        </StatusText>
        {missing.length > 0 && (
          <Notice state="soon" title={t('answer.missing')}>
            {missing.join(', ')}
          </Notice>
        )}
        {remarks.length > 0 && (
          <Notice state="soon" title={t('answer.remarks', { count: remarks.length })}>
            {remarks.map(({ rule, text }) => (
              <p key={`${rule} ${text}`}>{text}</p>
            ))}
          </Notice>
        )}
        <p className={styles.wanted}>{t('answer.next')}</p>
      </div>
    </Dialog>
  );
}
