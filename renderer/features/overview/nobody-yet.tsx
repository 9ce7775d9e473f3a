import { IconFileSpreadsheet, IconUserPlus } from '@tabler/icons-react';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StaffListPicture } from '../../ui/staff-list-picture.tsx';

/** The overview before anybody is here: what to bring. */
export function NobodyYet() {
  const go = useGo();
  const enrol = () => go({ name: 'enrol' });
  const actions = (
    <Permitted call="enrollment.start">
      <ActionButton kind="filled" icon={IconFileSpreadsheet} onClick={enrol}>
        {t('overview.choose-list')}
      </ActionButton>
      <ActionButton icon={IconUserPlus} onClick={enrol}>
        {t('overview.enrol-one')}
      </ActionButton>
    </Permitted>
  );
  return (
    <Panel>
      <EmptyState picture={<StaffListPicture />} title={t('overview.bring')} actions={actions}>
        {t('overview.bring-lead')}
      </EmptyState>
    </Panel>
  );
}
