import { IconX } from '@tabler/icons-react';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { groupNames, type LogChip } from './groups.ts';
import { periods, type Period } from './period.ts';

/** What of the log is shown. */
export interface AuditView {
  readonly search: string;
  readonly period: Period;
  /** None: everything. */
  readonly chips: readonly LogChip[];
}

export interface AuditFiltersProps {
  readonly view: AuditView;
  readonly onView: (view: AuditView) => void;
  /** What the page was opened for, in words. */
  readonly only: string | undefined;
  readonly onEverything: () => void;
}

const chipNames: readonly LogChip[] = [...groupNames, 'refused'];

/** Search, period, groups of acts, and what the list was narrowed to from elsewhere. */
export function AuditFilters({ view, onView, only, onEverything }: AuditFiltersProps) {
  const turn = (chip: LogChip) =>
    onView({ ...view, chips: view.chips.includes(chip) ? view.chips.filter((other) => other !== chip) : [...view.chips, chip] });
  return (
    <>
      <SearchField label={t('audit.search')} value={view.search} onChange={(search) => onView({ ...view, search })} width={232} />
      <SelectField
        label={t('audit.period')}
        isLabelHidden
        width={160}
        value={view.period}
        options={periods.map((value) => ({ value, label: t(`audit.period.${value}`) }))}
        onChange={(period: Period) => onView({ ...view, period })}
      />
      <FilterChips
        label={t('audit.groups')}
        chips={chipNames.map((value) => ({ value, label: t(`audit.group.${value}`) }))}
        chosen={view.chips}
        onChoose={turn}
      />
      {only !== undefined && (
        <ActionButton size="row" icon={IconX} onClick={onEverything} label={`${only}. ${t('audit.everything')}`}>
          {only}
        </ActionButton>
      )}
    </>
  );
}
