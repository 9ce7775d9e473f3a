import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { GentlerWay } from '../../ui/gentler-way.tsx';

/** Instead of a file. */
export const MailHere = ({ onMail }: { readonly onMail: () => void }) => (
  <GentlerWay
    state="waiting"
    title={t('hand-over.mail')}
    action={
      <ActionButton size="row" onClick={onMail}>
        {t('hand-over.mail-act')}
      </ActionButton>
    }
  >
    {t('hand-over.mail-detail')}
  </GentlerWay>
);
