import { useState } from 'react';
import type { WatchPolicy } from '../../../main/domain/watch/policy.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { draftOf, faultsOf, policyOf, type WatchDraft } from './watch-draft.ts';
import { SaveFoot } from './save-foot.tsx';
import styles from './settings.module.css';

/** What the log is watched for, and how long it is kept. */
export function WatchPanel() {
  const { data, error } = useQuery('incidents.policy', {});
  if (data === undefined) return error === undefined ? null : <ErrorNotice error={error} />;
  return <WatchForm policy={data} />;
}

const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function WatchForm({ policy }: { readonly policy: WatchPolicy }) {
  const [draft, setDraft] = useState(() => draftOf(policy));
  const [isSaved, setSaved] = useState(false);
  const set = useCommand('incidents.setPolicy');
  const announce = useAnnounce();
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(policy));
  const change = (part: Partial<WatchDraft>) => {
    setSaved(false);
    setDraft({ ...draft, ...part });
  };
  const save = async () => {
    if ((await set.run(policyOf(draft, policy, zoneHere()))) === undefined) return;
    setSaved(true);
    announce(t('settings.saved'));
  };
  return (
    <Panel title={t('settings.watching')}>
      <div className={styles.rows}>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        <p>{t('settings.watching-line')}</p>
        <Fields draft={draft} policy={policy} change={change} />
        <SaveFoot
          label={t('settings.save-watching')}
          isChanged={isChanged}
          isSound={faultsOf(draft).size === 0}
          isWorking={set.isRunning}
          isSaved={isSaved}
          onSave={() => void save()}
        />
      </div>
    </Panel>
  );
}

interface FieldsProps {
  readonly draft: WatchDraft;
  readonly policy: WatchPolicy;
  readonly change: (part: Partial<WatchDraft>) => void;
}

function Fields({ draft, policy, change }: FieldsProps) {
  const faults = faultsOf(draft);
  const line = (field: 'failedSignIns' | 'bulkExports' | 'bulkRevocations' | 'reviewDays' | 'retentionYears', minutes?: number) => (
    <TextField
      label={t(`settings.watch-${field}`)}
      {...(minutes === undefined ? {} : { hint: t('settings.watch-within', { count: minutes }) })}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      {...(faults.has(field) ? { error: t('settings.watch-number') } : {})}
      maxLength={4}
    />
  );
  return (
    <>
      <div className={styles.numbers}>
        {line('failedSignIns', policy.failedSignIns.minutes)}
        {line('bulkExports', policy.bulkExports.minutes)}
        {line('bulkRevocations', policy.bulkRevocations.minutes)}
      </div>
      <Hours draft={draft} zone={policy.officeHours?.zone ?? zoneHere()} change={change} />
      <div className={styles.numbers}>
        {line('reviewDays')}
        {line('retentionYears')}
      </div>
    </>
  );
}

function Hours({ draft, zone, change }: Pick<FieldsProps, 'draft' | 'change'> & { readonly zone: string }) {
  const faults = faultsOf(draft);
  const time = (field: 'from' | 'to') => (
    <TextField
      label={t(`settings.watch-${field}`)}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      {...(faults.has(field) ? { error: t('settings.watch-time') } : {})}
      maxLength={5}
    />
  );
  return (
    <>
      <CheckField
        label={t('settings.watch-hours')}
        hint={t('settings.watch-hours-hint', { zone })}
        isChecked={draft.hasHours}
        onChange={(hasHours) => change({ hasHours })}
      />
      {draft.hasHours && (
        <>
          <div className={styles.numbers}>
            {time('from')}
            {time('to')}
          </div>
          <CheckField label={t('settings.watch-saturday')} isChecked={draft.isSaturday} onChange={(isSaturday) => change({ isSaturday })} />
          <CheckField label={t('settings.watch-sunday')} isChecked={draft.isSunday} onChange={(isSunday) => change({ isSunday })} />
        </>
      )}
    </>
  );
}
