import { IconDownload, IconFileSpreadsheet, IconUserPlus } from '@tabler/icons-react';
import { Page } from '../../../../renderer/shell/page.tsx';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { DropZone } from '../../../../renderer/ui/drop-zone.tsx';
import { EmptyState } from '../../../../renderer/ui/empty-state.tsx';
import { LinkButton } from '../../../../renderer/ui/link-button.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { StaffListPicture } from '../../../../renderer/ui/staff-list-picture.tsx';
import { SceneShell } from './overview.tsx';

const nothing = () => undefined;

export function EmptyScene() {
  const actions = (
    <>
      <ActionButton kind="filled" icon={IconFileSpreadsheet}>
        Choose a staff list
      </ActionButton>
      <ActionButton icon={IconUserPlus}>Enrol one person</ActionButton>
    </>
  );
  const example = (
    <LinkButton icon={IconDownload} onClick={nothing}>
      Get an example file to fill in
    </LinkButton>
  );
  return (
    <SceneShell current="people">
      <Page header={<PageHeader title="People" line="Nobody yet, apart from you" />}>
        <DropZone onFile={nothing}>
          <EmptyState picture={<StaffListPicture />} title="Bring your staff in" actions={actions} example={example}>
            Drop a staff list here: a CSV file with names and mail addresses is enough. You see everything before anything is issued.
          </EmptyState>
        </DropZone>
      </Page>
    </SceneShell>
  );
}
