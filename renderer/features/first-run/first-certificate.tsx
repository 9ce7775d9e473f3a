import { useEffect, useRef } from 'react';
import { callName } from '../../i18n/call-name.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

export interface FirstCertificateProps {
  readonly step: string;
  readonly person: string;
  readonly name: string;
  readonly address: string;
  readonly onFinished: () => void;
}

/** Issues the operator's own pair and shows what came of it. */
export function FirstCertificate(props: FirstCertificateProps) {
  const start = useCommand('enrollment.start');
  const { data: shown } = useQuery('people.show', { person: props.person });
  const isBegun = useRef(false);
  const begin = () => void start.run({ people: [props.person] });
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    begin();
  });
  if (shown?.standing === 'covered' && shown.endsAt !== null) return <Issued {...props} endsAt={shown.endsAt} />;
  return (
    <DoorForm step={props.step} title={t('first-run.certificate')} takesFocus onSubmit={begin}>
      {start.error === undefined ? <Progress /> : <ErrorNotice error={start.error} action={<Again />} />}
    </DoorForm>
  );
}

const Again = () => <ActionButton submits>{t('first-run.issue-again')}</ActionButton>;

/** The newest job is the one just started: nobody has started another. */
function Progress() {
  const { data } = useQuery('enrollment.jobs', {});
  const job = data?.jobs[0];
  if (job !== undefined && job.state !== 'running' && job.done < job.total) {
    return (
      <Notice state="stopped" title={t('first-run.not-issued')} action={<Again />} live="assertive">
        {job.stoppedBy === null ? '' : `${job.stoppedBy.message} ${job.stoppedBy.hint}`}
      </Notice>
    );
  }
  const label = t('first-run.issuing-now');
  const total = job?.total ?? 1;
  const done = job?.done ?? 0;
  return (
    <>
      <p>{label}</p>
      <ProgressBar label={label} total={total} done={done} working={total - done} />
    </>
  );
}

function Issued({ step, person, name, address, endsAt, onFinished }: FirstCertificateProps & { readonly endsAt: string }) {
  const go = useGo();
  const announce = useAnnounce();
  const title = t('first-run.issued-question', { name: callName(name) });
  useEffect(() => announce(title), [announce, title]);
  const openPage = () => {
    go({ name: 'person', id: person });
    onFinished();
  };
  const actions = (
    <>
      <ActionButton kind="filled" size="door" goesOn submits>
        {t('first-run.page')}
      </ActionButton>
      <ActionButton size="door" onClick={onFinished}>
        {t('first-run.overview')}
      </ActionButton>
    </>
  );
  return (
    <DoorForm step={step} title={title} takesFocus onSubmit={openPage} actions={actions}>
      <Notice
        state="fine"
        title={<Sentence of="first-run.issued" with={{ address: <bdi>{address}</bdi>, date: <DateText of={endsAt} /> }} />}
      >
        {t('first-run.issued-escrow')}
      </Notice>
      <p>{t('first-run.issued-next')}</p>
    </DoorForm>
  );
}
