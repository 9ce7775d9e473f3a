import type { SubmissionView } from '../../../main/contract/submission.ts';
import { t } from '../../i18n/translate.ts';
import { useMayOpen } from '../../shell/navigation.ts';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Why no test message can be sent, or none can be made; undefined `how` while that is not known. */
export function InTheWay({ how }: { readonly how: SubmissionView | undefined }) {
  const go = useGo();
  const maySettle = useMayOpen()('settings');
  if (how === undefined) return null;
  if (how.sender === null)
    return (
      <Notice
        state="soon"
        title={t('test-message.no-sender')}
        {...(maySettle
          ? { action: <ActionButton onClick={() => go({ name: 'settings' })}>{t('test-message.to-settings')}</ActionButton> }
          : {})}
      >
        {t('test-message.no-sender-text')}
      </Notice>
    );
  return how.server === null ? <p>{t('test-message.no-server')}</p> : null;
}
