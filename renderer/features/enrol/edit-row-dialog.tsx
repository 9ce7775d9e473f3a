import { useState } from 'react';
import type { CheckedStaffRow, StaffRepair } from '../../../main/domain/people/staff-list.ts';
import type { StaffColumn } from '../../../main/domain/people/staff-column.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { cellText, editedColumns, findingWords, markOf, repairsFrom } from './check-rows.ts';
import styles from './form.module.css';

export interface EditRowDialogProps {
  readonly row: CheckedStaffRow;
  readonly onApply: (repairs: readonly StaffRepair[]) => void;
  readonly onClose: () => void;
}

type Typed = Readonly<Partial<Record<StaffColumn, string>>>;

/** Puts one row right; what was found stands at its field, with the repair where it is obvious. */
export function EditRowDialog({ row, onApply, onClose }: EditRowDialogProps) {
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(editedColumns.map((column) => [column, cellText(row.person, column)])),
  );
  const first = editedColumns.find((column) => markOf(row, column) !== undefined) ?? 'name';
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('edit-row.cancel')}</ActionButton>
      <ActionButton kind="filled" onClick={() => onApply(repairsFrom(row, typed))}>
        {t('edit-row.apply')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('edit-row.title', { row: row.row })} line={t('edit-row.line')} actions={actions} width={520}>
      <div className={styles.fields}>
        {editedColumns.map((column) => (
          <Cell
            key={column}
            row={row}
            column={column}
            value={typed[column] ?? ''}
            isFirst={column === first}
            onChange={(value) => setTyped((before) => ({ ...before, [column]: value }))}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface CellProps {
  readonly row: CheckedStaffRow;
  readonly column: StaffColumn;
  readonly value: string;
  readonly isFirst: boolean;
  readonly onChange: (value: string) => void;
}

const longestCell = 1000;

function Cell({ row, column, value, isFirst, onChange }: CellProps) {
  const found = row.findings.find((finding) => finding.column === column);
  const isAsFound = value === cellText(row.person, column);
  const repair = isAsFound ? found?.repair : undefined;
  return (
    <div>
      <TextField
        label={t(`edit-row.column.${column}`)}
        value={value}
        onChange={onChange}
        error={found !== undefined && isAsFound ? findingWords(found) : undefined}
        maxLength={longestCell}
        takesFocus={isFirst}
      />
      {repair !== undefined && (
        <LinkButton label={t('check.use-label', { value: repair, row: row.row })} onClick={() => onChange(repair)}>
          {t('check.use')}
        </LinkButton>
      )}
    </div>
  );
}
