import { IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import type { BackupSchedule } from '../../../main/contract/backup.ts';
import { formatNumber, t, type MessageKey } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { PlaceField } from './place-field.tsx';
import styles from '../../ui/panel-list.module.css';

export interface ScheduleDialogProps {
  readonly schedule: BackupSchedule | null;
  readonly onClose: () => void;
}

const named: Readonly<Record<number, MessageKey>> = {
  1: 'backup-schedule.daily',
  7: 'backup-schedule.weekly',
  30: 'backup-schedule.monthly',
};
const usualKeep = [5, 10, 20, 50];

/** A schedule whose folder may not be chosen yet. */
type Draft = Omit<BackupSchedule, 'folder'> & { readonly folder: string | undefined };

/** Where, how often, and how many stay. */
export function ScheduleDialog({ schedule, onClose }: ScheduleDialogProps) {
  const [draft, setDraft] = useState<Draft>({ folder: schedule?.folder, days: schedule?.days ?? 7, keep: schedule?.keep ?? 10 });
  const [unlocated, setUnlocated] = useState<unknown>();
  const announce = useAnnounce();
  const command = useCommand('backup.schedule');
  const set = async (wanted: BackupSchedule | null) => {
    if ((await command.run({ schedule: wanted })) === undefined) return;
    announce(t(wanted === null ? 'backup-schedule.off-done' : 'backup-schedule.on-done'));
    onClose();
  };
  const { folder, ...rest } = draft;
  const error = command.error ?? unlocated;
  const off = schedule !== null && <LinkButton onClick={() => void set(null)}>{t('backup-schedule.off')}</LinkButton>;
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus isDisabled={command.isRunning}>
        {t('backup.not-now')}
      </ActionButton>
      <ActionButton
        kind="filled"
        isDisabled={folder === undefined}
        isWorking={command.isRunning}
        onClick={() => folder !== undefined && void set({ folder, ...rest })}
      >
        {t('backup-schedule.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('backup-schedule.dialog')}
      line={t('backup-schedule.dialog-line')}
      aside={off}
      actions={actions}
      width={560}
    >
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <ScheduleFields draft={draft} onChange={setDraft} onError={setUnlocated} />
      </div>
    </Dialog>
  );
}

interface ScheduleFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onError: (error: unknown) => void;
}

function ScheduleFields({ draft, onChange, onError }: ScheduleFieldsProps) {
  const api = useApi();
  const choose = async () => (await api.shell('chooseFolder', { title: t('backup-schedule.choose-title') })).folder?.path ?? null;
  return (
    <>
      <PlaceField
        label={t('backup-schedule.folder')}
        icon={IconFolder}
        act={t('backup-schedule.choose')}
        path={draft.folder}
        choose={choose}
        onPath={(folder) => onChange({ ...draft, folder })}
        onError={onError}
      />
      <SelectField
        label={t('backup-schedule.how-often')}
        value={String(draft.days)}
        options={optionsOf([1, 7, 30], draft.days, daysWords)}
        onChange={(days) => onChange({ ...draft, days: Number(days) })}
      />
      <SelectField
        label={t('backup-schedule.keep')}
        hint={t('backup-schedule.keep-hint')}
        value={String(draft.keep)}
        options={optionsOf(usualKeep, draft.keep, formatNumber)}
        onChange={(keep) => onChange({ ...draft, keep: Number(keep) })}
      />
    </>
  );
}

function daysWords(days: number): string {
  const name = named[days];
  return name === undefined ? t('backup-schedule.every-days', { count: days }) : t(name);
}

/** The usual numbers, and the present one where it was set elsewhere. */
function optionsOf(usual: readonly number[], present: number, words: (value: number) => string) {
  const values = usual.includes(present) ? usual : [...usual, present].toSorted((one, other) => one - other);
  return values.map((value) => ({ value: String(value), label: words(value) }));
}
