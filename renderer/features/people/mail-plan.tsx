import type { InputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { Consequence } from '../../ui/consequence.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

/** What setting up would write where, asked of the core before anything is done. */
export function MailPlan({ target }: { readonly target: InputFor<'mail.plan'> }) {
  const { data, error } = useQuery('mail.plan', target, { isStill: true });
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (data === undefined) return null;
  const writes = data.writes.map(({ file, what }) => ({ when: file, text: what }));
  return <Consequence title={t('mail.plan')} items={writes} />;
}
