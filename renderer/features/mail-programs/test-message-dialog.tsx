import { IconDeviceFloppy, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { FileContent } from '../../../main/contract/client.ts';
import type { MadeMailTest } from '../../../main/contract/mail.ts';
import type { SubmissionView } from '../../../main/contract/submission.ts';
import type { MailProgramId } from '../../../main/domain/mail-client/test-message.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { InTheWay } from './in-the-way.tsx';
import styles from '../people/person-dialogs.module.css';

export interface TestMessageDialogProps {
  readonly person: { readonly id: string; readonly name: string };
  /** What it is to prove; left out, the core chooses where there is no doubt. */
  readonly client?: MailProgramId;
  readonly onClose: () => void;
}

/** A message whose answer proves a mail program: sent through the practice's mail server, or saved. */
export function TestMessageDialog({ person, client, onClose }: TestMessageDialogProps) {
  const { data: how } = useQuery('submission.show', {});
  const test = useCommand('mail.test');
  const { save, isSaving, error: notSaved } = useSaveFiles();
  const [made, setMade] = useState<MadeMailTest>();
  const make = async (send: boolean) => {
    const answer = await test.run({ person: person.id, send, ...(client === undefined ? {} : { client }) });
    if (answer === undefined) return;
    if (answer.file !== null) {
      const { name, bytes } = answer.file;
      if ((await save(t('test-message.save-title'), [new FileContent(name, bytes)])) === undefined) return;
    }
    setMade(answer);
  };
  const isReady = how?.sender !== null && how !== undefined;
  const failure = test.error ?? notSaved;
  const actions =
    made === undefined ? (
      <>
        <ActionButton onClick={onClose}>{t('hand-over.not-now')}</ActionButton>
        <ActionButton icon={IconDeviceFloppy} isDisabled={!isReady} isWorking={test.isRunning || isSaving} onClick={() => void make(false)}>
          {t('test-message.save')}
        </ActionButton>
        <ActionButton
          kind="filled"
          icon={IconSend}
          isDisabled={!isReady || how.server === null}
          isWorking={test.isRunning}
          onClick={() => void make(true)}
        >
          {t('test-message.send')}
        </ActionButton>
      </>
    ) : (
      <ActionButton kind="filled" onClick={onClose} takesFocus>
        {t('hand-over.done')}
      </ActionButton>
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Sentence of="test-message.title" with={{ name: <PersonName name={person.name} /> }} />}
      line={t('test-message.line')}
      actions={actions}
      width={540}
    >
      <div className={styles.rows}>
        {failure !== undefined && <ErrorNotice error={failure} />}
        <HowItGoes how={how} made={made} />
      </div>
    </Dialog>
  );
}

interface HowItGoesProps {
  readonly how: SubmissionView | undefined;
  readonly made: MadeMailTest | undefined;
}

/** What stands in the way before, and what comes next. */
function HowItGoes({ how, made }: HowItGoesProps) {
  if (made !== undefined)
    return (
      <>
        <StatusText state="waiting" isSentence>
          {t(made.file === null ? 'test-message.sent' : 'test-message.saved', { to: made.to })}
        </StatusText>
        <p>
          <Sentence of="test-message.next" with={{ day: <DateText of={made.test.expiresAt} /> }} />
        </p>
      </>
    );
  return <InTheWay how={how} />;
}
