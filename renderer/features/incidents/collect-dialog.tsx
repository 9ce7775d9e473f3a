import { useState } from 'react';
import type { IncidentSummary } from '../../../main/contract/incidents.ts';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from '../../ui/panel-list.module.css';

/** What is collected; nothing for an incident that begins with somebody's own words. */
export interface Evidence {
  readonly alarm?: number;
  readonly entry?: number;
  readonly certificate?: string;
}

export interface CollectDialogProps {
  readonly evidence: Evidence;
  readonly onClose: () => void;
}

const fresh = 'new';

/** Opens an incident with what was found, or adds it to one that is open; then leads there. */
export function CollectDialog({ evidence, onClose }: CollectDialogProps) {
  const [title, setTitle] = useState('');
  const [which, setWhich] = useState(fresh);
  const { data } = useQuery('incidents.list', {});
  const collecting = useCollecting(evidence, onClose);
  const isNew = which === fresh;
  const open = Object.keys(evidence).length === 0 ? [] : (data?.incidents ?? []).filter(({ state }) => state === 'open');
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={collecting.isRunning}>
        {t('incidents.not-now')}
      </ActionButton>
      <ActionButton
        kind="filled"
        isWorking={collecting.isRunning}
        isDisabled={isNew && title.trim().length < 3}
        onClick={() => void (isNew ? collecting.open(title.trim()) : collecting.add(Number(which)))}
      >
        {t(isNew ? 'incidents.new-do' : 'incidents.add-do')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('incidents.new-title')} line={t('incidents.new-line')} actions={actions} width={540}>
      <div className={styles.rows}>
        {collecting.error !== undefined && <ErrorNotice error={collecting.error} />}
        {open.length > 0 && <Which incidents={open} which={which} onWhich={setWhich} />}
        {isNew && (
          <TextField
            label={t('incidents.new-name')}
            hint={t('incidents.new-name-hint')}
            value={title}
            onChange={setTitle}
            maxLength={200}
            takesFocus
          />
        )}
      </div>
    </Dialog>
  );
}

interface WhichProps {
  readonly incidents: readonly IncidentSummary[];
  readonly which: string;
  readonly onWhich: (which: string) => void;
}

function Which({ incidents, which, onWhich }: WhichProps) {
  const there = incidents.map(({ number, title }) => ({ value: String(number), label: `${number}: ${title}` }));
  const options = [{ value: fresh, label: t('incidents.which-new') }, ...there];
  return <SelectField label={t('incidents.which')} value={which} options={options} onChange={onWhich} />;
}

function useCollecting(evidence: Evidence, onClose: () => void) {
  const opening = useCommand('incidents.open');
  const adding = useCommand('incidents.add');
  const announce = useAnnounce();
  const go = useGo();
  const lead = (incident: number) => {
    announce(t('incidents.added', { number: incident }));
    onClose();
    go({ name: 'incident', number: incident });
  };
  return {
    isRunning: opening.isRunning || adding.isRunning,
    error: opening.error ?? adding.error,
    open: async (title: string) => {
      const made = await opening.run({ title, ...evidence });
      if (made !== undefined) lead(made.incident);
    },
    add: async (incident: number) => {
      if ((await adding.run({ incident, ...evidence })) !== undefined) lead(incident);
    },
  };
}
