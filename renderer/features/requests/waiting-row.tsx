import type { ReactNode } from 'react';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import styles from './waiting.module.css';

export interface WaitingRowProps {
  readonly request: string;
  /** Gives the file of it once more. */
  readonly fileCall: 'requests.file' | 'offline.requestFile';
  /** What waits, in words. */
  readonly name: string;
  readonly about: ReactNode;
  readonly createdAt: string;
  /** False for whoever may only look. */
  readonly canAct: boolean;
  readonly onAnswer: () => void;
  readonly onWithdraw: () => void;
}

/** A request whose answer has not come: since when, and what can be done about it. */
export function WaitingRow({ request, fileCall, name, about, createdAt, canAct, onAnswer, onWithdraw }: WaitingRowProps) {
  return (
    <li className={styles.row}>
      <span className={styles.shape}>
        <StatusShape state="waiting" />
      </span>
      <div className={styles.words}>
        <p>{name}</p>
        <p className={styles.about}>{about}</p>
        <p className={styles.about}>
          <Sentence of="waiting.since" with={{ day: <DateText of={createdAt} /> }} />
        </p>
        {canAct && (
          <div className={styles.acts}>
            <LinkButton label={t('waiting.answer-of', { name })} onClick={onAnswer}>
              {t('waiting.answer')}
            </LinkButton>
            <SaveAgain request={request} fileCall={fileCall} name={name} />
            <LinkButton label={t('waiting.withdraw-of', { name })} onClick={onWithdraw}>
              {t('waiting.withdraw')}
            </LinkButton>
          </div>
        )}
      </div>
    </li>
  );
}

function SaveAgain({ request, fileCall, name }: Pick<WaitingRowProps, 'request' | 'fileCall' | 'name'>) {
  const command = useCommand(fileCall);
  const files = useSaveFiles();
  const announce = useAnnounce();
  const save = async () => {
    const answer = await command.run({ request });
    if (answer === undefined) return;
    const path = await files.save(t('outside.save-title'), [answer.file]);
    if (path !== undefined) announce(t('request.saved', { path }));
  };
  const error = command.error ?? files.error;
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <LinkButton label={t('waiting.save-of', { name })} onClick={() => void save()}>
        {t('waiting.save')}
      </LinkButton>
    </>
  );
}
