import { IconShieldCheck } from '@tabler/icons-react';
import type { AuditVerification } from './verification.ts';
import { daysUntil, formatAgo, formatDay, formatTime } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { faultWords } from './verdict-words.ts';

/** Whether the log holds, checked when the page opens and again when asked. */
export function Verdict() {
  const announce = useAnnounce();
  const { data, error, isLoading, reload } = useQuery('audit.verify', {}, { isStill: true });
  const again = async () => {
    await reload();
    announce(t('verdict.checked'));
  };
  const button = (
    <ActionButton isWorking={isLoading} onClick={() => void again()}>
      {t('verdict.again')}
    </ActionButton>
  );
  if (error !== undefined) return <ErrorNotice error={error} action={button} />;
  if (data === undefined) return <Notice state="working" title={t('verdict.checking')} />;
  return data.firstWrong === undefined ? <Holds verification={data} action={button} /> : <Broken verification={data} action={button} />;
}

interface VerdictProps {
  readonly verification: AuditVerification;
  readonly action: React.ReactNode;
}

function Holds({ verification, action }: VerdictProps) {
  const now = useNow();
  const { data: kept } = useQuery('audit.checkKept', {}, { isStill: true });
  const isSuspected = kept !== undefined && kept.suspicion !== null;
  const { entries, unsignedTail, checkedAt, firstTime, clockSetBack } = verification;
  const day = firstTime === null ? '' : formatDay(firstTime, now);
  const ago = formatAgo(checkedAt, new Date(Math.max(now.getTime(), Date.parse(checkedAt))));
  return (
    <Notice
      {...(isSuspected ? { state: 'waiting' } : { state: 'fine', icon: <IconShieldCheck size={28} stroke={1.6} aria-hidden /> })}
      title={t(isSuspected ? 'verdict.holds-here' : 'verdict.holds')}
      aside={<Signed verification={verification} />}
      action={action}
    >
      {t('verdict.entries', { count: entries, day, ago })}
      {clockSetBack !== undefined && ` ${t('verdict.clock', { count: clockSetBack.entries, index: clockSetBack.index })}`}
      {unsignedTail > 0 && ` ${t('verdict.tail', { count: unsignedTail })} ${t('verdict.tail-next')}`}
    </Notice>
  );
}

function Signed({ verification: { signedTime } }: Pick<VerdictProps, 'verification'>) {
  const now = useNow();
  if (signedTime === null) return t('verdict.never');
  const time = formatTime(signedTime);
  return daysUntil(signedTime, now) === 0
    ? t('verdict.signed', { time })
    : t('verdict.signed-day', { day: formatDay(signedTime, now), time });
}

function Broken({ verification, action }: VerdictProps) {
  const { firstWrong } = verification;
  if (firstWrong === undefined) return null;
  const { title, text } = faultWords(firstWrong, verification);
  return (
    <Notice state="stopped" title={`${title} ${t('verdict.remedy')}`} action={action} live="assertive">
      {text}
    </Notice>
  );
}
