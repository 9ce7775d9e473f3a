import { IconDownload, IconFileSpreadsheet, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { FileContent } from '../../../main/contract/client.ts';
import exampleList from '../../../resources/sample-practice/staff.csv?raw';
import { t } from '../../i18n/translate.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DropZone } from '../../ui/drop-zone.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StaffListPicture } from '../../ui/staff-list-picture.tsx';
import { OnePersonDialog } from './one-person-dialog.tsx';
import { useStaffFile } from './use-staff-file.ts';

/** Without this mark Excel takes UTF-8 for Windows-1252. */
const byteOrderMark = '\uFEFF';

/** How staff come in: a list, one person by hand, and an example of a list. */
export function BringStaff() {
  const { take, choose, error } = useStaffFile();
  const { save, error: saveError } = useSaveFiles();
  const [isTyping, setTyping] = useState(false);
  const saveExample = () => {
    const bytes = new TextEncoder().encode(byteOrderMark + exampleList);
    void save(t('enrol.example-title'), [new FileContent(t('enrol.example-file'), bytes)]);
  };
  const failure = error ?? saveError;
  const actions = (
    <>
      <ActionButton kind="filled" icon={IconFileSpreadsheet} onClick={choose}>
        {t('enrol.choose')}
      </ActionButton>
      <ActionButton icon={IconUserPlus} onClick={() => setTyping(true)}>
        {t('enrol.one')}
      </ActionButton>
    </>
  );
  const example = (
    <LinkButton icon={IconDownload} onClick={saveExample}>
      {t('enrol.example')}
    </LinkButton>
  );
  return (
    <>
      {failure !== undefined && <ErrorNotice error={failure} />}
      <DropZone onFile={take}>
        <EmptyState picture={<StaffListPicture />} title={t('enrol.bring-title')} actions={actions} example={example}>
          {t('enrol.bring-text')}
        </EmptyState>
      </DropZone>
      {isTyping && <OnePersonDialog onClose={() => setTyping(false)} />}
    </>
  );
}
