import type { LogVerification } from '../../../main/domain/audit/verify.ts';
import type { LogFault } from '../../../main/domain/audit/log-fault.ts';
import { firstEntry } from '../../../main/domain/locale/word-fault.ts';
import { t } from '../../i18n/translate.ts';

/** What is wrong with the log: the bold sentence, and what happened to it. */
export function faultWords(
  fault: LogFault,
  { entries }: Pick<LogVerification, 'entries'>,
): { readonly title: string; readonly text: string } {
  const good = t('verdict.good', { count: entries });
  const values = { ...fault };
  const what = t(`verdict.fault.${fault.kind}`, values);
  const index = firstEntry(fault);
  return index === undefined
    ? { title: t('verdict.broken-total', { what }), text: good }
    : { title: t('verdict.broken', { index }), text: `${what} ${good}` };
}
