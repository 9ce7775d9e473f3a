import type { SubmissionView } from '../../../main/contract/submission.ts';
import { t } from '../../i18n/translate.ts';
import { Notice } from '../../ui/notice.tsx';

/** Why no test message can be sent, or none can be made; undefined `how` while that is not known. */
export function InTheWay({ how }: { readonly how: SubmissionView | undefined }) {
  if (how === undefined) return null;
  if (how.sender === null)
    return (
      <Notice state="soon" title={t('test-message.no-sender')}>
        {t('test-message.no-sender-text')}
      </Notice>
    );
  return how.server === null ? <p>{t('test-message.no-server')}</p> : null;
}
