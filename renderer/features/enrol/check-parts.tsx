import { IconArrowLeft } from '@tabler/icons-react';
import type { StaffListCheck } from '../../../main/domain/people/staff-list.ts';
import { t } from '../../i18n/translate.ts';
import { BottomBar } from '../../shell/bottom-bar.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SteeredNotice } from './steered-notice.tsx';
import { ProfileChooser } from '../profiles/profile-chooser.tsx';
import { peopleToIssue, type RowFilter } from './check-rows.ts';
import { EnrolSteps } from './enrol-steps.tsx';
import styles from './check-step.module.css';

export interface CheckToolsProps {
  readonly check: StaffListCheck;
  readonly error: unknown;
  readonly filter: RowFilter;
  readonly onFilter: (filter: RowFilter) => void;
  readonly profile: string;
  readonly onProfile: (profile: string) => void;
}

const filters: readonly RowFilter[] = ['all', 'fix', 'look', 'skipped', 'ready'];

/** The step, what went wrong, and which rows are shown. */
export function CheckTools({ check, error, filter, onFilter, profile, onProfile }: CheckToolsProps) {
  const options = filters
    .filter((value) => value === 'all' || value === filter || check.counts[value] > 0)
    .map((value) => ({ value, label: t(`check.count.${value}`, { count: check.counts[value] }) }));
  return (
    <>
      <EnrolSteps current="check" />
      {error !== undefined && (
        <div className={styles.error}>
          <ErrorNotice error={error} />
        </div>
      )}
      <div className={styles.filters}>
        <Segments label={t('check.show')} options={options} value={filter} onChange={onFilter} />
        <p className={styles.promise}>{t('check.promise')}</p>
        <SteeredNotice />
        <ProfileChooser profile={profile} onChange={onProfile} />
      </div>
    </>
  );
}

export interface CheckBarProps {
  readonly check: StaffListCheck;
  readonly isIssuing: boolean;
  readonly onFix: () => void;
  readonly onIssue: () => void;
  readonly onBack: () => void;
}

/** The decision, and what happens to the rest. */
export function CheckBar({ check, isIssuing, onFix, onIssue, onBack }: CheckBarProps) {
  const count = peopleToIssue(check);
  const { fix } = check.counts;
  const actions = (
    <>
      {fix > 0 && <ActionButton onClick={onFix}>{t('check.fix-first', { count: fix })}</ActionButton>}
      <ActionButton kind="filled" isDisabled={count === 0} isWorking={isIssuing} onClick={onIssue}>
        {t('check.issue', { count })}
      </ActionButton>
    </>
  );
  return (
    <BottomBar actions={actions} {...(fix > 0 ? { note: t('check.left-out-note') } : {})}>
      <BackToFile onBack={onBack} />
    </BottomBar>
  );
}

/** The way back to choosing a file; the list is put away. */
export function BackToFile({ onBack }: { readonly onBack: () => void }) {
  return (
    <LinkButton icon={IconArrowLeft} onClick={onBack}>
      {t('check.back')}
    </LinkButton>
  );
}
