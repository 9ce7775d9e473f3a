import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { BringStaff } from '../enrol/bring-staff.tsx';

/** The list before anybody is in it: how to begin. */
export function NobodyYet() {
  return (
    <Page header={<PageHeader title={t('people.title')} line={t('people.empty-line')} />}>
      <BringStaff />
    </Page>
  );
}
