import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { errorWords } from './entry-words.ts';
import { SinksDialog } from './sinks-dialog.tsx';

/** Leads to the systems that get the log. */
export function OtherSystems() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Permitted call="sinks.list">
      <ActionButton onClick={() => setOpen(true)}>{t('sinks.open')}</ActionButton>
      {isOpen && <SinksDialog onClose={() => setOpen(false)} />}
    </Permitted>
  );
}

/** Those of them that do not get it; nothing while all do. */
export function SinkNotices() {
  const { data } = useQuery('sinks.list', {});
  return (data?.sinks ?? []).map(
    ({ name, failure }) =>
      failure !== null && (
        <Notice key={name} state="stopped" title={t('sinks.down', { name })}>
          {errorWords(failure.error)} {t('sinks.down-next')}
        </Notice>
      ),
  );
}
