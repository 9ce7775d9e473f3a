import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { RequestPreview } from '../../../main/contract/requests.ts';
import { t } from '../../i18n/translate.ts';
import { useMayOverride } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { AskedItems } from './asked-items.tsx';
import { MadeFacts } from './made-facts.tsx';
import styles from './request-dialog.module.css';

export interface CheckRequestProps {
  readonly file: FileContent;
  readonly onSigned: (certificate: string) => void;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

/** What would come of a request, before it is signed. */
export function CheckRequest({ file, onSigned, onOther, onClose }: CheckRequestProps) {
  const [profile, setProfile] = useState<string>();
  const [reason, setReason] = useState('');
  const order = { file, ...(profile === undefined ? {} : { profile }) };
  const query = useQuery('requests.preview', order, { isStill: true });
  const command = useCommand('requests.sign');
  const preview = query.error === undefined ? query.data : undefined;
  const sign = async () => {
    const signed = await command.run({ ...order, ...(reason.trim() === '' ? {} : { override: reason }) });
    if (signed !== undefined) onSigned(signed.certificate);
  };
  const cannotSign = preview === undefined || query.isLoading || (brokenRules(preview).length > 0 && reason.trim() === '');
  const error = query.error ?? command.error;
  return (
    <Dialog
      isOpen
      onClose={command.isRunning ? () => undefined : onClose}
      title={t('request.title')}
      line={t('request.from', { file: file.name })}
      width={720}
      aside={
        <ActionButton kind="quiet" onClick={onOther} isDisabled={command.isRunning}>
          {t('request.other')}
        </ActionButton>
      }
      actions={
        <>
          <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
            {t('request.not-now')}
          </ActionButton>
          <ActionButton kind="filled" onClick={() => void sign()} isWorking={command.isRunning} isDisabled={cannotSign}>
            {t('request.sign')}
          </ActionButton>
        </>
      }
    >
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        {preview === undefined && error === undefined && <StatusText state="working">{t('request.reading')}</StatusText>}
        {preview !== undefined && (
          <>
            <MadeFacts preview={preview} onProfile={setProfile} />
            <AskedItems items={preview.items} />
            <BrokenRules preview={preview} reason={reason} onReason={setReason} />
          </>
        )}
      </div>
    </Dialog>
  );
}

const brokenRules = ({ findings }: RequestPreview) => findings.filter(({ severity }) => severity === 'error');

interface BrokenRulesProps {
  readonly preview: RequestPreview;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}

/** A rule that is broken stops the signature, unless there is a reason for the log. */
function BrokenRules({ preview, reason, onReason }: BrokenRulesProps) {
  const mayOverride = useMayOverride();
  const broken = brokenRules(preview);
  if (broken.length === 0) return null;
  return (
    <>
      <Notice state="stopped" title={t('request.broken', { count: broken.length })} live="polite">
        {broken.map(({ rule, text }) => (
          <p key={`${rule} ${text}`}>{text}</p>
        ))}
      </Notice>
      {mayOverride && (
        <TextArea label={t('request.reason')} hint={t('request.reason-hint')} value={reason} onChange={onReason} maxLength={1000} />
      )}
    </>
  );
}
